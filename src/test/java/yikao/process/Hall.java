package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;

/**
 * A session, its screen, and a hall of phones, each of which answers one question after another and
 * asks how late it is; what fails they send again, as pages do.
 */
final class Hall implements AutoCloseable {
  static final int QUESTIONS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOKEN = TestService.editorToken();
  private static final String SCREEN = "who-reads-the-names-aloud";

  private final String id;
  private final String quiz;
  private final String code;
  private final Duration screenAsks;
  private final Duration phonesAsk;
  private final List<Phone> phones = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  /** What was acknowledged and is to be seen on the screen: the member and how far, and when. */
  private final Map<Step, Long> unseen = new ConcurrentHashMap<>();

  private record Step(String member, int answered) {}

  private volatile Client api;
  private volatile Sights onScreen = new Sights();
  private volatile boolean watches = true;
  private volatile boolean over;

  private Hall(Client api, Reply sitting, Duration screenAsks, Duration phonesAsk) {
    this.api = api;
    this.screenAsks = screenAsks;
    this.phonesAsk = phonesAsk;
    this.id = sitting.text("id");
    this.quiz = sitting.text("quiz");
    this.code = sitting.text("code");
  }

  /**
   * Opens a session, and has the phones come in.
   *
   * @param screenAsks how often the screen does
   * @param phonesAsk how often each phone does
   */
  static Hall of(URI service, int phones, Duration screenAsks, Duration phonesAsk) {
    var api = new Client(service);
    api.organisation("H", "城东街道党工委", "");
    api.organisation("H1", "第一党支部", "H");
    for (var n = 0; n < phones; n++) {
      api.member("党员%c%c".formatted("甲乙丙丁戊己庚辛".charAt(n / 10), "子丑寅卯辰巳午未申酉".charAt(n % 10)), "H1");
    }
    var prepared =
        api.quiz(
            "{\"title\":\"六十部手机\",\"sections\":[{\"type\":\"single\",\"count\":%d,\"points\":5}]}"
                .formatted(QUESTIONS));
    var opened =
        api.post(
            "/api/sittings",
            "{\"organisation\":\"H1\",\"quiz\":\"%s\",\"minutes\":30,\"host\":\"王书记\"}"
                .formatted(prepared),
            TOKEN);
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    var hall = new Hall(api, opened, screenAsks, phonesAsk);
    hall.threads.add(Thread.ofVirtual().start(hall::watch));
    hall.comeIn();
    return hall;
  }

  private void comeIn() {
    var body = "{\"code\":\"%s\"}".formatted(code);
    var joined =
        call(
            api -> api.send("POST", "/api/sittings/join", body, Map.of("Idempotency-Key", SCREEN)));
    var members = joined.json().get("members");
    IntStream.range(0, members.size())
        .mapToObj(i -> new Phone(members.get(i).get("id").getStringValue(), i))
        .forEach(phones::add);
    for (var phone : phones) {
      threads.add(Thread.ofVirtual().start(phone::answer));
      threads.add(Thread.ofVirtual().start(phone::ask));
    }
  }

  /** Sends until it is answered. */
  private Reply call(Function<Client, Reply> call) {
    while (true) {
      try {
        var answer = call.apply(api);
        if (answer.status() != 503) {
          return answer;
        }
      } catch (UncheckedIOException e) {
        // the connection is gone, and nobody knows what became of the call
      }
      if (over) {
        throw new IllegalStateException("the hall is closed");
      }
      rest(20);
    }
  }

