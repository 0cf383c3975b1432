package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static yikao.db.jooq.Tables.QUESTIONNAIRE_ANSWER;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import yikao.api.Client.Reply;
import yikao.db.jooq.DefaultSchema;

/** Questionnaires: given out, handed in once, counted, and what of an anonymous one is kept. */
abstract class QuestionnaireContract extends SmallBankContract {
  private static final String TAIL = "1234";
  private static final String QUESTIONS =
      """
      [{"kind":"single","text":"时间合适吗","required":true,"choices":["合适","太长"]},
       {"kind":"multiple","text":"喜欢哪些形式","choices":["讲课","参观","讨论"]},
       {"kind":"scale","text":"满意吗","required":true,"from":1,"to":5,"low":"不满意","high":"满意"},
       {"kind":"text","text":"建议","limit":200}]\
      """;

  private int branches;
  private int phones;

  /** Whether the database is PostgreSQL, in which each row says which transaction wrote it. */
  abstract boolean isPostgres();

  private String branch(String parent) {
    var code = "QB" + branches++;
    var made =
        staff(
            "POST",
            "/api/organisations",
            "{\"code\":\"%s\",\"name\":\"问卷支部%1$s\",\"kind\":\"branch\"%s,\"reason\":\"新成立\"}"
                .formatted(code, parent.isEmpty() ? "" : ",\"parent\":\"%s\"".formatted(parent)));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return code;
  }

  private String branchOf(int members) {
    var code = branch("");
    IntStream.range(0, members).forEach(i -> member(name(i), code));
    return code;
  }

  private static String name(int i) {
    var digits = "零一二三四五六七八九";
    return "党员" + digits.charAt(i / 100) + digits.charAt(i / 10 % 10) + digits.charAt(i % 10);
  }

  private String member(String name, String in) {
    return member(name, in, TAIL);
  }

  private String member(String name, String in, String tail) {
    var made =
        staff(
            "POST",
            "/api/members",
            "{\"name\":\"%s\",\"organisation\":\"%s\",\"phone\":\"139%04d%s\",\"reason\":\"登记\"}"
                .formatted(name, in, phones++, tail));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private String draft(String of, boolean anonymous) {
    var made =
        staff(
            "POST",
            "/api/questionnaires",
            "{\"organisation\":\"%s\",\"title\":\"组织生活问卷\",\"purpose\":\"改进\",\"anonymous\":%s,\"questions\":%s}"
                .formatted(of, anonymous, QUESTIONS));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.text("state")).isEqualTo("draft");
    return made.text("id");
  }

  private Reply change(String id, String how, String more) {
    return staff(
        "POST",
        "/api/questionnaires/%s/%s".formatted(id, how),
        "{\"version\":%d%s}".formatted(questionnaire(id).number("version").intValue(), more));
  }

  private Reply questionnaire(String id) {
    return staff("/api/questionnaires/" + id);
  }

  private Reply tryOpen(String id) {
    return change(id, "opening", ",\"closesAt\":\"%s\"".formatted(now().plus(Duration.ofDays(1))));
  }

  private String open(String of, boolean anonymous) {
    var id = draft(of, anonymous);
    var opened = tryOpen(id);
    assertThat(opened.status()).as(opened.body()).isEqualTo(200);
    return id;
  }

  void close(String id) {
    var closed = change(id, "closing", "");
    assertThat(closed.status()).as(closed.body()).isEqualTo(200);
    assertThat(closed.text("state")).isEqualTo("closed");
  }

  private static String sheet(String who, int single, int scale, String text) {
    return """
    {"participant":{%s},"answers":[{"number":1,"choices":[%d]},{"number":2,"choices":[1,3]},
      {"number":3,"scale":%d},{"number":4,"text":"%s"}]}\
    """
        .formatted(who, single, scale, text);
  }

  private static String named(String name) {
    return "\"name\":\"%s\"".formatted(name);
  }

  private static String named(String name, String digits) {
    return "\"name\":\"%s\",\"digits\":\"%s\"".formatted(name, digits);
  }

