package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;
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

  /** Two streets, each with a first branch. */
  private static final String ALIKE =
      """
      code,name,parent
      P,市委,
      D,城东街道党工委,P
      X,城西街道党工委,P
      D1,第一党支部,D
      X1,第一党支部,X
      X2,第2支部,X
      """;

  private static final String QUIZ =
      """
      {"title":"组织","listed":false,%s"sections":[{"type":"single","count":2,"points":5}]}\
      """;

  private TestService service;
  private Client api;
  private Answers answers;

  @BeforeEach
  void start() {
    service = TestService.start(Map.of());
    api = new Client(service.uri());
    answers = new Answers(service.context().getBean(Bank.class));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Reply load(String csv) {
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", "text/csv");
    return api.send("PUT", "/api/organisations", csv, headers);
  }

  private Reply start(String quiz, String branch) {
    return api.start(quiz, UUID.randomUUID().toString(), "王小明", branch);
  }

  /** Somebody of a branch has everything right, or nothing. */
  private void take(String quiz, String branch, boolean right) {
    var started = start(quiz, branch);
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    api.submit(started, right ? answers.allRight(started.json()) : "{}");
  }

  private JsonNode board(String quiz, String query) {
    var reply = api.get("/api/quizzes/%s/leaderboard?by=%s".formatted(quiz, query));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static List<JsonNode> entries(JsonNode board) {
    var entries = board.get("entries");
    return IntStream.range(0, entries.size()).mapToObj(entries::get).toList();
  }

  private static String text(JsonNode entry, String field) {
    var node = entry.get(field);
    return node == null || node.isNull() ? "-" : node.coerceStringValue();
  }

  /** Rank, name, code and participants of each row. */
  private static List<String> rows(JsonNode board) {
    return entries(board).stream()
        .map(e ->
            String.join(
                " | ", text(e, "rank"), text(e, "name"), text(e, "code"), text(e, "participants")))
        .toList();
  }

  @Test
  void results_areSummedByOrganisation() {
    assertThat(load("\ufeff" + CSV).text("rows")).isEqualTo("6");
    assertThat(load(CSV).status()).as("again").isEqualTo(200);
    var quiz = api.quiz(QUIZ.formatted(""));
    assertThat(start(quiz, "没有的支部").fields()).containsExactly("participant.branch");
    take(quiz, "A1", true);
    take(quiz, "甲二支部", false);
    take(quiz, "B1", true);
    var top = board(quiz, "organisation").get("entries");
    assertThat(top.size()).isEqualTo(1);
    assertThat(top.get(0).get("participants").getIntValue()).isEqualTo(3);
    assertThat(top.get(0).get("total").getIntValue()).isEqualTo(20);
    var below = board(quiz, "organisation&under=P").get("entries");
    assertThat(below.get(0).get("name").getStringValue()).isEqualTo("乙党委");
    assertThat(below.get(0).get("score").getIntValue()).isEqualTo(10);
    assertThat(below.get(1).get("score").getIntValue()).isEqualTo(5);
    var branches = board(quiz, "branch").get("entries");
    assertThat(branches.size()).isEqualTo(3);
    assertThat(branches.get(0).get("name").getStringValue()).isIn("甲一支部", "乙一支部");
    assertThat(branches.get(1).get("rank").getIntValue()).as("a tie").isEqualTo(1);
  }

  @Test
  void branchesOfOneName_areToldApartOnEveryBoard() {
    load(ALIKE);
    var quiz = api.quiz(QUIZ.formatted(""));
    take(quiz, "D1", true);
    take(quiz, "X1", false);
    take(quiz, "X2", true);
    assertThat(rows(board(quiz, "branch")))
        .containsExactlyInAnyOrder(
            "1 | 城东街道党工委 / 第一党支部 | D1 | 1", "1 | 第2支部 | X2 | 1", "3 | 城西街道党工委 / 第一党支部 | X1 | 1");
    var people = entries(board(quiz, "participant"));
    assertThat(people)
        .extracting(e -> text(e, "branch") + " | " + text(e, "code") + " | " + text(e, "path"))
        .containsExactlyInAnyOrder(
            "城东街道党工委 / 第一党支部 | D1 | 市委 / 城东街道党工委 / 第一党支部",
            "城西街道党工委 / 第一党支部 | X1 | 市委 / 城西街道党工委 / 第一党支部",
            "第2支部 | X2 | 市委 / 城西街道党工委 / 第2支部");
    assertThat(rows(board(quiz, "organisation&under=X")))
        .as("one of this name is shown")
        .containsExactly("1 | 第2支部 | X2 | 1", "2 | 第一党支部 | X1 | 1");
    assertThat(api.get("/api/organisations").body()).contains("市委 / 城西街道党工委 / 第一党支部");
    var taken = api.get("/api/quizzes/%s/attempts".formatted(quiz), TestService.editorToken());
    assertThat(IntStream.range(0, taken.json().size()).mapToObj(taken.json()::get))
        .extracting(a -> a.get("branch").getStringValue())
        .contains("城东街道党工委 / 第一党支部", "城西街道党工委 / 第一党支部");
  }

  @Test
  void nameOfSeveral_isRefusedWithThese_andAPathOrACodeIsUnderstood() {
    load(ALIKE);
    var quiz = api.quiz(QUIZ.formatted(""));
    var refused = start(quiz, "第一党支部");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.fields()).containsExactly("participant.branch");
    var error = refused.json().get("errors").get(0);
    assertThat(error.get("message").getStringValue()).contains("2 个支部", "第一党支部");
    var candidates = error.get("candidates");
    assertThat(IntStream.range(0, candidates.size()).mapToObj(candidates::get))
        .extracting(c -> text(c, "code") + " " + text(c, "path"))
        .containsExactly("D1 市委 / 城东街道党工委 / 第一党支部", "X1 市委 / 城西街道党工委 / 第一党支部");
    for (var written : List.of("X1", "市委 / 城西街道党工委 / 第一党支部", "城西街道党工委 / 第一党支部", "城西街道党工委／第一党支部")) {
      take(quiz, written, true);
    }
    for (var written : List.of("第2支部", "第２支部", "第 2 支部")) {
      take(quiz, written, false);
    }
    assertThat(rows(board(quiz, "branch")))
        .containsExactly("1 | 城西街道党工委 / 第一党支部 | X1 | 4", "2 | 第2支部 | X2 | 3");
    assertThat(start(quiz, "第三党支部").json().get("errors").get(0).get("candidates")).isNull();
    assertThat(start(quiz, "路".repeat(1_001)).fields()).containsExactly("participant.branch");
  }

  @Test
  void candidates_areAtMostTwenty() {
    var csv = new StringBuilder("code,name,parent\n");
    for (var i = 0; i < 25; i++) {
      csv.append("S%02d,第%d街道,\nB%02d,第一党支部,S%02d\n".formatted(i, i, i, i));
    }
    load(csv.toString());
    var error = start(api.quiz(QUIZ.formatted("")), "第一党支部").json().get("errors").get(0);
    assertThat(error.get("candidates").size()).isEqualTo(20);
    assertThat(error.get("message").getStringValue()).contains("25 个");
  }

  /** A branch that becomes a unit with a group below it keeps those who took part in it. */
  @Test
  void everyLevel_addsUpToTheRowAbove() {
    var quiz = api.quiz(QUIZ.formatted(""));
    take(quiz, "外来支部", false);
    load(CSV);
    take(quiz, "A1", true);
    take(quiz, "A1", false);
    take(quiz, "A2", true);
    load("code,name,parent\nA11,甲一小组,A1\n");
    take(quiz, "A11", true);
    var top = board(quiz, "organisation");
    assertThat(rows(top)).containsExactly("1 | 市委 | P | 4", "- | 未列入组织 | - | 1");
    assertThat(top.get("participants").getIntValue()).isEqualTo(5);
    assertThat(entries(top).getFirst().get("below").getBooleanValue()).isTrue();
    assertThat(rows(board(quiz, "organisation&under=A")))
        .containsExactly("1 | 甲二支部 | A2 | 1", "2 | 甲一支部 | A1 | 3");
    var unit = board(quiz, "organisation&under=A1");
    assertThat(rows(unit)).containsExactly("1 | 甲一小组 | A11 | 1", "2 | 本级 | A1 | 2");
    assertThat(entries(unit).getLast().get("self").getBooleanValue()).isTrue();
    assertThat(entries(unit).getFirst().get("self")).isNull();
    assertThat(entries(unit).getFirst().get("below")).isNull();
    assertThat(unit.get("participants").getIntValue()).isEqualTo(3);
    assertThat(unit.get("hidden").getIntValue()).isZero();
    assertThat(rows(board(quiz, "organisation&under=A11")))
        .as("nothing is below it")
        .containsExactly("1 | 本级 | A11 | 1");
    var english =
        api.send(
            "GET",
            "/api/quizzes/%s/leaderboard?by=organisation&under=A1".formatted(quiz),
            new byte[0],
            Map.of("Accept-Language", "en"));
    assertThat(rows(english.json())).contains("2 | Itself | A1 | 2");
  }

  @Test
  void rowsWithTooFew_areCounted() {
    load(CSV);
    var quiz = api.quiz(QUIZ.formatted("\"minimumParticipants\":2,"));
    take(quiz, "A1", true);
    take(quiz, "A1", true);
    take(quiz, "A2", true);
    take(quiz, "B1", true);
    var units = board(quiz, "organisation&under=P");
    assertThat(rows(units)).containsExactly("1 | 甲党委 | A | 3");
    assertThat(units.get("hidden").getIntValue()).isEqualTo(1);
    assertThat(units.get("participants").getIntValue()).isEqualTo(4);
    var branches = board(quiz, "branch");
    assertThat(rows(branches)).containsExactly("1 | 甲一支部 | A1 | 2");
    assertThat(branches.get("hidden").getIntValue()).isEqualTo(2);
    assertThat(branches.get("total").getIntValue()).isEqualTo(1);
  }

  @Test
  void withoutAList_oneSpellingOfABranchIsOneRow() {
    var quiz = api.quiz(QUIZ.formatted(""));
    for (var written : List.of("第1支部", "第１支部", "第 1 支部", "第\u3000１\u3000支部")) {
      take(quiz, written, true);
    }
    assertThat(rows(board(quiz, "branch"))).containsExactly("1 | 第1支部 | - | 4");
    assertThat(rows(board(quiz, "organisation"))).containsExactly("- | 未列入组织 | - | 4");
    assertThat(start(quiz, "字".repeat(101)).fields()).containsExactly("participant.branch");
    assertThat(start(quiz, "\u3164").fields()).containsExactly("participant.branch");
  }

  @Test
  void under_isTheCodeOfAnOrganisation() {
    load("code,name,parent\n城 东/1&,城东街道党工委,\nD1,第一党支部,城 东/1&\n");
    var quiz = api.quiz(QUIZ.formatted(""));
    take(quiz, "D1", true);
    var code = URLEncoder.encode("城 东/1&", StandardCharsets.UTF_8);
    assertThat(rows(board(quiz, "organisation&under=" + code)))
        .containsExactly("1 | 第一党支部 | D1 | 1");
    var page = "/quizzes/%s/leaderboard?by=organisation".formatted(quiz);
    assertThat(api.get(page).body()).contains("?by=organisation&amp;under=" + code);
    assertThat(api.get(page + "&under=" + code).body()).contains("第一党支部");
    assertThat(api.get(page + "&under=X").status()).isEqualTo(422);
    assertThat(
            api.get("/api/quizzes/%s/leaderboard?by=organisation&under=X".formatted(quiz)).fields())
        .containsExactly("under");
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
