package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/** Sessions of branches: opened, joined by a code, ended for all, accounted for. */
abstract class SittingContract extends SmallBankContract {
  private static final String TAIL = "1234";

  private String secretary = "";
  private String stranger = "";
  private String supervisor = "";
  private int branches;
  private int names;

  /** A full hall comes in with the limits that are shipped. */
  @Override
  Map<String, Object> settings() {
    var starts = "yikao.limits.starts-per-minute";
    return Map.of(starts, TestService.shipped(starts));
  }

  @BeforeAll
  void people() {
    api.organisation("S", "机关党委", "");
    api.organisation("S1", "第一支部", "S");
    api.organisation("S2", "第二支部", "S");
    secretary = StaffBrowser.of(api, "shuji", "secretary", "S1").token("all");
    stranger = StaffBrowser.of(api, "bieren", "secretary", "S2").token("all");
    supervisor = StaffBrowser.of(api, "dudao", "supervisor", "S").token("all");
  }

  /** A branch that no other test has, with members of these names. */
  private String branch(String... members) {
    var code = "SB" + branches++;
    api.organisation(code, "支部" + code, "S");
    for (var name : members) {
      member(name, code, "138000%05d".formatted(names).substring(0, 7) + TAIL);
    }
    return code;
  }

  private String member(String name, String in, String phone) {
    names++;
    return api.member(name, in, ",\"phone\":\"%s\"".formatted(phone));
  }

  private String prepared() {
    return api.quiz(
        """
        {"title":"支部测试","documents":["%s"],"timeLimitMinutes":30,"reveal":{"what":"review","when":"at-once"},
         "sections":[{"type":"single","count":3,"points":10}]}\
        """
            .formatted(SmallBank.THREE));
  }

  private static String opening(String branch, String quiz, int minutes) {
    return "{\"organisation\":\"%s\",\"quiz\":\"%s\",\"minutes\":%d,\"host\":\"王书记\",\"place\":\"二楼\"}"
        .formatted(branch, quiz, minutes);
  }

  private Reply open(String branch, String quiz, int minutes) {
    var opened = staff("POST", "/api/sittings", opening(branch, quiz, minutes));
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    return opened;
  }

  private Reply open(String branch) {
    return open(branch, prepared(), 10);
  }

  private Reply join(String code, String phone) {
    return api.send(
        "POST",
        "/api/sittings/join",
        "{\"code\":\"%s\"}".formatted(code),
        Map.of("Idempotency-Key", phone));
  }

  private static String who(Reply joined, String name) {
    return list(joined.json().get("members")).stream()
        .filter(m -> m.get("name").getStringValue().equals(name))
        .map(m -> m.get("id").getStringValue())
        .findFirst()
        .orElseThrow(() -> new AssertionError(joined.body()));
  }

  private Reply start(Reply sitting, String phone, String name, String digits) {
    var code = sitting.text("code");
    return start(sitting.text("quiz"), code, phone, who(join(code, secret()), name), digits);
  }

  private Reply start(String quiz, String code, String phone, String member, String digits) {
    return api.send(
        "POST",
        "/api/quizzes/%s/attempts".formatted(quiz),
        "{\"join\":{\"code\":\"%s\",\"member\":\"%s\"%s}}"
            .formatted(
                code, member, digits.isEmpty() ? "" : ",\"digits\":\"%s\"".formatted(digits)),
        Map.of("Idempotency-Key", phone));
  }

  private Reply begun(Reply sitting, String name) {
    var begun = start(sitting, secret(), name, "");
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    return begun;
  }

  private Reply sitting(Reply sitting) {
    return staff("/api/sittings/" + sitting.text("id"));
  }

  private Reply change(Reply sitting, String how, String more) {
    var version = sitting(sitting).number("version").intValue();
    return staff(
        "POST",
        "/api/sittings/%s/%s".formatted(sitting.text("id"), how),
        "{\"version\":%d%s}".formatted(version, more));
  }

  private Reply state(Reply sitting) {
    return staff("/api/sittings/%s/state".formatted(sitting.text("id")));
  }

