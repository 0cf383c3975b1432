package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.SittingRows;
import yikao.api.Client.Reply;

/** Papers in print and typed in, and questions on the spot. */
abstract class PaperContract extends SmallBankContract {
  private static final String JUDGES = "judges";

  private int branches;
  private String branch = "";

  @Override
  void more(SmallBank bank) {
    bank.document(
        JUDGES,
        SmallBank.question("01-judges-001", "判断", "对吗？", "答案: 错"),
        SmallBank.question("01-judges-002", "填空", "本章程共有____章。", "答案: [十一]"));
  }

  @BeforeAll
  void top() {
    api.organisation("PP", "机关党委", "");
  }

  private String member(String name) {
    return api.member(name, branch);
  }

  /** A session with members of its own. */
  private record Session(String quiz, UUID id, List<String> members) {
    String path() {
      return "/api/sittings/%s/papers".formatted(id);
    }
  }

  private Session sessionOf(String spec, String... names) {
    branch = "PP" + ++branches;
    api.organisation(branch, "第%d支部".formatted(branches), "PP");
    var members = new ArrayList<String>();
    for (var name : names) {
      members.add(member(name));
    }
    var quiz =
        api.quiz(spec.replace("ROSTER", "\"roster\":{\"organisations\":[\"" + branch + "\"]}"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> staff("/api/quizzes/%s/roster".formatted(quiz)).has("frozenAt"));
    return new Session(
        quiz, SittingRows.insert(bean(ApplicationContext.class), quiz, branch), members);
  }

  private Session session(String... names) {
    return sessionOf(three("\"entry\":\"members\",\"tries\":1,ROSTER"), names);
  }

  private Reply print(Session session, String... members) {
    return staff(
        "POST",
        session.path(),
        "{\"members\":[%s]}"
            .formatted(
                String.join(",", List.of(members).stream().map("\"%s\""::formatted).toList())));
  }

  private Reply content(Session session, int number) {
    var content = staff(session.path() + "/" + number);
    assertThat(content.status()).as(content.body()).isEqualTo(200);
    return content;
  }

  private Reply enter(Session session, int number, int version, String responses) {
    return staff(
        "PUT",
        session.path() + "/" + number,
        "{\"version\":%d,\"responses\":[%s]}".formatted(version, responses));
  }

  private Reply phone(Session session, String name) {
    return api.send(
        "POST",
        "/api/quizzes/%s/attempts".formatted(session.quiz()),
        "{\"participant\":{\"name\":\"%s\",\"branch\":\"%s\"}}".formatted(name, branch),
        Map.of("Idempotency-Key", secret()));
  }

  private static String letters(Reply content, String text) {
    var all = new ArrayList<String>();
    for (var question : questions(content)) {
      all.add(
          "{\"number\":%s,\"choices\":[\"%s\"]}"
              .formatted(question.get("number").coerceStringValue(), choice(question, text)));
    }
    return String.join(",", all);
  }

  private List<String> summaries(Session session, String state) {
    var found = staff("/api/quizzes/%s/attempts?state=%s".formatted(session.quiz(), state));
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    return list(found.json()).stream()
        .map(a ->
            a.get("name").getStringValue()
                + (a.get("enteredBy") == null ? "" : " on paper")
                + (a.get("annulled").getBooleanValue() ? " annulled" : ""))
        .toList();
  }

  // printing

  @Test
  void papers_areNumbered_andPrintedAgainAreTheSame() {
    var session = session("甲一", "乙二");
    var first = print(session, session.members().get(0));
    assertThat(first.status()).as(first.body()).isEqualTo(201);
    var both = print(session, session.members().get(0), session.members().get(1));
    assertThat(both.status()).as(both.body()).isEqualTo(201);
    assertThat(list(both.json()).stream().map(p -> p.get("number").coerceStringValue()))
        .containsExactly("1", "2");
    assertThat(list(both.json()).getFirst().get("attempt").getStringValue())
        .isEqualTo(list(first.json()).getFirst().get("attempt").getStringValue());
    var content = content(session, 1);
    assertThat(questions(content)).hasSize(3);
    assertThat(content.body()).doesNotContain("key", "explanation", "citation", "如此");
    assertThat(summaries(session, "running")).allMatch(s -> s.endsWith(" on paper"));
    assertProblem(staff(session.path() + "/3"), 404, "no-such-paper");
    assertRefused(print(session, UUID.randomUUID().toString()), "members");
    assertRefused(print(session), "members");
  }

  @Test
  void whoHasAPaper_getsNoPhone_andTheOtherWayRound() {
    var session = session("甲一", "乙二");
    print(session, session.members().get(0));
    assertProblem(phone(session, "甲一"), 409, "attempt.on-paper");
    var begun = phone(session, "乙二");
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    assertProblem(print(session, session.members().get(1)), 409, "attempt.on-phone");
    var attempt = content(session, 1);
    assertThat(attempt.text("state")).isEqualTo("out");
    var id = list(staff(session.path()).json()).getFirst().get("attempt").getStringValue();
    assertProblem(api.get("/api/attempts/" + id, begun.text("token")), 403, "not-yours");
    assertProblem(
        staff("POST", "/api/attempts/%s/release".formatted(id), "{}"), 409, "attempt.on-paper");
    assertProblem(phone(session, "甲一"), 409, "attempt.on-paper");
  }

  /** Printed at the very moment when a phone begins: one of both, whichever was first. */
  @Test
  void paperAndPhoneAtOnce_areNotBothGiven() throws Exception {
    for (var round = 0; round < 8; round++) {
      var session = session("甲一");
      var calls =
          List.<Callable<Reply>>of(
              () -> print(session, session.members().getFirst()),
              () -> phone(session, "甲一"),
              () -> print(session, session.members().getFirst()));
      var replies = new ArrayList<Reply>();
      try (var threads = Executors.newFixedThreadPool(3)) {
        for (var reply : threads.invokeAll(calls)) {
          replies.add(reply.get());
        }
      }
      var printed = replies.get(0).status();
      var onPhone = replies.get(1).status();
      assertThat(printed == 201).isNotEqualTo(onPhone == 201);
      assertThat(replies.get(2).status()).isEqualTo(printed);
      assertThat(staff(session.path()).json().size()).isEqualTo(printed == 201 ? 1 : 0);
    }
  }

  // typing in

  @Test
  void typedIn_isMarkedLikeAnyOther_andMayBeTypedAgain() {
    var session = session("甲一");
    print(session, session.members().getFirst());
    var content = content(session, 1);
    assertThat(content.number("version")).isEqualByComparingTo("0");
    var entered = enter(session, 1, 0, letters(content, SmallBank.RIGHT));
    assertThat(entered.status()).as(entered.body()).isEqualTo(200);
    assertThat(entered.number("score")).isEqualByComparingTo("30");
    assertThat(entered.text("state")).isEqualTo("entered");
    assertThat(summaries(session, "ended")).containsExactly("甲一 on paper");
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> assertThat(rows(board(session.quiz(), ""))).containsExactly("1 甲* 30"));
    assertProblem(enter(session, 1, 0, ""), 412, "paper.stale");
    var again = enter(session, 1, 1, letters(content, SmallBank.WRONG));
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(again.number("score")).isEqualByComparingTo("0");
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(rows(board(session.quiz(), ""))).containsExactly("1 甲* 0"));
    assertProblem(phone(session, "甲一"), 409, "no-tries-left");
    assertThat(staff("/api/audit?subject=sitting:" + session.id()).body()).contains("paper.print");
    SittingRows.confirm(bean(ApplicationContext.class), session.id());
    assertProblem(enter(session, 1, 2, ""), 409, "paper.confirmed");
    assertProblem(print(session, session.members().getFirst()), 409, "paper.sitting-over");
  }

  @Test
  void wrongLetters_areRefusedByName_andChangeNothing() {
    var session = session("甲一");
    print(session, session.members().getFirst());
    assertRefused(
        enter(
            session,
            1,
            0,
            "{\"number\":1,\"choices\":[\"D\"]},{\"number\":2,\"choices\":[\"A\",\"B\"]}"),
        "responses[0].choices",
        "responses[1].choices");
    assertRefused(enter(session, 1, 0, "{\"number\":9,\"choices\":[]}"), "responses[0].number");
    assertRefused(enter(session, 1, 0, "{\"number\":1,\"text\":[\"x\"]}"), "responses[0].choices");
    assertThat(content(session, 1).text("state")).isEqualTo("out");
  }

  @Test
  void judgementsAndBlanks_areTypedIn() {
    var session =
        sessionOf(
            """
            {"title":"判断填空","listed":false,"documents":["judges"],"entry":"members",ROSTER,
             "sections":[{"type":"judge","count":1,"points":2},{"type":"blank","count":1,"points":3}]}\
            """,
            "甲一");
    print(session, session.members().getFirst());
    var entered =
        enter(
            session, 1, 0, "{\"number\":1,\"choices\":[\"f\"]},{\"number\":2,\"text\":[\" 十一 \"]}");
    assertThat(entered.status()).as(entered.body()).isEqualTo(200);
    assertThat(entered.number("score")).isEqualByComparingTo("5");
  }

  /** The clock and the close of the quiz leave it alone; it counts as answered within the time. */
  @Test
  void paper_waitsUntilItIsTypedIn_afterTheQuizHasClosed() {
    var session =
        sessionOf(
            three("\"entry\":\"members\",ROSTER,\"closes\":\"%s\"".formatted(inMinutes(30))),
            "甲一",
            "乙二");
    print(session, session.members().get(0));
    var onPhone = phone(session, "乙二");
    var closes = Instant.parse(onPhone.text("deadline"));
    forwardMinutes(24 * 60);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(summaries(session, "ended")).containsExactly("乙二"));
    assertThat(summaries(session, "running")).containsExactly("甲一 on paper");
    var content = content(session, 1);
    var entered = enter(session, 1, 0, letters(content, SmallBank.RIGHT));
    assertThat(entered.status()).as(entered.body()).isEqualTo(200);
    assertThat(entered.number("score")).isEqualByComparingTo("30");
    var ended =
        list(staff("/api/quizzes/%s/attempts".formatted(session.quiz())).json()).stream()
            .filter(a -> a.get("name").getStringValue().equals("甲一"))
            .findFirst()
            .orElseThrow();
    assertThat(Instant.parse(ended.get("endedAt").getStringValue())).isEqualTo(closes);
    assertThat(ended.get("state").getStringValue()).isEqualTo("submitted");
  }

  @Test
  void extension_leavesPapersAlone() {
    var session =
        sessionOf(
            three("\"entry\":\"members\",ROSTER,\"closes\":\"%s\"".formatted(inMinutes(30))), "甲一");
    print(session, session.members().getFirst());
    var moved = extend(session.quiz(), 10, now(), 0, "");
    assertThat(moved.status()).as(moved.body()).isLessThan(300);
    assertThat(summaries(session, "running")).containsExactly("甲一 on paper");
    assertThat(
            list(staff("/api/quizzes/%s/attempts?state=running".formatted(session.quiz())).json())
                .getFirst()
                .get("deadline"))
        .isNull();
  }

  // taking back

  @Test
  void takenBack_countsForNothing_andThePhoneMayBegin() {
    var session = session("甲一", "乙二");
    print(session, session.members().get(0), session.members().get(1));
    var path = session.path() + "/1/withdrawal";
    assertRefused(staff("POST", path, "{}"), "reason");
    var back = staff("POST", path, "{\"reason\":\"改用手机\"}");
    assertThat(back.status()).as(back.body()).isEqualTo(200);
    assertThat(back.text("state")).isEqualTo("withdrawn");
    assertProblem(enter(session, 1, 1, ""), 409, "attempt.not-on-paper");
    var begun = phone(session, "甲一");
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    handIn(begun, allRight(begun));
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> assertThat(rows(board(session.quiz(), ""))).containsExactly("1 甲* 30"));
    staff("POST", session.path() + "/2/withdrawal", "{\"reason\":\"未交回\"}");
    assertThat(summaries(session, "running")).isEmpty();
    assertThat(summaries(session, "ended"))
        .containsExactlyInAnyOrder("甲一 on paper annulled", "甲一", "乙二 on paper annulled");
  }

  // on the spot

  private Reply ask(String member, int count) {
    return staff(
        "POST",
        "/api/spot-questions",
        "{\"member\":\"%s\",\"area\":\"charter\",\"count\":%d}".formatted(member, count));
  }

  @Test
  void spotQuestions_neverComeAgainWhileOthersAreLeft_andShowTheKeyOnceMarked() {
    branch = "PP" + ++branches;
    api.organisation(branch, "第%d支部".formatted(branches), "PP");
    var member = member("甲一");
    var asked = new ArrayList<String>();
    var all = 11 + 14 + 3 + 2; // all of the area but the essay
    for (var round = 0; round < all / 5; round++) {
      var drawn = ask(member, 5);
      assertThat(drawn.status()).as(drawn.body()).isEqualTo(201);
      assertThat(drawn.body()).doesNotContain("\"key\"", "\"explanation\"", "\"citation\"");
      list(drawn.json()).forEach(q -> asked.add(q.get("stem").getStringValue()));
    }
    assertThat(asked).hasSize(all).doesNotHaveDuplicates();
    var again = list(ask(member, 1).json()).getFirst();
    assertThat(asked).contains(again.get("stem").getStringValue());
    var path = "/api/spot-questions/%s/mark".formatted(again.get("id").getStringValue());
    var marked = staff("PUT", path, "{\"right\":true,\"version\":0}");
    assertThat(marked.status()).as(marked.body()).isEqualTo(200);
    assertThat(marked.body()).contains("\"explanation\":\"如此。\"", "\"locator\":\"第一条\"");
    assertProblem(staff("PUT", path, "{\"right\":false,\"version\":0}"), 412, "spot.stale");
    var listed = staff("/api/spot-questions?organisation=%s&limit=10".formatted(branch));
    assertThat(listed.status()).as(listed.body()).isEqualTo(200);
    assertThat(list(listed.json().get("questions"))).hasSize(10);
    assertThat(listed.json().get("next")).isNotNull();
    var early =
        staff(
            "/api/spot-questions?organisation=%s&to=%s"
                .formatted("PP", now().minus(Duration.ofDays(1))));
    assertThat(early.json().get("questions").size()).isZero();
    assertThat(staff("/api/members/%s/record".formatted(member)).body())
        .contains("\"spot-question\"");
    forward(Duration.ofDays(366));
    assertThat(ask(member, 5).status()).isEqualTo(201);
  }

  @Test
  void spotQuestions_areCheckedByField() {
    branch = "PP" + ++branches;
    api.organisation(branch, "第%d支部".formatted(branches), "PP");
    var member = member("甲一");
    assertRefused(ask(member, 0), "count");
    assertRefused(ask(member, 6), "count");
    assertRefused(ask(UUID.randomUUID().toString(), 1), "member");
    assertRefused(
        staff(
            "POST",
            "/api/spot-questions",
            "{\"member\":\"%s\",\"area\":\"none\",\"count\":1}".formatted(member)),
        "area");
    assertRefused(staff("/api/spot-questions?organisation=none"), "organisation");
  }

  @Test
  void spotQuestions_areAskedAndMarkedOnTheirPages() {
    branch = "PP" + ++branches;
    api.organisation(branch, "第%d支部".formatted(branches), "PP");
    var member = member("甲一");
    var own = StaffBrowser.of(api, "wen" + branch, "secretary", branch);
    var at = "/console/spot-questions";
    assertThat(own.get(at).body()).as("the own branch at once").contains("甲一", "还没有提问过");
    var ask = Map.of("organisation", branch, "member", member, "area", "charter", "count", "2");
    var bad =
        own.post(
            at, Map.of("organisation", branch, "member", "x", "area", "charter", "count", "2"));
    assertThat(bad.status()).isEqualTo(422);
    var asked = own.post(at, ask);
    assertThat(asked.status()).as(asked.body()).isEqualTo(303);
    var page = asked.headers().get("location").getFirst();
    assertThat(own.get(page).body())
        .contains("第 1 题，共 2 题", "答对了", "下一题")
        .doesNotContain("如此", "第一条");
    var marked = own.post(page + "/mark", Map.of("version", "0", "right", "false"));
    assertThat(marked.status()).isEqualTo(303);
    assertThat(own.get(page).body()).contains("答错", "如此", "更正评定");
    var stale = own.post(page + "/mark", Map.of("version", "0", "right", "true"));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.body()).contains("答错");
    assertThat(own.get(at).body()).contains("甲一", "答错", "未评定");

    var other = "PP" + ++branches;
    api.organisation(other, "第%d支部".formatted(branches), "PP");
    var stranger = StaffBrowser.of(api, "bie" + other, "secretary", other);
    assertThat(stranger.get(page).status()).isEqualTo(403);
    assertThat(stranger.post(at, ask).status()).isEqualTo(403);
    assertThat(stranger.get(at + "?organisation=" + branch).status()).isEqualTo(403);
    var looks = StaffBrowser.of(api, "du" + other, "supervisor", "PP");
    assertThat(looks.get(at).body()).as("a choice of branches").contains(branch, other);
    assertThat(looks.get(at + "?find=" + branch).body())
        .contains(branch)
        .doesNotContain("organisation=" + other);
  }
}
