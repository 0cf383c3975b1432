package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/** Quizzes for members: who is let in, on which phone, and who should take part. */
abstract class MemberQuizContract extends SmallBankContract {
  private static final String BRANCH = "MQ1";
  private static final String OTHER = "MQ2";
  private static final String PHONE = "13800001234";
  private static final String TAIL = "1234";

  private int names;

  @BeforeAll
  void organisations() {
    api.organisation("MQ", "机关党委", "");
    api.organisation(BRANCH, "第一支部", "MQ");
    api.organisation(OTHER, "第二支部", "MQ");
  }

  /** A name that nobody else has. */
  private String name() {
    return "党员" + (char) ('甲' + names++);
  }

  private String member(String name, String in, String phone, String more) {
    var known = phone.isEmpty() ? "" : ",\"phone\":\"%s\"".formatted(phone);
    return api.member(name, in, known + more);
  }

  private String member(String name) {
    return member(name, BRANCH, PHONE, "");
  }

  private String forMembers(String more) {
    return api.quiz(three("\"entry\":\"members\"" + (more.isEmpty() ? "" : "," + more)));
  }

  private Reply start(String quiz, String phone, String name, String branch, String digits) {
    return api.send(
        "POST",
        "/api/quizzes/%s/attempts".formatted(quiz),
        "{\"participant\":{\"name\":\"%s\",\"branch\":\"%s\"%s}}"
            .formatted(
                name, branch, digits.isEmpty() ? "" : ",\"digits\":\"%s\"".formatted(digits)),
        Map.of("Idempotency-Key", phone));
  }

  private Reply start(String quiz, String phone, String name) {
    return start(quiz, phone, name, BRANCH, "");
  }

  private Reply begun(String quiz, String phone, String name, String digits) {
    var started = start(quiz, phone, name, BRANCH, digits);
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    return started;
  }