  private Reply handIn(String id, String body, String key) {
    var headers = key.isEmpty() ? Map.<String, String>of() : Map.of("Idempotency-Key", key);
    return api.send("POST", "/api/questionnaires/%s/sheet".formatted(id), body, headers);
  }

  private void handedIn(String id, String name, String text) {
    var reply = handIn(id, sheet(named(name), 1, 4, text), "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  /** An open anonymous one of which some came back with a text. */
  String openAnonymous(int given, int returned, String text) {
    var id = open(branchOf(given), true);
    IntStream.range(0, returned).forEach(i -> handedIn(id, name(i), text));
    return id;
  }

  private DSLContext dsl() {
    return service.context().getBean(DSLContext.class);
  }

  // 150 out, 150 back

  @Test
  void anonymous_150out_150back_eachCountedOnce() throws Exception {
    var id = open(branchOf(150), true);
    assertThat(questionnaire(id).number("given").intValue()).isEqualTo(150);
    var calls = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < 150; i++) {
      var body = sheet(named(name(i)), i % 3 == 0 ? 2 : 1, 1 + i % 5, "建议" + i);
      calls.add(() -> handIn(id, body, "").status());
      if (i % 3 == 0) {
        calls.add(() -> handIn(id, body, "").status());
      }
    }
    var statuses = new TreeMap<Integer, Integer>();
    try (var many = Executors.newFixedThreadPool(32)) {
      for (var done : many.invokeAll(calls)) {
        statuses.merge(done.get(), 1, Integer::sum);
      }
    }
    assertThat(statuses).isEqualTo(Map.of(200, 150, 409, 50));
    assertThat(questionnaire(id).number("returned").intValue()).isEqualTo(150);
    assertProblem(
        staff("/api/questionnaires/%s/results".formatted(id)), 409, "questionnaire.not-closed");
    close(id);
    var results = staff("/api/questionnaires/%s/results".formatted(id));
    assertThat(results.number("given").intValue()).isEqualTo(150);
    assertThat(results.number("returned").intValue()).isEqualTo(150);
    var questions = list(results.json().get("questions"));
    assertThat(questions.get(0).get("counts").get(0).get("count").getIntValue()).isEqualTo(100);
    assertThat(questions.get(0).get("counts").get(1).get("count").getIntValue()).isEqualTo(50);
    assertThat(questions.get(1).get("counts").get(1).get("count").getIntValue()).isZero();
    assertThat(questions.get(1).get("counts").get(2).get("count").getIntValue()).isEqualTo(150);
    assertThat(questions.get(2).get("mean").getNumberValue().doubleValue()).isEqualTo(3.0);
    var texts = new HashSet<String>();
    questions.get(3).get("texts").values().forEach(text -> texts.add(text.getStringValue()));
    assertThat(texts).hasSize(150);
    var table = staff("/api/questionnaires/%s/results/table?format=csv".formatted(id)).body();
    assertThat(table).contains(",发出,,150,", ",收回,,150,", "1,时间合适吗,合适,100,67%", "平均分,3.00");
  }

  // what is kept of an anonymous one

  /** Every row of every table, as text. */
  private Map<String, List<String>> rows() {
    var rows = new TreeMap<String, List<String>>();
    for (var table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
      rows.put(table.getName(), dsl().selectFrom(table).fetch(row -> row.intoMap().toString()));
    }
    return rows;
  }

  private List<String> ofTable(Map<String, List<String>> rows, String table, String id) {
    return rows.get(table).stream().filter(row -> row.contains(id)).toList();
  }

  @Test
  void anonymous_keepsNothingThatTellsWhoAnswered() {
    var branch = branch("");
    var members = IntStream.range(0, 8).mapToObj(i -> member(name(i), branch)).toList();
    var id = open(branch, true);
    IntStream.range(0, 6).forEach(i -> handedIn(id, name(i), "独一无二" + i));
    var rows = rows();
    // who has handed in stands nowhere: what is left are the two whose sheets are out
    assertThat(ofTable(rows, "questionnaire_given", id))
        .hasSize(2)
        .allMatch(row -> row.contains(members.get(6)) || row.contains(members.get(7)));
    assertThat(ofTable(rows, "questionnaire_sheet", id)).isEmpty();
    var answers = ofTable(rows, "questionnaire_answer", id);
    assertThat(answers).hasSize(6 * 5).noneMatch(row -> members.stream().anyMatch(row::contains));
    // and nothing of an answer stands elsewhere, but for its questionnaire
    var keys = new HashSet<String>();
    dsl()
        .selectFrom(QUESTIONNAIRE_ANSWER)
        .where(QUESTIONNAIRE_ANSWER.QUESTIONNAIRE_ID.eq(UUID.fromString(id)))
        .forEach(row -> {
          assertThat(row.getSheetId()).isNull();
          assertThat(row.getId().version()).isEqualTo(4);
          keys.add(row.getId().toString());
        });
    rows.remove("questionnaire_answer");
    rows.forEach((table, of) ->
        assertThat(of)
            .as(table)
            .noneMatch(row -> row.contains("独一无二") || keys.stream().anyMatch(row::contains)));
    if (isPostgres()) {
      assertThat(transactionsOf("questionnaire_answer", id)).hasSize(6);
      rows.keySet()
          .forEach(table ->
              assertThat(transactions(table))
                  .as(table)
                  .doesNotContainAnyElementsOf(transactionsOf("questionnaire_answer", id)));
    }
    close(id);
    assertThat(ofTable(rows(), "questionnaire_given", id)).isEmpty();
  }

  /** By which transactions the rows of a table were written. */
  private Set<String> transactions(String table) {
    return new HashSet<>(
        dsl().fetch("select cast(xmin as text) as x from " + table).getValues("x", String.class));
  }

  private Set<String> transactionsOf(String table, String questionnaire) {
    return new HashSet<>(
        dsl()
            .fetch(
                "select cast(xmin as text) as x from %s where questionnaire_id = '%s'"
                    .formatted(table, questionnaire))
            .getValues("x", String.class));
  }

  /** What was written, in the order in which the database has the rows. */
  private List<String> stored(String id) {
    var place = isPostgres() ? "ctid" : "_rowid_";
    return dsl()
        .fetch(
            "select text as t from questionnaire_answer where questionnaire_id = '%s' and text is not null order by %s"
                .formatted(id, place))
        .getValues("t", String.class);
  }

  @Test
  void anonymous_afterTheClosing_noOrderSaysWhoCameFirst() {
    var id = open(branchOf(20), true);
    var inOrder = new ArrayList<String>();
    for (var i = 0; i < 20; i++) {
      handedIn(id, name(i), "第%02d".formatted(i));
      inOrder.add("第%02d".formatted(i));
    }
    assertThat(stored(id)).as("the test can fail").isEqualTo(inOrder);
    close(id);
    assertThat(stored(id)).containsExactlyInAnyOrderElementsOf(inOrder).isNotEqualTo(inOrder);
    var shown = new ArrayList<String>();
    list(staff("/api/questionnaires/%s/results".formatted(id)).json().get("questions"))
        .get(3)
        .get("texts")
        .values()
        .forEach(text -> shown.add(text.getStringValue()));
    assertThat(shown).containsExactlyInAnyOrderElementsOf(inOrder).isNotEqualTo(inOrder);
    if (isPostgres()) {
      assertThat(transactionsOf("questionnaire_answer", id)).hasSize(1);
    }
  }

  @Test
  void anonymous_ofWhichFewCameBack_isDeleted() {
    var id = openAnonymous(6, 4, "只有四份");
    close(id);
    assertProblem(
        staff("/api/questionnaires/%s/results".formatted(id)), 409, "questionnaire.withheld");
    assertProblem(
        staff("/api/questionnaires/%s/results/table?format=csv".formatted(id)),
        409,
        "questionnaire.withheld");
    assertThat(ofTable(rows(), "questionnaire_answer", id)).isEmpty();
    assertThat(questionnaire(id).number("returned").intValue()).isEqualTo(4);
    assertProblem(tryOpen(draft(branchOf(4), true)), 409, "questionnaire.too-few");
  }

  @Test
  void anonymous_ofTwoOfOneName_noneIsTakenForTheOther() {
    var branch = branchOf(5);
    member("王伟", branch, "1111");
    member("王伟", branch, "2222");
    var id = open(branch, true);
    assertRefused(handIn(id, sheet(named("王伟"), 1, 3, ""), ""), "participant.digits");
    assertThat(handIn(id, sheet(named("王伟", "1111"), 1, 3, ""), "").status()).isEqualTo(200);
    assertRefused(handIn(id, sheet(named("王伟"), 1, 3, ""), ""), "participant.digits");
    assertRefused(handIn(id, sheet(named("王伟", "1111"), 1, 3, ""), ""), "participant.digits");
    assertThat(handIn(id, sheet(named("王伟", "2222"), 1, 3, ""), "").status()).isEqualTo(200);
    assertProblem(
        handIn(id, sheet(named("王伟", "2222"), 1, 3, ""), ""), 409, "questionnaire.no-sheet");
    assertProblem(handIn(id, sheet(named("外人"), 1, 3, ""), ""), 409, "questionnaire.no-sheet");
  }

  // named ones

  @Test
  void named_isCorrectedByItsBrowser_orWithTheDigits() {
    var branch = branchOf(2);
    var id = open(branch, false);
    var key = secret();
    var first = handIn(id, sheet(named(name(0)), 1, 1, "第一次"), key);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.json().get("corrected").getBooleanValue()).isFalse();
    var again = handIn(id, sheet(named(name(0)), 2, 2, "第二次"), key);
    assertThat(again.json().get("corrected").getBooleanValue()).isTrue();
    assertRefused(handIn(id, sheet(named(name(0)), 1, 5, "别人"), secret()), "participant.digits");
    assertRefused(handIn(id, sheet(named(name(0), "9999"), 1, 5, "别人"), ""), "participant.digits");
    assertThat(handIn(id, sheet(named(name(0), TAIL), 2, 3, "第三次"), secret()).status())
        .isEqualTo(200);
    assertProblem(handIn(id, sheet(named("外人"), 1, 3, ""), ""), 403, "questionnaire.not-asked");
    assertThat(questionnaire(id).number("returned").intValue()).isEqualTo(1);
    assertProblem(
        staff("/api/questionnaires/%s/sheets/table?format=csv".formatted(id)),
        409,
        "questionnaire.not-closed");
    close(id);
    var table = staff("/api/questionnaires/%s/sheets/table?format=csv".formatted(id)).body();
    assertThat(table).contains(name(0), "太长", "讲课；讨论", ",3,第三次").doesNotContain("第二次", "别人");
    assertProblem(handIn(id, sheet(named(name(1)), 1, 3, ""), ""), 409, "questionnaire.over");
  }

