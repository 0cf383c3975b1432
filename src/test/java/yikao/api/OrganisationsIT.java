package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.bank.Bank;

/**
 * With a list of organisations, branches are chosen from it, and results are summed along the tree.
 */
final class OrganisationsIT {
  private static final String CSV =
      """
      code,name,parent
      P,市委,
      A,甲党委,P
      B,乙党委,P
      A1,甲一支部,A
      A2,甲二支部,A
      B1,"乙一支部",B
      """;

  @Test
  void results_areSummedByOrganisation() {
    try (var service = TestService.start(Map.of())) {
      var api = new Client(service.uri());
      var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
      headers.put("Content-Type", "text/csv");
      assertThat(api.send("PUT", "/api/organisations", "\ufeff" + CSV, headers).text("rows"))
          .isEqualTo("6");
      assertThat(api.send("PUT", "/api/organisations", CSV, headers).status())
          .as("again")
          .isEqualTo(200);
      var answers = new Answers(service.context().getBean(Bank.class));
      var quiz =
          api.quiz(
              """
              {"title":"组织","listed":false,"sections":[{"type":"single","count":2,"points":5}]}\
              """);
      var unknown = api.start(quiz, UUID.randomUUID().toString(), "甲", "没有的支部");
      assertThat(unknown.fields()).containsExactly("participant.branch");
      var one = api.start(quiz, UUID.randomUUID().toString(), "甲", "A1");
      api.submit(one, answers.allRight(one.json()));
      api.submit(api.start(quiz, UUID.randomUUID().toString(), "乙", "甲二支部"), "{}");
      var three = api.start(quiz, UUID.randomUUID().toString(), "丙", "B1");
      api.submit(three, answers.allRight(three.json()));
      var path = "/api/quizzes/%s/leaderboard?by=".formatted(quiz);
      var top = api.get(path + "organisation").json().get("entries");
      assertThat(top.size()).isEqualTo(1);
      assertThat(top.get(0).get("participants").getIntValue()).isEqualTo(3);
      assertThat(top.get(0).get("total").getIntValue()).isEqualTo(20);
      var below = api.get(path + "organisation&under=P").json().get("entries");
      assertThat(below.get(0).get("name").getStringValue()).isEqualTo("乙党委");
      assertThat(below.get(0).get("score").getIntValue()).isEqualTo(10);
      assertThat(below.get(1).get("score").getIntValue()).isEqualTo(5);
      var branches = api.get(path + "branch").json().get("entries");
      assertThat(branches.size()).isEqualTo(3);
      assertThat(branches.get(0).get("name").getStringValue()).isIn("甲一支部", "乙一支部");
      assertThat(branches.get(1).get("rank").getIntValue()).as("a tie").isEqualTo(1);
    }
  }

  @Test
  void queries_areUtf8_inWhateverCharsetTheAnswerIsWished() {
    try (var service = TestService.start(Map.of())) {
      var api = new Client(service.uri());
      var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
      headers.put("Content-Type", "text/csv");
      api.send("PUT", "/api/organisations", "code,name,parent\n甲,甲党委,\n", headers);
      var quiz =
          api.quiz(
              "{\"title\":\"组织\",\"sections\":[{\"type\":\"single\",\"count\":2,\"points\":5}]}");
      var path = "/api/quizzes/%s/leaderboard?by=organisation&under=%%E7%%94%%B2".formatted(quiz);
      for (var charset : List.of("utf-8", "utf-16", "iso-8859-1", ",", "none such")) {
        assertThat(api.send("GET", path, new byte[0], Map.of("Accept-Charset", charset)).status())
            .as(charset)
            .isEqualTo(200);
      }
    }
  }
}