  private void awaitEnd(Reply sitting) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> state(sitting).text("phase").equals("ended"));
  }

  private void end(Reply sitting) {
    assertThat(change(sitting, "end", "").status()).isEqualTo(200);
    forward(Duration.ofSeconds(10));
    awaitEnd(sitting);
  }

  private String table(Reply sitting) {
    var account = staff("/api/sittings/%s/account?format=csv".formatted(sitting.text("id")));
    assertThat(account.status()).as(account.body()).isEqualTo(200);
    return account.body();
  }

  // opening and coming in

  @Test
  void aSession_isOpened_joinedByItsCode_andEndsForAll() {
    var branch = branch("张三", "李四", "王五");
    var sitting = open(branch);
    assertThat(sitting.text("code")).matches("[0-9]{6}");
    assertThat(sitting.text("title")).isEqualTo("支部测试");
    var joined = join(sitting.text("code"), secret());
    assertThat(joined.status()).as(joined.body()).isEqualTo(200);
    assertThat(joined.text("branch")).isEqualTo("机关党委 / 支部" + branch);
    assertThat(joined.body()).contains("张三", "李四", "王五").doesNotContain("138000");
    assertThat(list(joined.json().get("members")))
        .as("names alone, nothing of who has come in")
        .allMatch(m -> m.size() == 2);

    var first = begun(sitting, "张三");
    var second = begun(sitting, "李四");
    assertThat(api.save(second, 1, chosen(second, 1, 1, SmallBank.RIGHT)).status()).isEqualTo(204);
    handIn(first, allRight(first));
    assertThat(api.review(first).text("shown")).as("while others answer").isEqualTo("nothing");
    assertThat(api.review(first).body()).doesNotContain("如此");
    var going = state(sitting);
    assertThat(going.body()).contains("handed-in", "answering", "not-yet").doesNotContain("如此");
    assertThat(going.number("cameIn").intValue()).isEqualTo(2);
    assertThat(going.number("handedIn").intValue()).isEqualTo(1);
    assertProblem(
        staff("/api/sittings/%s/account?format=csv".formatted(sitting.text("id"))),
        409,
        "sitting.running");

    end(sitting);
    assertThat(state(sitting).number("handedIn").intValue()).isEqualTo(2);
    assertThat(api.review(second).text("state")).isEqualTo("expired");
    assertScore(second, "10", "30");
    assertThat(api.review(first).text("shown")).isEqualTo("review");
    assertThat(sitting(sitting).has("code")).isFalse();
    assertProblem(join(sitting.text("code"), secret()), 403, "sitting.wrong-code");
    assertThat(table(sitting))
        .contains("张三,参加作答,,30,及格", "李四,参加作答,,10,未及格", "王五,还没有写明", "王书记", "二楼", "20", "50%");
  }

  @Test
  void aTopic_makesAQuizOfItsArea() {
    var branch = branch("张三");
    var opened =
        staff(
            "POST",
            "/api/sittings",
            "{\"organisation\":\"%s\",\"area\":\"charter\",\"questions\":5,\"minutes\":10,\"host\":\"甲\"}"
                .formatted(branch));
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    assertThat(opened.text("title")).contains("党章");
    var begun = begun(opened, "张三");
    assertThat(questions(begun)).hasSize(5);
    assertThat(begun.number("maxScore")).isEqualByComparingTo("100");
    assertRefused(
        staff(
            "POST",
            "/api/sittings",
            "{\"organisation\":\"%s\",\"area\":\"charter\",\"questions\":60,\"minutes\":10,\"host\":\"甲\"}"
                .formatted(branch)),
        "questions");
    assertThat(api.get("/api/quizzes").body()).doesNotContain(opened.text("quiz"));
  }

  @Test
  void aSession_isEndedByTheClock_andItsCodeIsFree() {
    var sitting = open(branch("张三"), prepared(), 5);
    var begun = begun(sitting, "张三");
    assertThat(api.save(begun, 1, chosen(begun, 1, 1, SmallBank.RIGHT)).status()).isEqualTo(204);
    forwardMinutes(5);
    forward(Duration.ofSeconds(10));
    awaitEnd(sitting);
    await().atMost(Duration.ofSeconds(10)).until(() -> sitting(sitting).has("endedAt"));
    assertScore(begun, "10", "30");
    assertProblem(change(sitting, "end", ""), 409, "sitting.ended");
  }

  @Test
  void whoComesLate_getsTheTimeThatIsLeft_andMoreTimeIsForAll() {
    var sitting = open(branch("张三", "李四"), prepared(), 10);
    var early = begun(sitting, "张三");
    forwardMinutes(6);
    var late = begun(sitting, "李四");
    var closes = Instant.parse(sitting.text("closesAt"));
    assertThat(deadline(early)).isEqualTo(closes);
    assertThat(deadline(late)).isEqualTo(closes);
    var prolonged = change(sitting, "prolongation", ",\"minutes\":5");
    assertThat(prolonged.status()).as(prolonged.body()).isEqualTo(200);
    assertThat(deadline(early)).isEqualTo(closes.plus(Duration.ofMinutes(5)));
    assertThat(deadline(late)).isEqualTo(closes.plus(Duration.ofMinutes(5)));
    assertThat(Instant.parse(state(sitting).text("closesAt"))).isEqualTo(deadline(late));
    assertProblem(
        staff(
            "POST",
            "/api/sittings/%s/prolongation".formatted(sitting.text("id")),
            "{\"version\":1,\"minutes\":5}"),
        412,
        "sitting.stale");
    forwardMinutes(5);
    assertThat(state(sitting).text("phase")).isEqualTo("open");
  }

  @Test
  void twoOfOneName_areToldApartByTheirPhones_andASecondPhoneGoesOn() {
    var branch = branch("张三");
    member("李四", branch, "13800000001");
    member("李四", branch, "13800000002");
    var sitting = open(branch);
    assertRefused(start(sitting, secret(), "李四", ""), "join.digits");
    assertRefused(start(sitting, secret(), "李四", "0003"), "join.digits");
    var one = start(sitting, secret(), "李四", "0001");
    var two = start(sitting, secret(), "李四", "0002");
    assertThat(List.of(one.status(), two.status())).containsExactly(201, 201);
    assertThat(one.text("id")).isNotEqualTo(two.text("id"));
    assertThat(state(sitting).number("cameIn").intValue()).isEqualTo(2);

    var phone = secret();
    var begun = start(sitting, phone, "张三", "");
    assertThat(api.save(begun, 1, chosen(begun, 1, 1, SmallBank.RIGHT)).status()).isEqualTo(204);
    assertThat(start(sitting, phone, "张三", "").text("id")).as("again").isEqualTo(begun.text("id"));
    var second = secret();
    assertRefused(start(sitting, second, "张三", ""), "join.digits");
    var taken = start(sitting, second, "张三", TAIL);
    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    assertThat(taken.json().get("saved").size()).isEqualTo(1);
    assertProblem(current(begun), 403, "not-yours");
  }

  @Test
  void wrongCodes_letNobodyIn_andAreLimitedByBrowser() {
    var branch = branch("张三");
    var sitting = open(branch);
    var other = open(branch("李四"));
    var member = who(join(sitting.text("code"), secret()), "张三");
    var quiz = sitting.text("quiz");
    for (var code : List.of("", "12345", "abcdef", other.text("code"))) {
      assertProblem(start(quiz, code, secret(), member, ""), 403, "sitting.wrong-code");
    }
    var foreign = who(join(other.text("code"), secret()), "李四");
    assertProblem(
        start(quiz, sitting.text("code"), secret(), foreign, ""), 403, "member.not-listed");
    assertThat(api.start(quiz, secret(), "张三", branch).status()).isEqualTo(422);

    var guesser = secret();
    var statuses =
        IntStream.range(0, 8).mapToObj(_ -> join("00000x", guesser).status()).distinct().toList();
    assertThat(statuses).containsExactly(403, 429);
    assertThat(join(sitting.text("code"), guesser).status())
        .as("not even the right one")
        .isEqualTo(429);
    assertThat(join(sitting.text("code"), secret()).status()).as("others").isEqualTo(200);
    assertThat(join(" 0 ", secret()).status()).isEqualTo(403);
    var spaced = sitting.text("code").substring(0, 3) + " " + sitting.text("code").substring(3);
    assertThat(join(spaced, secret()).status()).isEqualTo(200);
  }

  @Test
  void nextMonthsSession_isNoSecondTry_andInOneSessionThereIsOne() {
    var branch = branch("张三");
    var quiz = prepared();
    var sitting = open(branch, quiz, 10);
    var phone = secret();
    var begun = start(sitting, phone, "张三", "");
    handIn(begun, allRight(begun));
    assertProblem(start(sitting, phone, "张三", ""), 409, "no-tries-left");
    var next = open(branch, quiz, 10);
    var again = start(next, phone, "张三", "");
    assertThat(again.status()).as(again.body()).isEqualTo(201);
    assertThat(again.number("number").intValue()).isEqualTo(1);
    assertThat(next.text("quiz")).isNotEqualTo(sitting.text("quiz"));
  }

  @Test
  void rosterOfASession_isThatOfItsOpening() {
    var branch = branch("张三");
    var sitting = open(branch);
    member("李四", branch, "13800000009");
    assertThat(join(sitting.text("code"), secret()).body()).contains("张三").doesNotContain("李四");
  }

  @Test
  void everybodyGetsTheSameQuestions_inAnOrderOfOnesOwn() {
    var names = List.of("甲一", "乙二", "丙三", "丁四", "戊五");
    var branch = branch(names.toArray(String[]::new));
    var opened =
        staff(
            "POST",
            "/api/sittings",
            "{\"organisation\":\"%s\",\"area\":\"charter\",\"questions\":12,\"minutes\":10,\"host\":\"甲\"}"
                .formatted(branch));
    var papers = names.stream().map(name -> stems(begun(opened, name))).toList();
    assertThat(papers).allSatisfy(p -> assertThat(p).hasSize(12).doesNotHaveDuplicates());
    assertThat(papers)
        .allSatisfy(p -> assertThat(p).containsExactlyInAnyOrderElementsOf(papers.getFirst()));
    assertThat(papers.stream().distinct().count()).as("orders").isGreaterThan(1);
  }

  @Test
  void theQuizOfASession_isNotEdited_butMayBeExtendedAndClosedAsAnyOther() {
    var sitting = open(branch("张三"), prepared(), 10);
    var quiz = sitting.text("quiz");
    assertProblem(
        staff("PUT", "/api/quizzes/" + quiz, three("\"tries\":9")), 409, "quiz.of-sitting");
    var extended = extend(quiz, 10, now(), 0, "");
    assertThat(extended.status()).as(extended.body()).isLessThan(300);
    forwardMinutes(11);
    var closes = Instant.parse(sitting.text("closesAt")).plus(Duration.ofMinutes(10));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Instant.parse(sitting(sitting).text("closesAt")).equals(closes));
    assertThat(begun(sitting, "张三").status()).isEqualTo(201);
    assertThat(close(quiz, revision(quiz), "").status()).isEqualTo(200);
    // who answers is told of it first
    forwardMinutes(11);
    awaitEnd(sitting);
  }

  // at once

  @Test
  void endedWhilePeopleBegin_everybodyWhoBeganIsHandedIn() throws Exception {
    var names = IntStream.range(0, 30).mapToObj(n -> "党员" + inWords(n)).toList();
    var sitting = open(branch(names.toArray(String[]::new)));
    var code = sitting.text("code");
    var joined = join(code, secret());
    var calls = new ArrayList<Callable<Reply>>();
    for (var name : names) {
      calls.add(() -> start(sitting.text("quiz"), code, secret(), who(joined, name), ""));
      if (calls.size() == 12) {
        calls.add(() -> change(sitting, "end", ""));
      }
    }
    var replies = new ArrayList<Reply>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var reply : threads.invokeAll(calls)) {
        replies.add(reply.get());
      }
    }
    assertThat(replies.remove(12).status()).as("the end").isEqualTo(200);
    assertThat(replies).extracting(Reply::status).isSubsetOf(201, 403, 409, 503);
    var begun = replies.stream().filter(r -> r.status() == 201).count();
    forward(Duration.ofSeconds(10));
    awaitEnd(sitting);
    assertThat(state(sitting).number("handedIn").longValue()).isEqualTo(begun);
  }

  @Test
  void twoPhonesChooseOneName_atOnce_andOneOfThemHasIt() throws Exception {
    var sitting = open(branch("张三"));
    var code = sitting.text("code");
    var member = who(join(code, secret()), "张三");
    var call = (Callable<Reply>) () -> start(sitting.text("quiz"), code, secret(), member, "");
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var reply : threads.invokeAll(List.of(call, call, call, call))) {
        statuses.add(reply.get().status());
      }
    }
    assertThat(statuses).containsExactlyInAnyOrder(201, 422, 422, 422);
  }

  @Test
  void twoSecretaries_atOnce_oneIsToldToLookAgain() throws Exception {
    var sitting = open(branch("张三"));
    var version = sitting.number("version").intValue();
    var at = "/api/sittings/%s/".formatted(sitting.text("id"));
    var prolonged = "{\"version\":%d,\"minutes\":5}".formatted(version);
    var calls =
        List.<Callable<Reply>>of(
            () -> staff("POST", at + "prolongation", prolonged),
            () -> staff("POST", at + "prolongation", prolonged));
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var reply : threads.invokeAll(calls)) {
        statuses.add(reply.get().status());
      }
    }
    assertThat(statuses).contains(200).containsAnyOf(409, 412);
    assertThat(Instant.parse(sitting(sitting).text("closesAt")))
        .isEqualTo(Instant.parse(sitting.text("closesAt")).plus(Duration.ofMinutes(5)));
  }

  @Test
  void theFormThatOpensASession_sentTwice_opensOne() throws Exception {
    var branch = branch("张三");
    var browser = StaffBrowser.of(api, "kai" + branch, "secretary", branch);
    var token = browser.formToken();
    var once =
        Pattern.compile("name=\"once\" value=\"([^\"]+)\"")
            .matcher(browser.get("/console/sittings").body());
    assertThat(once.find()).isTrue();
    var form =
        Map.ofEntries(
            Map.entry("form", token),
            Map.entry("once", once.group(1)),
            Map.entry("organisation", branch),
            Map.entry("what", "topic"),
            Map.entry("area", "charter"),
            Map.entry("questions", "5"),
            Map.entry("minutes", "10"),
            Map.entry("host", "甲"));
    var call = (Callable<Reply>) () -> browser.postRaw("/console/sittings", form);
    var places = new HashSet<String>();
    try (var threads = Executors.newFixedThreadPool(3)) {
      for (var reply : threads.invokeAll(List.of(call, call, call))) {
        assertThat(reply.get().status()).as(reply.get().body()).isEqualTo(303);
        places.add(reply.get().headers().get("location").getFirst());
      }
    }
    assertThat(places).hasSize(1);
    assertThat(staff("/api/sittings?organisation=" + branch).json().size()).isEqualTo(1);
  }

  // in print

  private Reply print(Reply sitting, String... members) {
    return staff(
        "POST",
        "/api/sittings/%s/papers".formatted(sitting.text("id")),
        "{\"members\":[\"%s\"]}".formatted(String.join("\",\"", members)));
  }

  @Test
  void aPaperThatIsOut_holdsUpNobody_andIsAccountedForBeforeItIsConfirmed() {
    var sitting = open(branch("张三", "李四", "王五"));
    var joined = join(sitting.text("code"), secret());
    var printed = print(sitting, who(joined, "李四"), who(joined, "王五"));
    assertThat(printed.status()).as(printed.body()).isEqualTo(201);
    var onPhone = begun(sitting, "张三");
    forward(Duration.ofSeconds(61));
    current(onPhone);
    var going = state(sitting);
    assertThat(going.body()).contains("\"on-paper\"");
    assertThat(going.number("cameIn").intValue()).isEqualTo(3);
    assertThat(going.number("silent").intValue()).as("paper is not out of reach").isZero();

    var papers = "/api/sittings/%s/papers/".formatted(sitting.text("id"));
    var typed = staff("PUT", papers + 1, "{\"version\":0,\"responses\":[]}");
    assertThat(typed.status()).as(typed.body()).isEqualTo(200);
    assertThat(typed.has("score")).as("before the end").isFalse();
    assertThat(staff(papers + 1).has("score")).isFalse();

    end(sitting);
    assertThat(staff(papers + 1).number("score")).isEqualByComparingTo("0");
    assertThat(table(sitting)).contains("李四,参加作答,,0", "王五,还没有写明");
    assertProblem(change(sitting, "confirmation", ""), 409, "sitting.papers-out");
    var seen = sitting(sitting).number("version").intValue();
    var back = staff("POST", papers + "2/withdrawal", "{\"reason\":\"没有交回\"}");
    assertThat(back.status()).as(back.body()).isEqualTo(200);
    assertProblem(
        staff(
            "POST",
            "/api/sittings/%s/confirmation".formatted(sitting.text("id")),
            "{\"version\":%d}".formatted(seen)),
        412,
        "sitting.stale");
    assertProblem(change(sitting, "confirmation", ""), 409, "sitting.attendance-open");
    assertThat(attend(sitting, who(joined, "王五"), "present").status()).isEqualTo(200);
    assertThat(change(sitting, "confirmation", "").status()).isEqualTo(200);
  }

  @Test
  void whatIsPrintedForSome_hasItsNumber_thoughAnotherIsRefused() {
    var sitting = open(branch("张三", "李四"));
    var joined = join(sitting.text("code"), secret());
    begun(sitting, "张三");
    assertProblem(print(sitting, who(joined, "张三"), who(joined, "李四")), 409, "attempt.on-phone");
    var out = staff("/api/sittings/%s/papers".formatted(sitting.text("id")));
    assertThat(list(out.json())).hasSize(1);
    assertThat(out.body()).contains("\"number\":1", "李四", "\"out\"");
  }

  @Test
  void whatIsHeldOfAPerson_hasThePaperThatWasTypedIn_andIsErased() {
    var branch = branch("张三");
    var member = member("李四", branch, "13800000077");
    var sitting = open(branch);
    print(sitting, member);
    var papers = "/api/sittings/%s/papers".formatted(sitting.text("id"));
    staff("PUT", papers + "/1", "{\"version\":0,\"responses\":[]}");
    var held = staff("/api/members/%s/record".formatted(member));
    assertThat(held.body()).contains("支部测试", "submitted 0/30 on-paper");
    var at = "/api/members/%s".formatted(member);
    var erased =
        staff(
            "POST",
            at + "/erasure",
            "{\"version\":%d,\"reason\":\"本人申请\"}"
                .formatted(staff(at).number("version").intValue()));
    assertThat(erased.status()).as(erased.body()).isLessThan(300);
    for (var path :
        List.of(papers, papers + "/1", "/api/sittings/%s/state".formatted(sitting.text("id")))) {
      assertThat(staff(path).status()).isEqualTo(200);
      assertThat(staff(path).body()).doesNotContain("李四");
    }
    assertThat(state(sitting).number("expected").intValue()).as("counts as before").isEqualTo(2);
    end(sitting);
    assertThat(table(sitting)).contains("（已删除个人信息）,参加作答,,0", "应参加,2");
    assertThat(join(open(branch).text("code"), secret()).json().get("members").size()).isEqualTo(1);
  }

  // what was missed

  @Test
  void whatWasMissed_isProposed_untilMostHaveItRight() {
    var branch = branch("张三");
    var browser = StaffBrowser.of(api, "shuji" + branch, "secretary", branch);
    var own = browser.token("all");
    var path = "/api/organisations/%s/opening".formatted(branch);
    assertThat(api.get(path, own).json().get("questions").size()).isZero();
    assertThat(browser.get("/console/sittings").body()).doesNotContain("会前回顾");
    var sitting = open(branch);
    handIn(begun(sitting, "张三"), "{}");
    assertThat(api.get(path, own).json().get("questions").size()).as("not before its end").isZero();
    end(sitting);

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> api.get(path, own).json().get("questions").size() == 3);
    var proposed = api.get(path, own);
    assertThat(proposed.body()).doesNotContain("key", "explanation", "如此");
    assertThat(api.get(path, stranger).status()).isEqualTo(403);
    assertThat(api.get(path, supervisor).status()).isEqualTo(200);
    assertThat(api.get(path).status()).isEqualTo(401);
    assertThat(browser.get("/console/sittings").body())
        .contains("/console/organisations/%s/opening".formatted(branch), "有 3 道题");
    var next = open(branch);
    assertThat(browser.get("/console/sittings/" + next.text("id")).body()).contains("有 3 道题");

    var first = list(proposed.json().get("questions")).getFirst().get("question").getStringValue();
    var answers = path + "/answers";
    var right = "{\"question\":\"%s\",\"right\":true}".formatted(first);
    assertThat(api.post(answers, right, supervisor).status()).isEqualTo(403);
    assertRefused(api.post(answers, "{\"question\":\"%s\"}".formatted(first), own), "right");
    assertThat(api.post(answers, right.replace("true", "false"), own).status()).isEqualTo(204);
    assertThat(api.get(path, own).body()).as("still not known").contains(first);
    assertThat(api.post(answers, right, own).status()).isEqualTo(204);
    assertThat(api.get(path, own).body()).doesNotContain(first);
    assertRefused(api.post(answers, right, own), "question");

    var page = "/console/organisations/%s/opening".formatted(branch);
    assertThat(browser.get(page).body()).contains("看答案", "大多数答对了");
    var second =
        list(api.get(path, own).json().get("questions"))
            .getFirst()
            .get("question")
            .getStringValue();
    for (var again = 0; again < 2; again++) {
      var kept = browser.post(page, Map.of("question", second, "right", "true"));
      assertThat(kept.status()).as("also pressed twice").isEqualTo(303);
    }
    assertThat(api.get(path, own).json().get("questions").size()).isEqualTo(1);
    assertThat(StaffBrowser.of(api, "kan" + branch, "supervisor", "S").get(page).body())
        .doesNotContain("大多数答对了");
  }

  // state

  @Test
  void state_isWholeAndChangesItsPosition() {
    var sitting = open(branch("张三"));
    var before = state(sitting).text("position");
    var path = "/api/sittings/%s/state?after=".formatted(sitting.text("id"));
    assertThat(staff(path + before).status()).isEqualTo(204);
    var begun = begun(sitting, "张三");
    var after = staff(path + before);
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.body()).contains("\"answered\":0");
    api.save(begun, 1, chosen(begun, 1, 1, SmallBank.RIGHT));
    var later = staff(path + after.text("position"));
    assertThat(later.body()).contains("\"answered\":1", "\"questions\":3");
    assertThat(staff(path + later.text("position")).status()).isEqualTo(204);
  }

  @Test
  void aPhoneThatIsSilent_isSaidToBeOutOfReach() {
    var sitting = open(branch("张三"), prepared(), 20);
    var begun = begun(sitting, "张三");
    current(begun);
    forward(Duration.ofSeconds(61));
    assertThat(state(sitting).number("silent").intValue()).isEqualTo(1);
    current(begun);
    assertThat(state(sitting).number("silent").intValue()).isZero();
  }

  /** A room of sixty, and as many who look each second: what one look costs. */
  @Test
  void sixtyWhoLook_costLittle() throws Exception {
    var names = IntStream.range(0, 60).mapToObj(n -> "党员" + inWords(n)).toList();
    var sitting = open(branch(names.toArray(String[]::new)), prepared(), 20);
    var joined = join(sitting.text("code"), secret());
    for (var name : names) {
      var begun =
          start(sitting.text("quiz"), sitting.text("code"), secret(), who(joined, name), "");
      api.save(begun, 1, chosen(begun, 1, 1, SmallBank.RIGHT));
    }
    var position = state(sitting).text("position");
    var path = "/api/sittings/%s/state?after=%s".formatted(sitting.text("id"), position);
    var look = (Callable<Integer>) () -> staff(path).status();
    for (var round = 0; round < 2; round++) {
      var since = System.nanoTime();
      try (var threads = Executors.newFixedThreadPool(16)) {
        for (var status : threads.invokeAll(Collections.nCopies(600, look))) {
          assertThat(status.get()).isEqualTo(204);
        }
      }
      var took = Duration.ofNanos(System.nanoTime() - since);
      System.out.println("600 looks at a session of 60: " + took.toMillis() + " ms");
      // ten seconds of sixty who look
      assertThat(took).isLessThan(Duration.ofSeconds(10));
    }
  }

  // attendance

  @Test
  void attendance_isSaid_andConfirmedOnceEverybodyIsAccountedFor() {
    var sitting = open(branch("张三", "李四"));
    var absent = who(join(sitting.text("code"), secret()), "李四");
    handIn(begun(sitting, "张三"), "{}");
    assertProblem(change(sitting, "confirmation", ""), 409, "sitting.running");
    end(sitting);
    assertProblem(change(sitting, "confirmation", ""), 409, "sitting.attendance-open");
    var said = attend(sitting, absent, "leave");
    assertThat(said.status()).as(said.body()).isEqualTo(200);
    assertRefused(attend(sitting, secret(), "leave"), "members");
    assertThat(attend(sitting, absent, "asleep").status()).isEqualTo(422);
    var seen = sitting(sitting).number("version").intValue();
    var confirmed = change(sitting, "confirmation", "");
    assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
    assertThat(confirmed.has("confirmedAt")).isTrue();
    assertThat(table(sitting)).contains("李四,请假,出差");
    assertProblem(
        staff(
            "POST",
            "/api/sittings/%s/confirmation".formatted(sitting.text("id")),
            "{\"version\":%d}".formatted(seen)),
        412,
        "sitting.stale");
    attend(sitting, absent, "ill");
    assertThat(sitting(sitting).has("confirmedAt")).as("to be confirmed again").isFalse();
    assertThat(staff("/api/audit?subject=sitting:" + sitting.text("id")).body())
        .contains("sitting.open", "sitting.end", "sitting.attendance", "sitting.confirm");
  }

  private Reply attend(Reply sitting, String member, String status) {
    return staff(
        "PUT",
        "/api/sittings/%s/attendance".formatted(sitting.text("id")),
        "{\"version\":%d,\"members\":[{\"member\":\"%s\",\"status\":\"%s\",\"note\":\"出差\"}]}"
            .formatted(sitting(sitting).number("version").intValue(), member, status));
  }

  // rights

  @Test
  void secretaries_runTheirOwn_supervisorsLook() {
    var quiz = prepared();
    var opening = opening("S1", quiz, 10);
    assertThat(api.post("/api/sittings", opening, stranger).status()).isEqualTo(403);
    assertThat(api.post("/api/sittings", opening, supervisor).status()).isEqualTo(403);
    var opened = api.post("/api/sittings", opening, secretary);
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    var at = "/api/sittings/" + opened.text("id");
    for (var path : List.of(at, at + "/state")) {
      assertThat(api.get(path, secretary).status()).as(path).isEqualTo(200);
      assertThat(api.get(path, supervisor).status()).as(path).isEqualTo(200);
      assertThat(api.get(path, stranger).status()).as(path).isEqualTo(403);
      assertThat(api.get(path).status()).as(path).isEqualTo(401);
    }
    assertThat(api.get("/api/sittings", secretary).body()).contains(opened.text("id"));
    assertThat(api.get("/api/sittings", stranger).body()).doesNotContain(opened.text("id"));
    assertThat(api.post(at + "/end", "{\"version\":1}", supervisor).status()).isEqualTo(403);
    assertThat(api.post(at + "/end", "{\"version\":1}", secretary).status()).isEqualTo(200);
  }

  @Test
  void aQuizThatIsNotOffered_isNotForASecretary() {
    var hidden = api.quiz(three(""));
    assertRefused(api.post("/api/sittings", opening("S1", hidden, 10), secretary), "quiz");
    assertRefused(api.post("/api/sittings", opening("S1", prepared(), 0), secretary), "minutes");
    assertRefused(
        api.post("/api/sittings", "{\"organisation\":\"S1\",\"minutes\":5}", secretary), "quiz");
  }

  // a full hall

  @Test
  void aThousandStartsFromOneAddress_allSucceedWithin20Seconds() throws Exception {
    var branch = branch();
    var csv = new StringBuilder("name,organisation,number\n");
    for (var n = 0; n < 1_000; n++) {
      csv.append("党员%s,%s,%s%d\n".formatted(inWords(n), branch, branch, n));
    }
    imported(csv.toString());
    var sitting = open(branch);
    var code = sitting.text("code");
    var members =
        list(join(code, secret()).json().get("members")).stream()
            .map(m -> m.get("id").getStringValue())
            .toList();
    assertThat(members).hasSize(1_000);
    var calls =
        members.stream()
            .<Callable<Reply>>map(member ->
                () -> {
                  var phone = secret();
                  assertThat(join(code, phone).status()).isEqualTo(200);
                  return start(sitting.text("quiz"), code, phone, member, "");
                })
            .toList();
    var since = System.nanoTime();
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(64)) {
      for (var reply : threads.invokeAll(calls)) {
        statuses.add(reply.get().status());
      }
    }
    var took = Duration.ofNanos(System.nanoTime() - since);
    System.out.println("1000 starts of one session: " + took.toMillis() + " ms");
    assertThat(statuses).containsOnly(201);
    assertThat(took).isLessThan(Duration.ofSeconds(20));
    var asked = System.nanoTime();
    assertThat(state(sitting).number("cameIn").intValue()).isEqualTo(1_000);
    System.out.println(
        "its state: " + Duration.ofNanos(System.nanoTime() - asked).toMillis() + " ms");
  }

  private static String inWords(int n) {
    var digits = "甲乙丙丁戊己庚辛壬癸";
    return "" + digits.charAt(n / 100) + digits.charAt(n / 10 % 10) + digits.charAt(n % 10);
  }

  private void imported(String csv) {
    var headers = new java.util.HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", "text/csv");
    var sent = api.send("POST", "/api/imports/members", csv, headers);
    var id = sent.text("id");
    var at = "/api/imports/" + id;
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> staff("POST", at + "/confirmation", "{\"rows\":\"all\"}").status() < 300);
    await().atMost(Duration.ofSeconds(60)).until(() -> staff(at).text("state").equals("imported"));
  }
}
