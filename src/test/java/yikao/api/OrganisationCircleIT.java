package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.ORGANISATION;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.db.Transactions;
import yikao.org.Organisations;

/** A circle that is in the database, as an earlier release could leave one, stops nothing. */
@Timeout(60)
final class OrganisationCircleIT {
  private static final String QUIZ =
      """
      {"title":"循环","listed":false,"sections":[{"type":"single","count":1,"points":5}]}\
      """;

  private final Map<String, Object> settings = Map.of("yikao.database.url", TestService.memory());

  @Test
  void circleInTheDatabase_boardsAnswer_alsoAfterARestart() {
    String quiz;
    try (var service = TestService.start(settings)) {
      var api = new Client(service.uri());
      quiz = api.quiz(QUIZ);
      service.edit(
          "PUT", "/api/organisations", "code,name,parent\nA,甲,\nB,乙,A\nB1,乙一支部,B\nT,丁支部,\n");
      take(api, quiz, "B1");
      take(api, quiz, "T");
      makeCircle(service);
      service.context().getBean(Organisations.class).refresh();
      check(api, quiz);
      take(api, quiz, "A");
      assertThat(participants(api, quiz, "")).isEqualTo(3);
    }
    try (var service = TestService.start(settings)) {
      var api = new Client(service.uri());
      check(api, quiz);
      assertThat(participants(api, quiz, "")).isEqualTo(3);
      assertThat(participants(api, quiz, "&under=A")).isEqualTo(1);
      assertThat(
              service.edit("PUT", "/api/organisations", "code,name,parent\nB,乙,A\n").statusCode())
          .as("mended by an import")
          .isEqualTo(200);
      assertThat(participants(api, quiz, "&under=A")).isEqualTo(2);
    }
  }

  private static void makeCircle(TestService service) {
    var dsl = service.context().getBean(Transactions.class).read();
    var b =
        dsl.select(ORGANISATION.ID)
            .from(ORGANISATION)
            .where(ORGANISATION.CODE.eq("B"))
            .fetchSingle()
            .value1();
    dsl.update(ORGANISATION)
        .set(ORGANISATION.PARENT_ID, b)
        .where(ORGANISATION.CODE.eq("A"))
        .execute();
  }

  private static void take(Client api, String quiz, String branch) {
    var started = api.start(quiz, UUID.randomUUID().toString(), "王小明", branch);
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    api.submit(started, "{}");
  }

  private static Reply board(Client api, String quiz, String query) {
    return api.get("/api/quizzes/%s/leaderboard?%s".formatted(quiz, query));
  }

  private static int participants(Client api, String quiz, String under) {
    return board(api, quiz, "by=organisation" + under).json().get("participants").getIntValue();
  }

  /** More reads than there are threads that one could stop. */
  private static void check(Client api, String quiz) {
    for (var i = 0; i < 20; i++) {
      for (var query :
          new String[] {
            "by=organisation",
            "by=organisation&under=A",
            "by=organisation&under=B",
            "by=branch",
            "by=participant"
          }) {
        assertThat(board(api, quiz, query).status()).as(query).isEqualTo(200);
      }
      assertThat(api.get("/api/organisations").status()).isEqualTo(200);
    }
    assertThat(api.get("/quizzes/%s/leaderboard?by=organisation&under=B".formatted(quiz)).body())
        .contains("乙一支部");
    assertThat(participants(api, quiz, "&under=B")).isEqualTo(1);
  }
}
