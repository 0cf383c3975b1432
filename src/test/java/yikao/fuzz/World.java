package yikao.fuzz;

import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.api.StaffBrowser;
import yikao.bank.Bank;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.QuestionVersion;

/** What valid requests are made of: quizzes, attempts, jobs that there are. */
final class World {
  /** Questions of every type, and no end but by handing in. */
  private static final String STEADY =
      """
      {"title":"不变的测验","listed":false,"sections":[
        {"type":"single","count":2,"points":1},{"type":"multiple","count":1,"points":2},
        {"type":"judge","count":1,"points":1},{"type":"blank","count":1,"points":1},
        {"type":"essay","count":1,"points":10}]}\
      """;

  private static final int MOST = 12;
  private static final Pattern TOKEN = Pattern.compile("/own/tokens/(\\d+)/");

  /** How a guest names the branch: the code of one, once there is a list. */
  static final String BRANCH = "ZB1";

  private final Random random;
  private final Client api;
  private final String steady;
  private final List<Question> few;
  private final List<String> quizzes = new ArrayList<>();
  private final List<Attempt> running = new ArrayList<>();
  private final List<Attempt> ended = new ArrayList<>();
  private final Map<String, Integer> amendments = new HashMap<>();
  private final Map<String, Integer> extensions = new HashMap<>();
  private final Map<String, Integer> marks = new HashMap<>();
  private final Map<String, Integer> corrections = new HashMap<>();
  private final List<String> jobs = new ArrayList<>();
  private final StaffBrowser staff;
  private final String account;
  private final People people;

  /**
   * An attempt.
   *
   * @param secret by which its guest is known
   */
  record Attempt(String id, String token, String secret, JsonNode questions) {}

  World(TestService service, Random random) {
    this.random = random;
    this.api = new Client(service.uri());
    this.steady = api.quiz(STEADY);
    this.few = few(service.context().getBean(Bank.class));
    this.quizzes.add(api.quiz(STEADY));
    this.jobs.add(UUID.randomUUID().toString());
    this.staff = StaffBrowser.of(api, "administrator", "administrator", "");
    this.account = account();
    this.people = new People(service, api);
  }

  /** The single-choice questions of the document that has the fewest. */
  private static List<Question> few(Bank bank) {
    var all = bank.pool().all(QuestionType.SINGLE).stream().map(QuestionVersion::question).toList();
    return all.stream()
        .collect(Collectors.groupingBy(q -> q.citation().document()))
        .values()
        .stream()
        .min(Comparator.<List<Question>>comparingInt(List::size).thenComparing(Object::toString))
        .orElseThrow();
  }

  /** Questions that every attempt has whose quiz draws from {@link #document} alone. */
  List<Question> few() {
    return few;
  }

  String document() {
    return few.getFirst().citation().document();
  }

  People people() {
    return people;
  }

  /** From now on branches are chosen from a list. */
  void organise() {
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", "text/csv");
    var csv = "code,name,parent\nDW,党委,\n%s,一支部,DW\n".formatted(BRANCH);
    if (api.send("PUT", "/api/organisations", csv, headers).status() != 200) {
      throw new IllegalStateException("no organisations");
    }
  }

  /** A quiz that is edited, amended and extended. */
  String quiz() {
    return Odd.one(random, quizzes);
  }

  /** A quiz to start, often one that nobody edits. */
  String quizToStart() {
    return random.nextInt(3) == 0 ? quiz() : steady;
  }

  private String account() {
    return api.post(
            "/api/accounts",
            "{\"name\":\"kept\",\"fullName\":\"甲\",\"roles\":[{\"role\":\"editor\"}]}",
            TestService.editorToken())
        .text("id");
  }

  /** An account that is given roles, closed and opened again. */
  String keptAccount() {
    return account;
  }

  /** The version of that account. */
  int accountVersion() {
    return api.get("/api/accounts/" + account, TestService.editorToken())
        .json()
        .get("version")
        .getIntValue();
  }

  /** Somebody who is signed in to the console; again, where that was ended. */
  StaffBrowser staff() {
    if (staff.get("/console").status() != 200) {
      staff.signIn("administrator", StaffBrowser.PASSWORD);
    }
    return staff;
  }

  /** A token of whoever is signed in; 1 where there is none. */
  String token() {
    var found = TOKEN.matcher(staff().get("/console/own").body());
    return found.find() ? found.group(1) : "1";
  }

  String job() {
    return Odd.one(random, jobs);
  }

  int amendments(String quiz) {
    return amendments.getOrDefault(quiz, 0);
  }

  /** The number of an amendment that was not withdrawn; 1 where there is none. */
  int amendment(String quiz) {
    var all =
        api.get("/api/quizzes/%s/amendments".formatted(quiz), TestService.editorToken())
            .json()
            .get("entries");
    return IntStream.range(0, all.size())
        .mapToObj(all::get)
        .filter(one -> one.get("withdrawn") == null)
        .map(one -> one.get("number").getIntValue())
        .findFirst()
        .orElse(1);
  }

