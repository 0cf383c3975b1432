package yikao.quiz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Answers;
import yikao.api.Client;
import yikao.bank.Bank;

/**
 * One more way into quizzes is one more {@link Admission}, and nothing else has to change; of those
 * who take attempts none knows them, as {@code ArchitectureTest} holds.
 */
final class AdmissionIT {
  private static final String SPEC =
      """
      {"title":"凭名单","entry":"invitation","sections":[{"type":"single","count":2,"points":5}],
       "listed":false}\
      """;

  @Test
  void quiz_withoutAWayIntoIt_isRefused() {
    try (var service = TestService.start(Map.of())) {
      var refused = new Client(service.uri()).post("/api/quizzes", SPEC, TestService.editorToken());
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.fields()).containsExactly("entry");
    }
  }

  @Test
  void secondAdmission_letsInItsOwnAndRefusesTheRestWithItsReason() {
    try (var service = TestService.start(Map.of("test.admission", "true"))) {
      var api = new Client(service.uri());
      var answers = new Answers(service.context().getBean(Bank.class));
      var quiz = api.quiz(SPEC);

      var refused = api.start(quiz, UUID.randomUUID().toString(), "赵不在", "一");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.problem()).isEqualTo("test.not-on-the-list");

      var started = api.start(quiz, UUID.randomUUID().toString(), "王小明", "一");
      assertThat(started.status()).isEqualTo(201);
      var right = answers.right(started.json().get("questions").get(0));
      assertThat(api.save(started, 1, "{\"sequence\":1,%s}".formatted(right)).status())
          .isEqualTo(204);
      var receipt = api.submit(started, "{}");
      assertThat(receipt.number("score")).isEqualByComparingTo("5");
      var board = api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json();
      assertThat(board.get("total").getIntValue()).as("the refused one is not there").isEqualTo(1);
      assertThat(board.get("entries").get(0).get("name").getStringValue()).isEqualTo("王*明");

      var everyone = api.quiz(SPEC.replace("invitation", "everyone"));
      assertThat(api.start(everyone, UUID.randomUUID().toString(), "赵不在", "一").status())
          .as("the other way in is as before")
          .isEqualTo(201);
    }
  }
}
