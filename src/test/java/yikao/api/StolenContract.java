package yikao.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.access.Vault;
import yikao.api.Client.Reply;
import yikao.bank.Bank;
import yikao.db.Transactions;
import yikao.db.jooq.DefaultSchema;

/**
 * Somebody takes the database away while a quiz runs, of which some attempts have ended, all right
 * and all wrong: nothing in it tells a phone, a password, a token or a key.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StolenContract {
  private static final int QUESTIONS = 6;
  private static final String TAIL = "9573";
  private static final String EXPLAINED = "解析里的秘密";
  private static final String CLAUSE = "原文里的秘密";
  private static final String BLANK = "空格里的秘密";
  private static final String POINT = "要点里的秘密";
  private static final String COMMENT = "评语里的秘密";
  private static final String REASON = "理由里的秘密";
  private static final String ACCEPTED = "也算对的秘密";
  private static final String OPEN = "城东的支部";
  private static final Pattern SEALED = Pattern.compile("sealed:[A-Za-z0-9+/]+");

  /** Columns that may tell a key by what is right, or by what has earned points. */
  private static final Map<String, List<String>> TELLING =
      Map.of(
          "question_version", List.of("content"),
          "progress", List.of("responses"),
          "result", List.of("responses", "marks"),
          "former_marking", List.of("marks"),
          "amendment", List.of("content", "reason", "withdrawn_reason"),
          "person_mark", List.of("comment"));

  private final Map<String, String> secrets = new LinkedHashMap<>();

  private TestService service;
  Client api;
  private Answers answers;
  private String quiz = "";

  /** The settings of the database. */
  abstract Map<String, Object> database() throws Exception;

  @BeforeAll
  void live() throws Exception {
    var settings = new HashMap<>(database());
    settings.put("yikao.bank", bank().toString());
    settings.put("yikao.jobs.at-once", "20s");
    service = TestService.start(settings);
    api = new Client(service.uri());
    answers = new Answers(service.context().getBean(Bank.class));
    people();
    staff();
    quiz();
    List.of(EXPLAINED, CLAUSE, BLANK, POINT, COMMENT, REASON, ACCEPTED)
        .forEach(text -> secrets.put(text, text));
    secrets.put("operator's token", TestService.editorToken());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private static Path bank() throws Exception {
    var bank = new SmallBank();
    var questions =
        IntStream.range(0, QUESTIONS)
            .mapToObj(n ->
                SmallBank.choosing(
                    "01-stolen-00" + n,
                    "单选",
                    "第%d问是什么？".formatted(n),
                    "ABCD".substring(n % 4, n % 4 + 1),
                    "子" + n,
                    "丑" + n,
                    "寅" + n,
                    "卯" + n))
            .collect(Collectors.toCollection(ArrayList::new));
    questions.add(SmallBank.question("01-stolen-101", "填空", "由____批准。", "答案: [" + BLANK + "]"));
    questions.add(SmallBank.question("01-stolen-201", "简答", "为什么如此？", "答案: [" + POINT + "]"));
    bank.document(
        "stolen",
        questions.stream()
            .map(q -> q.replace("解析: 如此。", "解析: " + EXPLAINED).replace("原文: 如此", "原文: " + CLAUSE))
            .toArray(String[]::new));
    return bank.root();
  }

  private Reply send(String method, String path, String body, String type) {
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", type);
    var reply = api.send(method, path, body.getBytes(UTF_8), headers);
    assertThat(reply.status()).as(reply.body()).isBetween(200, 299);
    return reply;
  }

  private Reply staff(String method, String path, String body) {
    return send(method, path, body, "application/json");
  }

  private String phone(int n) {
    var phone = "1398765%04d".formatted(Integer.parseInt(TAIL) + n);
    secrets.put("phone " + n, phone);
    return phone;
  }

  private void people() {
    send("PUT", "/api/organisations", "code,name,parent\nA,%s,\n".formatted(OPEN), "text/csv");
    staff(
        "POST",
        "/api/members",
        "{\"name\":\"王小明\",\"organisation\":\"A\",\"phone\":\"%s\",\"reason\":\"登记\"}"
            .formatted(phone(0)));
    var file =
        "name,organisation,phone\n李红,A,%s\n张三,A,%s\n李四,A,%s\n王五,A,%s0\n钱六,Z,%s\n"
            .formatted(phone(1), phone(2), phone(2), phone(3), phone(4));
    var brought = send("POST", "/api/imports/members", file, "text/csv");
    var path = "/api/imports/" + brought.text("id");
    Awaitility.await().until(() -> state(path).equals("checked"));
    staff("POST", path + "/confirmation", "{\"rows\":\"sound\"}");
    Awaitility.await().until(() -> state(path).equals("imported"));
  }

  private String state(String path) {
    return api.get(path, TestService.editorToken()).text("state");
  }

  private void staff() {
    var keeper = StaffBrowser.of(api, "keeper", "administrator", "");
    secrets.put("password", StaffBrowser.PASSWORD);
    secrets.put("API token", keeper.token("all"));
    keeper.cookies().forEach((name, value) -> secrets.put("cookie " + name, value));
    assertThat(keeper.cookies()).isNotEmpty();
  }

  private Reply started(String name) {
    var secret = UUID.randomUUID().toString();
    var started = api.start(quiz, secret, name, OPEN);
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    secrets.put("secret of " + name, secret);
    secrets.put("token of " + name, started.text("token"));
    return started;
  }

  private void quiz() {
    quiz =
        api.quiz(
            """
            {"title":"正在进行","documents":["stolen"],"sections":[
              {"type":"single","count":%d,"points":10},{"type":"blank","count":1,"points":2},
              {"type":"essay","count":1,"points":10}]}\
            """
                .formatted(QUESTIONS));
    var running = started("赵一");
    save(running, true);
    var right = started("孙二");
    save(right, true);
    handIn(right, answers.allRight(right.json()));
    var again = started("周四");
    handIn(again, answers.allRight(again.json()));
    var wrong = started("吴五");
    save(wrong, false);
    handIn(wrong, "{}");
    staff(
        "PUT",
        "/api/attempts/%s/marks/%d".formatted(right.text("id"), QUESTIONS + 2),
        "{\"points\":9,\"comment\":\"%s\",\"version\":0}".formatted(COMMENT));
    var amended = "/api/quizzes/%s/amendments".formatted(quiz);
    var amendment =
        "{\"question\":\"01-stolen-101\",\"blank\":1,\"text\":\"%s\",".formatted(ACCEPTED);
    staff("POST", amended + "/preview", amendment + "\"amendments\":0}");
    staff("POST", amended, amendment + "\"amendments\":0,\"reason\":\"%s\"}".formatted(REASON));
    staff(
        "POST",
        amended + "/1/withdrawal",
        "{\"amendments\":1,\"reason\":\"%s\"}".formatted(REASON));
  }

  private void save(Reply started, boolean isRight) {
    var shown = started.json().get("questions");
    for (var n = 1; n <= QUESTIONS; n++) {
      var question = shown.get(n - 1);
      var fields = isRight ? answers.right(question) : answers.wrong(question);
      var saved = api.save(started, n, "{\"sequence\":1,%s}".formatted(fields));
      assertThat(saved.status()).as(saved.body()).isEqualTo(204);
    }
  }

  private void handIn(Reply started, String body) {
    var reply = api.submit(started, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  /** What must not be found, by what it is, and what must, so that it would be. */
  Map<String, String> secrets() {
    return secrets;
  }

  static String open() {
    return OPEN;
  }

  private DSLContext dsl() {
    return service.context().getBean(Transactions.class).read();
  }

  private List<String> column(String table, String column) {
    return dsl()
        .fetch("select %s from %s where %s is not null".formatted(column, table, column))
        .getValues(0, String.class);
  }

  /** Every value of a table. */
  private Stream<Object> values(String table) {
    return dsl().fetch("select * from " + table).stream()
        .flatMap(row -> IntStream.range(0, row.size()).mapToObj(row::get))
        .filter(Objects::nonNull);
  }

  /** Every value of every table as text, by the table; of bytes whatever form they may have. */
  private Map<String, List<String>> dump() {
    return DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
        .collect(
            Collectors.toMap(
                Table::getName, t -> values(t.getName()).map(StolenContract::text).toList()));
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, UTF_8)
            + new String(bytes, ISO_8859_1)
            + HexFormat.of().formatHex(bytes)
            + Base64.getUrlEncoder().encodeToString(bytes)
        : String.valueOf(value);
  }

  @Test
  void dump_holdsNoSecret() {
    var dump = dump();
    assertThat(dump.get("organisation")).as("it does find what is there").contains(OPEN);
    assertThat(dump.get("member")).contains("王小明", "李红");
    dump.forEach((table, values) ->
        secrets.forEach((what, secret) ->
            assertThat(values)
                .as("%s in %s", what, table)
                .noneMatch(value -> value.contains(secret))));
  }

  /** Nor the four digits by which people prove who they are, in what is kept about people. */
  @Test
  void lastFourDigits_standNowhere() {
    var alone = Pattern.compile("(?<![0-9])957[3-7](?![0-9])");
    var random =
        Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|" + SEALED);
    for (var table :
        List.of(
            "member",
            "member_name_part",
            "membership",
            "import_file",
            "import_portion",
            "participant",
            "audit_entry",
            "job")) {
      var texts = values(table).filter(String.class::isInstance).map(String.class::cast).toList();
      assertThat(texts).as(table).isNotEmpty();
      assertThat(texts)
          .as(table)
          .noneMatch(text -> alone.matcher(random.matcher(text).replaceAll("")).find());
    }
  }

  @Test
  void whatTellsAKey_isSealed() {
    TELLING.forEach((table, columns) -> {
      for (var column : columns) {
        var values = column(table, column);
        assertThat(values).as("%s.%s", table, column).isNotEmpty();
        assertThat(values)
            .as("%s.%s", table, column)
            .allMatch(v -> SEALED.matcher(v).matches() || v.equals("[]"))
            .anyMatch(Vault::isSealed)
            .doesNotHaveDuplicates();
      }
    });
    assertThat(column("job", "arguments")).noneMatch(a -> a.contains("\"text\""));
  }

  /** The thief knows all of a question but its key, and tries the four there are. */
  @Test
  void digestOfAQuestion_tellsNoGuess() throws Exception {
    var vault = service.context().getBean(Vault.class);
    var contents =
        column("question_version", "content").stream()
            .map(stored -> vault.openText("question", stored))
            .filter(content -> content.contains("\"SINGLE\"") && content.contains("问是什么"))
            .toList();
    assertThat(contents).hasSize(QUESTIONS);
    var stored = new HashSet<>(column("question_version", "digest"));
    var key = Pattern.compile("\"key\":\\[\\[\"([^\"]+)\"]]");
    var guesses = 0;
    for (var content : contents) {
      var right = key.matcher(content);
      assertThat(right.find()).isTrue();
      for (var choice : answers(content)) {
        var guess = content.replace(right.group(), "\"key\":[[\"%s\"]]".formatted(choice));
        guesses += guess.equals(content) ? 1 : 0;
        var plain = MessageDigest.getInstance("SHA-256").digest(guess.getBytes(UTF_8));
        assertThat(stored)
            .doesNotContain(
                HexFormat.of().formatHex(plain),
                Base64.getUrlEncoder().withoutPadding().encodeToString(plain));
      }
    }
    assertThat(guesses).as("the right guess was among them").isEqualTo(QUESTIONS);
  }

  private static List<String> answers(String content) {
    return Pattern.compile("\"id\":\"([^\"]+)\"")
        .matcher(content)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /**
   * The thief looks which responses have earned points: in all right and all wrong attempts they
   * look alike, and not by their lengths either can one tell them apart.
   */
  @Test
  void resultsOfRightAndWrong_lookAlike() {
    assertThat(column("result", "score").stream().map(Double::valueOf).distinct())
        .as("some were right and some wrong")
        .hasSizeGreaterThan(1);
    assertThat(column("result", "marks").stream().map(String::length).distinct()).hasSize(1);
    var ids =
        service
            .context()
            .getBean(Bank.class)
            .versionsOf("01-stolen-000")
            .getFirst()
            .question()
            .choices();
    assertThat(dump().values().stream().flatMap(List::stream))
        .as("what the bank calls a choice stands nowhere beside what was chosen")
        .noneMatch(value -> ids.stream().anyMatch(c -> value.contains(c.id())));
  }

  /** Who has the key file as well, as the service has, reads everything. */
  @Test
  void service_readsWhatIsSealed() {
    var attempts =
        api.get("/api/quizzes/%s/attempts".formatted(quiz), TestService.editorToken()).json();
    assertThat(scores(attempts)).contains("71");
    var entries =
        api.get("/api/quizzes/%s/amendments".formatted(quiz), TestService.editorToken())
            .json()
            .get("entries");
    assertThat(entries.get(0).get("text").getStringValue()).isEqualTo(ACCEPTED);
    assertThat(entries.get(0).get("reason").getStringValue()).isEqualTo(REASON);
  }

  private static List<String> scores(JsonNode attempts) {
    return IntStream.range(0, attempts.size())
        .mapToObj(attempts::get)
        .filter(a -> a.get("score") != null && !a.get("score").isNull())
        .map(a -> a.get("score").coerceStringValue())
        .toList();
  }
}