  private static void rest(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  // the screen

  private void watch() {
    var position = "";
    while (!over) {
      var after = position;
      var state =
          call(api -> api.get("/api/sittings/%s/state?after=%s".formatted(id, after), TOKEN));
      if (state.status() == 200) {
        position = state.text("position");
        see(state.json().get("people"));
      }
      rest(screenAsks.toMillis());
    }
  }

  private void see(JsonNode people) {
    for (var i = 0; i < people.size(); i++) {
      var person = people.get(i);
      if (!person.get("state").getStringValue().equals("not-yet")) {
        var member = person.get("id").getStringValue();
        for (var answered = 0; answered <= person.get("answered").getIntValue(); answered++) {
          Optional.ofNullable(unseen.remove(new Step(member, answered))).ifPresent(onScreen::add);
        }
      }
    }
  }

  /** Until now, once everything acknowledged so far is seen. */
  Sights seenByTheScreen() {
    var known = List.copyOf(unseen.keySet());
    await().until(() -> known.stream().noneMatch(unseen::containsKey));
    return onScreen;
  }

  /** From here on nothing is measured, until one {@linkplain #watchAgain watches again}. */
  void pauseWatching() {
    watches = false;
    unseen.clear();
  }

  /** The service is elsewhere now. */
  void moved(URI service) {
    api = new Client(service);
  }

  /** What comes from now on is measured. */
  void watchAgain() {
    onScreen = new Sights();
    watches = true;
  }

  // phones

  /** Somebody's phone. */
  private final class Phone {
    private final String member;
    private final Random random;
    private final Map<Integer, String> saved = new ConcurrentHashMap<>();
    private volatile Optional<Reply> begun = Optional.empty();
    private volatile Optional<Instant> deadline = Optional.empty();

    Phone(String member, int seed) {
      this.member = member;
      this.random = new Random(seed);
    }

    /** Comes in, and answers one question after another. */
    void answer() {
      var key = "phone-of-a-member-" + member;
      var body = "{\"join\":{\"code\":\"%s\",\"member\":\"%s\"}}".formatted(code, member);
      var path = "/api/quizzes/%s/attempts".formatted(quiz);
      var reply = call(api -> api.send("POST", path, body, Map.of("Idempotency-Key", key)));
      if (reply.status() != 201 && reply.status() != 200) {
        wrong.add(reply.body());
        return;
      }
      begun = Optional.of(reply);
      acknowledged(0);
      for (var number = 1; number <= QUESTIONS; number++) {
        rest(200 + random.nextInt(600));
        save(reply, number);
      }
    }

    private void save(Reply begun, int number) {
      var choices = begun.json().get("questions").get(number - 1).get("choices");
      var choice = choices.get(random.nextInt(choices.size())).get("id").getStringValue();
      var body = "{\"sequence\":%d,\"choices\":[\"%s\"]}".formatted(number, choice);
      var reply = call(api -> api.save(begun, number, body));
      if (reply.status() == 204) {
        saved.put(number, choice);
        acknowledged(number);
      } else {
        wrong.add(reply.body());
      }
    }

    private void acknowledged(int answered) {
      if (watches) {
        unseen.put(new Step(member, answered), System.nanoTime());
      }
    }

    /** Asks again and again when the paper is to be handed in. */
    void ask() {
      while (!over) {
        begun.map(this::current).ifPresent(reply -> deadline = deadline(reply));
        rest(phonesAsk.toMillis());
      }
    }

    private static Optional<Instant> deadline(Reply reply) {
      return reply.status() == 200
          ? Optional.of(Instant.parse(reply.text("deadline")))
          : Optional.empty();
    }

    Reply current(Reply begun) {
      return call(api -> api.get("/api/attempts/" + begun.text("id"), begun.text("token")));
    }

    /** What was acknowledged is there. */
    void check() {
      var stored = current(begun.orElseThrow()).json().get("saved");
      var there = new ConcurrentHashMap<Integer, String>();
      for (var i = 0; i < stored.size(); i++) {
        var response = stored.get(i);
        there.put(
            response.get("number").getIntValue(), response.get("choices").get(0).getStringValue());
      }
      assertThat(there).isEqualTo(saved);
    }
  }

  /** How many answers were acknowledged. */
  int answered() {
    return phones.stream().mapToInt(p -> p.saved.size()).sum();
  }

  /** Waits until so many answers were acknowledged. */
  void answered(int count) {
    await().until(() -> answered() >= count);
    assertThat(wrong).isEmpty();
  }

  void allAnswered() {
    answered(phones.size() * QUESTIONS);
  }

  void assertNothingLost() {
    phones.forEach(Phone::check);
  }

  void halfHandsIn() {
    for (var phone : phones.subList(0, phones.size() / 2)) {
      assertThat(call(api -> api.submit(phone.begun.orElseThrow(), "{}")).status()).isEqualTo(200);
    }
  }

  private static org.awaitility.core.ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
  }

  // the secretary

  private JsonNode sitting() {
    return call(api -> api.get("/api/sittings/" + id, TOKEN)).json();
  }

  /** Gives more time; returns when the phones see it. */
  Sights prolong() {
    var before = Instant.parse(sitting().get("closesAt").getStringValue());
    change("prolongation", ",\"minutes\":5");
    return seenByPhones(phones, at -> at.isAfter(before));
  }

  /** Ends the session; returns when the phones that still answer see it. */
  Sights end() {
    var before = Instant.parse(sitting().get("closesAt").getStringValue());
    change("end", "");
    return seenByPhones(
        phones.subList(phones.size() / 2, phones.size()), at -> at.isBefore(before));
  }

  private void change(String how, String more) {
    var body = "{\"version\":%d%s}".formatted(sitting().get("version").getIntValue(), more);
    var changed = api.post("/api/sittings/%s/%s".formatted(id, how), body, TOKEN);
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
  }

  private static Sights seenByPhones(List<Phone> phones, Function<Instant, Boolean> isSeen) {
    var since = System.nanoTime();
    var sights = new Sights();
    var waiting = new ArrayList<>(phones);
    await()
        .until(() -> {
          waiting.removeIf(phone -> {
            var seen = phone.deadline.map(isSeen).orElse(false);
            if (seen) {
              sights.add(since);
            }
            return seen;
          });
          return waiting.isEmpty();
        });
    return sights;
  }

  private JsonNode state() {
    return call(api -> api.get("/api/sittings/%s/state".formatted(id), TOKEN)).json();
  }

  String phase() {
    return state().get("phase").getStringValue();
  }

  int handedIn() {
    return state().get("handedIn").getIntValue();
  }

  /** The account as a table. */
  String account() {
    var account = call(api -> api.get("/api/sittings/%s/account?format=csv".formatted(id), TOKEN));
    assertThat(account.status()).as(account.body()).isEqualTo(200);
    return account.body();
  }

  @Override
  public void close() {
    over = true;
    threads.forEach(t -> await().until(() -> !t.isAlive()));
  }
}