  @Test
  void named_erasureTakesThePersonOut_andLeavesTheAnswers() {
    var branch = branch("");
    var member = member(name(0), branch);
    member(name(1), branch);
    var id = open(branch, false);
    handedIn(id, name(0), "写下的话");
    var held = staff("/api/members/%s/record".formatted(member));
    assertThat(held.body()).contains("questionnaire", "组织生活问卷", "写下的话");
    var erased =
        staff(
            "POST",
            "/api/members/%s/erasure".formatted(member),
            "{\"version\":%d,\"reason\":\"本人申请\"}"
                .formatted(staff("/api/members/" + member).number("version").intValue()));
    assertThat(erased.status()).as(erased.body()).isLessThan(300);
    assertThat(questionnaire(id).number("returned").intValue()).isEqualTo(1);
    assertThat(ofTable(rows(), "questionnaire_sheet", id))
        .hasSize(1)
        .noneMatch(r -> r.contains(member));
    close(id);
    assertThat(staff("/api/questionnaires/%s/sheets/table?format=csv".formatted(id)).body())
        .contains("写下的话")
        .doesNotContain(name(0));
  }

  @Test
  void named_afterAYear_losesItsNames() {
    var id = open(branchOf(2), false);
    handedIn(id, name(0), "留下");
    close(id);
    forward(Duration.ofDays(366));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ofTable(rows(), "questionnaire_given", id).isEmpty());
    assertThat(staff("/api/questionnaires/%s/sheets/table?format=csv".formatted(id)).body())
        .contains("留下")
        .doesNotContain(name(0));
    assertThat(questionnaire(id).number("given").intValue()).isEqualTo(2);
  }

  // from draft to closing

  @Test
  void aDraft_isEdited_andDeleted_byTheVersionThatWasSeen() {
    var id = draft(branchOf(1), false);
    assertThat(api.get("/api/questionnaires/%s/sheet".formatted(id)).status()).isEqualTo(404);
    assertThat(api.get("/q/" + id).status()).isEqualTo(404);
    var edit =
        "{\"title\":\"改名\",\"anonymous\":false,\"digits\":true,\"questions\":[],\"version\":%d}";
    var edited = staff("PUT", "/api/questionnaires/" + id, edit.formatted(1));
    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    assertThat(edited.text("title")).isEqualTo("改名");
    assertProblem(
        staff("PUT", "/api/questionnaires/" + id, edit.formatted(1)), 412, "questionnaire.stale");
    assertProblem(tryOpen(id), 409, "questionnaire.no-questions");
    assertProblem(
        staff("DELETE", "/api/questionnaires/%s?version=1".formatted(id), ""),
        412,
        "questionnaire.stale");
    assertThat(staff("DELETE", "/api/questionnaires/%s?version=2".formatted(id), "").status())
        .isEqualTo(204);
    assertProblem(questionnaire(id), 404, "no-such-questionnaire");
  }

  @Test
  void anOpenOne_isNotChanged_andClosedOnceForAll() {
    var id = open(branchOf(1), false);
    var version = questionnaire(id).number("version").intValue();
    assertProblem(
        staff(
            "PUT",
            "/api/questionnaires/" + id,
            "{\"title\":\"改名\",\"anonymous\":false,\"version\":%d}".formatted(version)),
        409,
        "questionnaire.not-draft");
    assertRefused(change(id, "prolongation", ",\"closesAt\":\"%s\"".formatted(now())), "closesAt");
    assertThat(
            change(id, "prolongation", ",\"closesAt\":\"%s\"".formatted(now().plusSeconds(60)))
                .status())
        .isEqualTo(200);
    close(id);
    assertProblem(change(id, "closing", ""), 409, "questionnaire.not-open");
    assertProblem(tryOpen(id), 409, "questionnaire.not-draft");
    assertThat(staff("/api/audit?subject=questionnaire:" + id).body())
        .contains(
            "questionnaire.create", "questionnaire.open", "questionnaire.close", "1 out, 0 back");
  }

  @Test
  void theClockClosesIt() {
    var id = openAnonymous(5, 5, "五份");
    var closes = Instant.parse(questionnaire(id).text("closesAt"));
    forward(Duration.between(now(), closes));
    assertProblem(handIn(id, sheet(named(name(0)), 1, 3, ""), ""), 409, "questionnaire.over");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> questionnaire(id).text("state").equals("closed"));
    assertThat(staff("/api/questionnaires/%s/results".formatted(id)).number("returned").intValue())
        .isEqualTo(5);
  }

  @Test
  void whereSeveralBranchesAreAsked_oneSaysWhich() {
    var top = branch("");
    var one = branch(top);
    var other = branch(top);
    member("赵一", one);
    member("赵一", other);
    var id = open(top, false);
    assertRefused(handIn(id, sheet(named("赵一"), 1, 3, ""), ""), "participant.branch");
    var inOne = named("赵一") + ",\"branch\":\"%s\"".formatted(one);
    assertThat(handIn(id, sheet(inOne, 1, 3, "一"), "").status()).isEqualTo(200);
    var inOther = named("赵一") + ",\"branch\":\"问卷支部%s\"".formatted(other);
    assertThat(handIn(id, sheet(inOther, 1, 3, "二"), "").status()).isEqualTo(200);
    assertThat(questionnaire(id).number("returned").intValue()).isEqualTo(2);
    var list = staff("/api/questionnaires?organisation=" + top);
    assertThat(list.body()).contains(id);
  }

  @Test
  void whatIsWrong_isNamed() {
    var branch = branchOf(1);
    var make = "{\"organisation\":\"%s\",\"title\":\"%s\",\"anonymous\":true,\"questions\":[%s]}";
    assertRefused(staff("POST", "/api/questionnaires", make.formatted(branch, "", "")), "title");
    assertRefused(
        staff(
            "POST",
            "/api/questionnaires",
            make.formatted(
                branch,
                "问",
                "{\"kind\":\"single\",\"text\":\"\",\"choices\":[\"a\"],\"limit\":3},"
                    + "{\"kind\":\"scale\",\"text\":\"x\",\"from\":2,\"to\":11},{\"text\":\"x\"},"
                    + "{\"kind\":\"multiple\",\"text\":\"x\",\"choices\":[\"a\",\" a\"]}")),
        "questions[0].limit",
        "questions[0].text",
        "questions[0].choices",
        "questions[1].from",
        "questions[1].to",
        "questions[2].kind",
        "questions[3].choices[1]");
    assertRefused(
        staff("POST", "/api/questionnaires", make.formatted("NONE", "问", "")), "organisation");
    var id = open(branch, false);
    assertRefused(handIn(id, "{\"participant\":{\"name\":\"x\"}}", ""), "answers", "answers");
    assertRefused(
        handIn(
            id,
            """
            {"participant":{"name":"x"},"answers":[{"number":1,"choices":[1,2]},{"number":2,"choices":[4]},
              {"number":3,"scale":6},{"number":4,"scale":1},{"number":5},{"number":1}]}\
            """,
            ""),
        "answers[4].number",
        "answers[5].number",
        "answers[0].choices",
        "answers[1].choices",
        "answers[2].scale",
        "answers[3].scale");
    assertThat(questionnaire(id).number("returned").intValue()).isZero();
  }

  /** The page for browsers. */
  @Test
  void page_takesTheSheet_withoutACookieWhereAnonymous() {
    var form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    var anonymous = open(branchOf(5), true);
    var page = api.get("/q/" + anonymous);
    assertThat(page.body()).contains("这份问卷是匿名的");
    assertThat(page.headers()).doesNotContainKey("set-cookie");
    var body =
        "name=%s&a1=1&a3=5&a4=x".formatted(URLEncoder.encode(name(0), StandardCharsets.UTF_8));
    var taken = api.send("POST", "/q/" + anonymous, body, form);
    assertThat(taken.status()).as(taken.body()).isEqualTo(303);
    assertThat(taken.headers()).doesNotContainKey("set-cookie");
    assertThat(api.send("POST", "/q/" + anonymous, body, form).status()).isEqualTo(409);
    var named = open(branchOf(1), false);
    var kept = api.send("POST", "/q/" + named, body, form);
    assertThat(kept.status()).as(kept.body()).isEqualTo(303);
    var cookies = new HashMap<>(form);
    cookies.put(
        "Cookie",
        String.join(
            "; ",
            kept.headers().get("set-cookie").stream().map(c -> c.replaceAll(";.*", "")).toList()));
    var again = api.send("GET", "/q/" + named, new byte[0], cookies);
    assertThat(again.body()).contains("您已经交过", "value=\"5\" required checked");
    assertThat(api.send("POST", "/q/" + named, body, form).status()).isEqualTo(422);
    assertThat(api.send("POST", "/q/" + named, body, cookies).status()).isEqualTo(303);
  }
}