  /** The revision of a quiz. */
  int revision(String quiz) {
    return api.get("/api/quizzes/" + quiz).json().get("revision").getIntValue();
  }

  /** How often the essay of an attempt was marked. */
  int marks(Attempt attempt) {
    return marks.getOrDefault(attempt.id(), 0);
  }

  /** How often staff has corrected an attempt; the participant may have done so beside. */
  int corrections(Attempt attempt) {
    return corrections.getOrDefault(attempt.id(), 0);
  }

  int extensions(String quiz) {
    return extensions.getOrDefault(quiz, 0);
  }

  /** An attempt at the steady quiz that runs. */
  Attempt running() {
    if (running.isEmpty()) {
      var secret = UUID.randomUUID().toString();
      var started = api.start(steady, secret, "王小明", BRANCH);
      if (started.status() != 201) {
        throw new IllegalStateException(started.body());
      }
      add(running, attempt(secret, started.json()));
    }
    return Odd.one(random, running);
  }

  private static Attempt attempt(String secret, JsonNode started) {
    return new Attempt(
        started.get("id").getStringValue(),
        started.get("token").getStringValue(),
        secret,
        started.get("questions"));
  }

  /** An attempt whose essay can be marked. */
  Attempt ended() {
    if (ended.isEmpty()) {
      var attempt = running();
      var submitted =
          api.post("/api/attempts/%s/submission".formatted(attempt.id()), "{}", attempt.token());
      if (submitted.status() != 200) {
        throw new IllegalStateException(submitted.body());
      }
      handedIn(attempt.id());
    }
    return Odd.one(random, ended);
  }

  /** The number of its essay; 1 where it has none. */
  static int essay(Attempt attempt) {
    return IntStream.rangeClosed(1, attempt.questions().size())
        .filter(n -> attempt.questions().get(n - 1).get("type").getStringValue().equals("essay"))
        .findFirst()
        .orElse(1);
  }

  private <T> void add(List<T> all, T one) {
    all.add(one);
    if (all.size() > MOST) {
      all.remove(random.nextInt(MOST));
    }
  }

  private void handedIn(String id) {
    running.stream()
        .filter(a -> a.id().equals(id))
        .findFirst()
        .ifPresent(a -> {
          running.remove(a);
          add(ended, a);
        });
  }

  /** Takes note of what was accepted. */
  void learn(Call call, Raw.Answer answer) {
    var parts = call.path().split("[/?]", -1);
    switch (call.route()) {
      case "POST /api/quizzes" -> add(quizzes, answer.header("location").replaceAll(".*/", ""));
      case "POST /api/quizzes/{quiz}/attempts" -> {
        var started = new Reply(answer.status(), answer.body(), Map.of()).json();
        add(running, attempt(call.header("Idempotency-Key"), started));
      }
      case "PUT /api/attempts/{id}/marks/{number}" -> marks.merge(parts[3], 1, Integer::sum);
      case "POST /api/attempts/{id}/corrections" -> {
        var corrected = new Reply(answer.status(), answer.body(), Map.of());
        corrections.put(parts[3], corrected.number("corrections").intValue());
      }
      case "POST /api/attempts/{id}/annulment" -> ended.removeIf(a -> a.id().equals(parts[3]));
      case "POST /api/quizzes/{quiz}/closing" -> {
        quizzes.removeIf(q -> q.equals(parts[3]) && quizzes.size() > 1);
        job(answer);
      }
      case "POST /api/quizzes/{quiz}/amendments",
          "POST /api/quizzes/{quiz}/amendments/{number}/withdrawal" -> {
        amendments.merge(parts[3], 1, Integer::sum);
        job(answer);
      }
      case "POST /api/quizzes/{quiz}/extensions" -> {
        extensions.merge(parts[3], 1, Integer::sum);
        job(answer);
      }
      case "POST /api/quizzes/{quiz}/amendments/preview" -> job(answer);
      case "POST /api/attempts/{id}/submission" -> handedIn(parts[3]);
      case "POST /attempts/{id}/submission" -> handedIn(parts[2]);
      default -> {
        // nothing new
      }
    }
  }

  private void job(Raw.Answer answer) {
    if (answer.status() == 202) {
      add(jobs, answer.header("location").replaceAll(".*/", ""));
    }
  }

  /** A response to a question of an attempt, as JSON without a number. */
  String response(Attempt attempt, int number) {
    var question = attempt.questions().get(number - 1);
    var sequence = random.nextInt(1_000);
    var texts = question.get("texts").getIntValue();
    if (texts > 0) {
      var text = String.join(",", Collections.nCopies(texts, "\"三分之二\""));
      return "{\"sequence\":%d,\"text\":[%s]}".formatted(sequence, text);
    }
    var choice = question.get("choices").get(random.nextInt(question.get("choices").size()));
    return "{\"sequence\":%d,\"choices\":[\"%s\"]}"
        .formatted(sequence, choice.get("id").getStringValue());
  }
}