  private static void assertAsked(Reply reply, String words) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    assertThat(reply.fields()).containsExactly("participant.digits");
    assertThat(reply.body()).contains(words);
  }

  // who is let in

  @Test
  void member_isLetInByNameAndBranch_whicheverWayTheyAreWritten() {
    member("阿依古丽·买买提");
    var quiz = forMembers("");
    assertThat(start(quiz, secret(), "阿依古丽•买买提").status()).isEqualTo(201);
    var other = forMembers("");
    assertThat(start(other, secret(), " 阿依古丽・买买提 ", "机关党委 / 第一支部", "").status()).isEqualTo(201);
  }

  @Test
  void who_isNotOnTheList_isNotLetIn() {
    var name = name();
    member(name);
    var left = name();
    member(left, BRANCH, "", ",\"state\":\"transferred\"");
    var quiz = forMembers("");
    assertProblem(start(quiz, secret(), "查无此人"), 403, "member.not-listed");
    assertProblem(start(quiz, secret(), name, OTHER, ""), 403, "member.not-listed");
    assertProblem(start(quiz, secret(), left), 403, "member.not-listed");
    assertRefused(start(quiz, secret(), name, "没有的支部", ""), "participant.branch");
    var second = forMembers("\"roster\":{\"organisations\":[\"%s\"]}".formatted(OTHER));
    assertProblem(start(second, secret(), name), 403, "member.not-listed");
    var gone = forMembers("\"roster\":{\"states\":[\"transferred\"]}");
    assertThat(start(gone, secret(), left).status()).isEqualTo(201);
  }

  @Test
  void twoOfOneName_areToldApartByTheirPhones() {
    var name = name();
    var one = member(name, BRANCH, "13800000001", "");
    member(name, BRANCH, "13800000002", "");
    var quiz = forMembers("");
    assertAsked(start(quiz, secret(), name), "请填写在支部登记的手机号的后四位");
    assertAsked(start(quiz, secret(), name, BRANCH, "0003"), "手机号后四位不符");
    assertAsked(start(quiz, secret(), name, BRANCH, "二三四五"), "请填写四位数字");
    var first = begun(quiz, secret(), name, "0001");
    var second = begun(quiz, secret(), name, "０００２");
    assertThat(second.text("id")).isNotEqualTo(first.text("id"));
    handIn(first, allRight(first));
    handIn(second, "{}");
    assertThat(traces(one)).as("of the first alone").contains("submitted 30/30");
  }

  private String traces(String member) {
    return staff("/api/members/%s/record".formatted(member)).json().get("traces").toString()
        + staff("/api/members/%s/record".formatted(member)).body();
  }

  @Test
  void twoOfOneNameAndEnd_andWhoHasNoPhone_areSentToTheBranch() {
    var name = name();
    member(name, BRANCH, "13800005678", "");
    member(name, BRANCH, "13900005678", "");
    var quiz = forMembers("");
    assertAsked(start(quiz, secret(), name, BRANCH, "5678"), "后四位相同");
    var without = name();
    member(without, BRANCH, "", "");
    var asking = forMembers("\"lastFourDigits\":true");
    assertAsked(start(asking, secret(), without), "没有登记您的手机号");
    assertAsked(start(asking, secret(), without, BRANCH, "0000"), "没有登记您的手机号");
    assertThat(start(quiz, secret(), without).status()).isEqualTo(201);
  }

  @Test
  void quizThatAsksForDigits_asksEverybody() {
    var name = name();
    member(name);
    var quiz = forMembers("\"lastFourDigits\":true");
    assertAsked(start(quiz, secret(), name), "请填写在支部登记的手机号的后四位");
    begun(quiz, secret(), name, TAIL);
  }

  @Test
  void digits_cannotBeTriedOneAfterAnother() {
    var name = name();
    member(name);
    var quiz = forMembers("\"lastFourDigits\":true");
    for (var wrong = 1; wrong <= 6; wrong++) {
      assertAsked(start(quiz, secret(), name, BRANCH, "000" + wrong), "手机号后四位不符");
    }
    var refused = start(quiz, secret(), name, BRANCH, TAIL);
    assertProblem(refused, 429, "too-many-tries");
    assertThat(refused.headers()).containsKey("retry-after");
  }

  // phones

  @Test
  void secondPhone_isAskedForTheDigits_andTheFirstOneOpensNothingAnyMore() {
    var name = name();
    member(name);
    var quiz = forMembers("");
    var first = secret();
    var begun = begun(quiz, first, name, "");
    assertThat(api.save(begun, 1, save(begun)).status()).isEqualTo(204);
    assertThat(start(quiz, first, name).text("id")).as("again").isEqualTo(begun.text("id"));
    assertThat(current(begun).status()).as("the token is the phone's").isEqualTo(200);

    var second = secret();
    assertAsked(start(quiz, second, name), "已经在另一部手机上开始作答");
    assertThat(current(begun).status()).as("nothing has happened").isEqualTo(200);
    var taken = start(quiz, second, name, BRANCH, TAIL);
    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    assertThat(taken.text("id")).isEqualTo(begun.text("id"));
    assertThat(taken.json().get("saved").size()).as("what was saved is there").isEqualTo(1);
    assertProblem(current(begun), 403, "not-yours");
    assertProblem(api.save(begun, 1, save(begun)), 403, "not-yours");
    assertThat(handIn(taken, allRight(taken)).number("score")).isEqualByComparingTo("30");
    assertAsked(start(quiz, first, name), "已经在另一部手机上开始作答");
  }

  private static String save(Reply begun) {
    return "{\"sequence\":1,\"choices\":[\"%s\"]}"
        .formatted(choice(questions(begun).getFirst(), SmallBank.RIGHT));
  }

  @Test
  void twoPhonesAtOnce_areNotBothLetIn() throws Exception {
    for (var round = 0; round < 10; round++) {
      var name = name();
      member(name);
      var quiz = forMembers("");
      var calls =
          IntStream.range(0, 4)
              .<Callable<Reply>>mapToObj(_ -> () -> start(quiz, secret(), name))
              .toList();
      var replies = new ArrayList<Reply>();
      try (var threads = Executors.newFixedThreadPool(4)) {
        for (var reply : threads.invokeAll(calls)) {
          replies.add(reply.get());
        }
      }
      assertThat(replies.stream().map(Reply::status)).containsOnlyOnce(201);
      replies.stream().filter(r -> r.status() != 201).forEach(r -> assertAsked(r, "已经在另一部手机上开始作答"));
      var begun = replies.stream().filter(r -> r.status() == 201).findFirst().orElseThrow();
      assertThat(current(begun).status()).isEqualTo(200);
    }
  }

  @Test
  void whoHasNoPhoneOnRecord_isReleasedByTheBranch() {
    var name = name();
    member(name, BRANCH, "", "");
    var quiz = forMembers("");
    var begun = begun(quiz, secret(), name, "");
    var second = secret();
    assertAsked(start(quiz, second, name), "已经在另一部手机上开始作答");
    var released = staff("POST", "/api/attempts/%s/release".formatted(begun.text("id")), "{}");
    assertThat(released.status()).as(released.body()).isEqualTo(200);
    assertProblem(current(begun), 403, "not-yours");
    assertThat(start(quiz, second, name).text("id")).isEqualTo(begun.text("id"));
    var ofGuest = started(api.quiz(three("")), secret(), "王小明", BRANCH);
    assertProblem(
        staff("POST", "/api/attempts/%s/release".formatted(ofGuest.text("id")), "{}"),
        409,
        "attempt.of-guest");
  }

  @Test
  void onePerson_isOneParticipantOverTwoQuizzes_andTwoOnOnePhoneAreTwo() {
    var name = name();
    var one = member(name);
    var phone = secret();
    for (var quiz : List.of(forMembers(""), forMembers(""))) {
      var begun = begun(quiz, phone, name, "");
      handIn(begun, allRight(begun));
    }
    assertThat(staff("/api/members/%s/record".formatted(one)).json().get("traces").size())
        .as("two attempts, and what rosters have by now")
        .isGreaterThanOrEqualTo(2);
    var other = name();
    member(other);
    var quiz = forMembers("");
    var first = begun(quiz, phone, name, "");
    var second = begun(quiz, phone, other, "");
    assertThat(second.text("id")).isNotEqualTo(first.text("id"));
    assertThat(current(first).status()).isEqualTo(200);
    assertProblem(
        api.get("/api/attempts/" + second.text("id"), first.text("token")), 403, "not-yours");
  }

  @Test
  void nameAndBranchOfAMember_areThoseOfTheList() {
    var name = name();
    member(name);
    var begun = begun(forMembers(""), secret(), name, "");
    assertProblem(
        api.put(
            "/api/attempts/%s/participant".formatted(begun.text("id")),
            "{\"name\":\"别人\",\"branch\":\"%s\"}".formatted(OTHER),
            begun.text("token")),
        409,
        "correction.listed");
    assertProblem(
        staff(
            "POST",
            "/api/attempts/%s/corrections".formatted(begun.text("id")),
            "{\"name\":\"别人\",\"branch\":\"%s\",\"version\":0,\"reason\":\"写错\"}".formatted(OTHER)),
        409,
        "correction.listed");
  }

  // rosters

  private Reply roster(String quiz) {
    return staff("/api/quizzes/%s/roster?limit=1000".formatted(quiz));
  }

  private Reply frozen(String quiz) {
    await().atMost(Duration.ofSeconds(20)).until(() -> roster(quiz).has("frozenAt"));
    return roster(quiz);
  }

  private Reply amend(String quiz, String how, String member) {
    return staff(
        "POST",
        "/api/quizzes/%s/roster/%s".formatted(quiz, how),
        "{\"member\":\"%s\",\"reason\":\"名单有误\"}".formatted(member));
  }

  private static List<String> names(Reply roster) {
    return list(roster.json().get("members")).stream()
        .filter(m -> m.get("removedAt") == null)
        .map(m -> m.get("name").getStringValue())
        .toList();
  }

  @Test
  void roster_isFrozenAtTheOpening_andAmendedWithAReason() {
    api.organisation("MQ3", "第三支部", "MQ");
    var there = name();
    var id = member(there, "MQ3", PHONE, "");
    var rule = "\"roster\":{\"organisations\":[\"MQ3\"]},\"opens\":\"%s\"";
    var quiz = forMembers(rule.formatted(inMinutes(10)));
    assertThat(roster(quiz).has("frozenAt")).isFalse();
    assertThat(amend(quiz, "additions", id).problem()).isEqualTo("roster.not-frozen");
    forwardMinutes(11);
    assertThat(names(frozen(quiz))).containsExactly(there);

    var late = name();
    var lateId = member(late, "MQ3", PHONE, "");
    assertProblem(start(quiz, secret(), late, "MQ3", ""), 403, "member.not-listed");
    assertThat(amend(quiz, "additions", lateId).status()).isEqualTo(204);
    assertProblem(amend(quiz, "additions", lateId), 409, "roster.is-on");
    assertThat(start(quiz, secret(), late, "MQ3", "").status()).isEqualTo(201);
    assertThat(roster(quiz).number("total")).isEqualByComparingTo("2");

    assertThat(amend(quiz, "removals", id).status()).isEqualTo(204);
    assertProblem(amend(quiz, "removals", id), 409, "roster.is-not-on");
    assertProblem(start(quiz, secret(), there, "MQ3", ""), 403, "member.not-listed");
    assertThat(names(roster(quiz))).containsExactly(late);
    assertThat(amend(quiz, "additions", id).status()).as("and back").isEqualTo(204);
    assertThat(list(roster(quiz).json().get("members"))).as("with its history").hasSize(3);
    var log = staff("/api/audit?subject=quiz:" + quiz).body();
    assertThat(log).contains("roster.add", "roster.remove", "member:" + lateId);
  }

  @Test
  void whoMovesAfterTheOpening_countsWhereTheRosterHasThePerson() {
    api.organisation("MQ4", "第四支部", "MQ");
    api.organisation("MQ5", "第五支部", "MQ");
    var name = name();
    var id = member(name, "MQ4", PHONE, "");
    var quiz = forMembers("");
    frozen(quiz);
    var moved =
        staff(
            "POST",
            "/api/members/%s/move".formatted(id),
            "{\"organisation\":\"MQ5\",\"version\":1,\"reason\":\"调动\"}");
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    var begun = start(quiz, secret(), name, "MQ5", "");
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    handIn(begun, allRight(begun));
    var board = api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json();
    assertThat(board.get("entries").get(0).get("code").getStringValue()).isEqualTo("MQ4");
    assertThat(start(quiz, secret(), name, "MQ4", TAIL).status())
        .as("by the old one")
        .isEqualTo(201);
  }

  @Test
  void rosterOfAQuizThatHasOpened_isNotEdited_andOneForEverybodyHasNone() {
    var quiz = forMembers("\"roster\":{\"organisations\":[\"%s\"]}".formatted(BRANCH));
    frozen(quiz);
    var other =
        three("\"entry\":\"members\",\"roster\":{\"organisations\":[\"%s\"]}".formatted(OTHER));
    assertRefused(staff("PUT", "/api/quizzes/" + quiz, other), "roster");
    var open = api.quiz(three(""));
    assertProblem(roster(open), 409, "roster.none");
    assertRefused(
        api.post("/api/quizzes", three("\"roster\":{\"states\":[]}"), TestService.editorToken()),
        "roster");
    assertRefused(
        api.post(
            "/api/quizzes",
            three("\"entry\":\"members\",\"roster\":{\"organisations\":[\"none\"]}"),
            TestService.editorToken()),
        "roster.organisations");
  }

  // what is kept

  @Test
  void erasedPerson_staysInTotalsWithoutAName() {
    var name = name();
    var id = member(name);
    var quiz = forMembers("");
    frozen(quiz);
    var begun = begun(quiz, secret(), name, "");
    handIn(begun, allRight(begun));
    assertThat(traces(id)).contains("\"attempt\"", "\"roster\"", "submitted 30/30");
    var erased =
        staff(
            "POST", "/api/members/%s/erasure".formatted(id), "{\"version\":1,\"reason\":\"本人申请\"}");
    assertThat(erased.status()).as(erased.body()).isEqualTo(204);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> {
          var board = api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json();
          assertThat(board.get("total").getIntValue()).isEqualTo(1);
          var entry = board.get("entries").get(0);
          assertThat(entry.get("score").getIntValue()).isEqualTo(30);
          assertThat(entry.get("name").getStringValue()).isEqualTo("*");
        });
    assertThat(staff("/api/quizzes/%s/attempts".formatted(quiz)).body())
        .contains(begun.text("id"))
        .doesNotContain(name);
    assertThat(roster(quiz).body()).contains(id).doesNotContain(name);
    assertProblem(start(quiz, secret(), name), 403, "member.not-listed");
  }

  // pages

  /** A phone's browser, as far as cookies and forms go. */
  private final class Phone {
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Reply get(String path) {
      return kept(api.send("GET", path, new byte[0], Map.of("Cookie", header())));
    }

    Reply post(String path, Map<String, String> fields) {
      var form =
          fields.entrySet().stream()
              .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
      return kept(
          api.send(
              "POST",
              path,
              form,
              Map.of("Content-Type", "application/x-www-form-urlencoded", "Cookie", header())));
    }

    private String header() {
      return cookies.entrySet().stream()
          .map(c -> c.getKey() + "=" + c.getValue())
          .collect(Collectors.joining("; "));
    }

    private Reply kept(Reply reply) {
      for (var cookie : reply.headers().getOrDefault("set-cookie", List.of())) {
        var pair = cookie.replaceAll(";.*", "").split("=", 2);
        cookies.put(pair[0], pair[1]);
      }
      return reply;
    }

    Reply start(String quiz, String name, String digits) {
      get("/quizzes/" + quiz);
      return post(
          "/quizzes/%s/attempts".formatted(quiz),
          Map.of("name", name, "branch", BRANCH, "digits", digits, "do", "start"));
    }
  }

  private static String at(Reply redirect) {
    assertThat(redirect.status()).as(redirect.body()).isEqualTo(303);
    return redirect.headers().get("location").getFirst();
  }

  @Test
  void pages_askForTheDigits_goOnOnTheSecondPhone_andAreClosedOnTheFirst() {
    var name = name();
    member(name);
    var quiz = forMembers("");
    var first = new Phone();
    var unknown = first.start(quiz, "查无此人", "");
    assertThat(unknown.status()).isEqualTo(403);
    assertThat(unknown.body()).contains("应参加名单里没有这个姓名和支部", "查无此人");
    var paper = at(first.start(quiz, name, ""));
    assertThat(first.get(paper).body()).contains(name).doesNotContain(paper + "/participant");
    assertThat(first.get("/").body()).contains(paper);

    var second = new Phone();
    var asked = second.start(quiz, name, "");
    assertThat(asked.status()).isEqualTo(422);
    assertThat(asked.body()).contains("您已经在另一部手机上开始作答", "name=\"digits\"");
    assertThat(at(second.start(quiz, name, TAIL))).isEqualTo(paper);
    assertThat(second.get(paper).status()).isEqualTo(200);
    assertThat(first.get(paper).status()).isEqualTo(403);
    assertThat(first.get("/").body()).doesNotContain(paper);
    assertThat(first.get("/quizzes/" + quiz).body()).doesNotContain(paper);
    assertThat(at(second.post(paper + "/submission", Map.of()))).isEqualTo(paper + "/result");
    assertThat(second.get(paper + "/result").status()).isEqualTo(200);
    assertThat(first.get(paper + "/result").status()).isEqualTo(403);
    assertThat(second.get("/quizzes/%s/leaderboard".formatted(quiz)).status()).isEqualTo(200);

    assertThat(at(second.post("/guest", Map.of("quiz", quiz, "do", "leave")))).contains(quiz);
    assertThat(second.get("/").body()).as("another has the phone").doesNotContain(paper, name);
    assertThat(second.get(paper + "/result").status()).isEqualTo(403);
  }
}
