package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.db.TestClock;

/** A service over a small bank, with a clock that can be put forward, and what contracts call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SmallBankContract {
  SmallBank bank;
  Client api;
  TestService service;
  private TestClock clock;

  /** The settings of the database. */
  abstract Map<String, Object> database() throws Exception;

  /** What else is set. */
  Map<String, Object> settings() {
    return Map.of();
  }

  /** What else the bank has. */
  void more(SmallBank bank) {}

  @BeforeAll
  void start() throws Exception {
    bank = new SmallBank();
    more(bank);
    var settings = new HashMap<>(database());
    settings.put("yikao.bank", bank.root().toString());
    settings.put("test.clock", "true");
    settings.putAll(settings());
    service = TestService.start(settings);
    api = new Client(service.uri());
    clock = service.context().getBean(TestClock.class);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  // time

  Instant now() {
    return clock.instant();
  }

  void forward(Duration by) {
    clock.forward(by);
  }

  void forwardMinutes(int by) {
    clock.forward(Duration.ofMinutes(by));
  }

  String inMinutes(int by) {
    return now().plus(Duration.ofMinutes(by)).toString();
  }

  // quizzes

  static String spec(String document, String type, int count, int points, String more) {
    return """
    {"title":"合约","listed":false,"documents":["%s"],
     "sections":[{"type":"%s","count":%d,"points":%d}]%s}\
    """
        .formatted(document, type, count, points, more.isEmpty() ? "" : "," + more);
  }

  /** A quiz of ten questions of 10 points each. */
  String ten(String document, String more) {
    return api.quiz(spec(document, "single", 10, 10, more));
  }

  /** A quiz of the three questions, 10 points each. */
  static String three(String more) {
    return spec(SmallBank.THREE, "single", 3, 10, more);
  }

  Reply staff(String method, String path, String body) {
    return api.send(method, path, body, Client.bearer(TestService.editorToken()));
  }

  Reply staff(String path) {
    return api.get(path, TestService.editorToken());
  }

  int revision(String quiz) {
    return api.get("/api/quizzes/" + quiz).json().get("revision").getIntValue();
  }

  Reply extend(String quiz, int minutes, Instant since, int known, String more) {
    return staff(
        "POST",
        "/api/quizzes/%s/extensions".formatted(quiz),
        "{\"minutes\":%d,\"since\":\"%s\",\"extensions\":%d,\"reason\":\"停电\"%s}"
            .formatted(minutes, since, known, more));
  }

  Reply close(String quiz, int revision, String more) {
    return staff(
        "POST",
        "/api/quizzes/%s/closing".formatted(quiz),
        "{\"revision\":%d,\"reason\":\"清场\"%s}".formatted(revision, more));
  }

  Reply amend(String quiz, String question, int known, String what) {
    return staff(
        "POST",
        "/api/quizzes/%s/amendments".formatted(quiz),
        "{\"question\":\"%s\",%s,\"amendments\":%d,\"reason\":\"答案有误\"}"
            .formatted(question, what, known));
  }

  <B> B bean(Class<B> type) {
    return service.context().getBean(type);
  }

  /** What has moved: extended, cut, reopened, seen. */
  static void assertMoved(Reply moved, int extended, int cut, int reopened, int seen) {
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    assertThat(
            List.of(
                moved.number("extended").intValue(),
                moved.number("cut").intValue(),
                moved.number("reopened").intValue(),
                moved.number("seen").intValue()))
        .as("extended, cut, reopened, seen")
        .containsExactly(extended, cut, reopened, seen);
  }

  static void assertRefused(Reply reply, String... fields) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    assertThat(reply.fields()).containsExactly(fields);
  }

  static void assertProblem(Reply reply, int status, String problem) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.problem()).isEqualTo(problem);
  }

  // attempts

  static String secret() {
    return UUID.randomUUID().toString();
  }

  Reply started(String quiz, String key, String name, String branch) {
    var started = api.start(quiz, key, name, branch);
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    return started;
  }

  Reply started(String quiz) {
    return started(quiz, secret(), "王小明", "第一支部");
  }

  Reply current(Reply started) {
    return api.get("/api/attempts/" + started.text("id"), started.text("token"));
  }

  Instant deadline(Reply started) {
    return Instant.parse(current(started).text("deadline"));
  }

  static List<JsonNode> list(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(array::get).toList();
  }

  static List<JsonNode> questions(Reply started) {
    return list(started.json().get("questions"));
  }

  static List<String> stems(Reply started) {
    return questions(started).stream().map(q -> q.get("stem").getStringValue()).toList();
  }

  /** The choice of a question whose text begins so. */
  static String choice(JsonNode question, String text) {
    return list(question.get("choices")).stream()
        .filter(c -> c.get("text").getStringValue().startsWith(text))
        .map(c -> c.get("id").getStringValue())
        .findFirst()
        .orElseThrow(() -> new AssertionError(text));
  }

  static String chosen(Reply started, int number, int sequence, String text) {
    return "{\"number\":%d,\"sequence\":%d,\"choices\":[\"%s\"]}"
        .formatted(number, sequence, choice(questions(started).get(number - 1), text));
  }

  /** A submission that chooses for each stem the text that begins so. */
  static String submission(Reply started, Function<String, String> byStem) {
    var all = new ArrayList<String>();
    var stems = stems(started);
    for (var number = 1; number <= stems.size(); number++) {
      all.add(chosen(started, number, 1, byStem.apply(stems.get(number - 1))));
    }
    return "{\"responses\":[" + String.join(",", all) + "]}";
  }

  static String allRight(Reply started) {
    return submission(started, _ -> SmallBank.RIGHT);
  }

  Reply handIn(Reply started, String body) {
    var receipt = api.submit(started, body);
    assertThat(receipt.status()).as(receipt.body()).isEqualTo(200);
    return receipt;
  }

  Reply expired(Reply started) {
    var receipt = handIn(started, "{}");
    assertThat(receipt.text("state")).isEqualTo("expired");
    return receipt;
  }

  /** What a review shows: nothing, score, answers, review. */
  String shown(Reply started) {
    return api.review(started).text("shown");
  }

  void assertScore(Reply started, String score, String maximum) {
    var review = api.review(started);
    assertThat(review.number("score")).isEqualByComparingTo(score);
    assertThat(review.number("maxScore")).isEqualByComparingTo(maximum);
  }

  // boards

  Reply board(String quiz, String query) {
    return api.get("/api/quizzes/%s/leaderboard%s".formatted(quiz, query));
  }

  /** The rows of a board: rank, name and score. */
  static List<String> rows(Reply board) {
    assertThat(board.status()).as(board.body()).isEqualTo(200);
    return list(board.json().get("entries")).stream()
        .map(e ->
            "%s %s %s"
                .formatted(
                    e.get("rank").coerceStringValue(),
                    e.get("name").getStringValue(),
                    e.get("score").coerceStringValue()))
        .toList();
  }
}
