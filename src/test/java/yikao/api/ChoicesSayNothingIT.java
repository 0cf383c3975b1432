package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.bank.Bank;
import yikao.question.Choice;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.QuestionVersion;

/**
 * Somebody has the bank, and computes by its source what it calls each choice: nothing of it is
 * found in what a participant is told, and nothing of it is taken.
 */
final class ChoicesSayNothingIT {
  private static final Pattern WORD = Pattern.compile("[0-9a-z]{6,}");
  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded");

  private static TestService service;
  private static Client api;
  private static Bank bank;
  private static Set<String> computed;
  private static String quiz;

  @BeforeAll
  static void start() {
    service = TestService.start(Map.of());
    api = new Client(service.uri());
    bank = service.context().getBean(Bank.class);
    computed = computed();
    quiz =
        api.quiz(
            """
            {"title":"选项不说话","listed":false,"tries":1,"sections":[
              {"type":"single","count":20,"points":1},{"type":"multiple","count":20,"points":1},
              {"type":"judge","count":5,"points":1}]}\
            """);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Stream<Question> questions(QuestionType... types) {
    return Arrays.stream(types)
        .flatMap(type -> bank.pool().all(type).stream())
        .map(QuestionVersion::question);
  }

  /** What the bank calls its choices, as its files alone tell it. */
  private static Set<String> computed() {
    var all = new TreeSet<String>();
    questions(QuestionType.SINGLE, QuestionType.MULTIPLE)
        .forEach(q -> {
          for (var i = 0; i < q.choices().size(); i++) {
            var id = computed(q.id(), (char) ('A' + i));
            assertThat(id).as("the attack is a real one").isEqualTo(q.choices().get(i).id());
            all.add(id);
          }
        });
    assertThat(all).hasSizeGreaterThan(10_000);
    return all;
  }

  private static String computed(String question, char letter) {
    var bits = Math.floorMod(ByteBuffer.wrap(sha256(question + '/' + letter)).getLong(), 1L << 31);
    return Long.toString((1L << 31) + bits, 36);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void saysNothing(String what, Reply reply) {
    assertThat(reply.status()).as(what + reply.body()).isLessThan(500);
    WORD.matcher(reply.body() + ' ' + reply.headers())
        .results()
        .forEach(word -> assertThat(computed).as(what).doesNotContain(word.group()));
  }

  private static Question question(JsonNode shown) {
    var stem = shown.get("stem").getStringValue();
    return questions(QuestionType.SINGLE, QuestionType.MULTIPLE)
        .filter(q -> q.stem().equals(stem))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode shown(Reply started, int number) {
    return started.json().get("questions").get(number - 1);
  }

  private static String response(int sequence, String... choices) {
    return "{\"sequence\":%d,\"choices\":[\"%s\"]}"
        .formatted(sequence, String.join("\",\"", choices));
  }

  @Test
  void overTheApi_noneIsFound() {
    var key = UUID.randomUUID().toString();
    var started = api.start(quiz, key, "王小明", "第一支部");
    saysNothing("start", started);
    assertThat(api.save(started, 1, response(5, "B")).status()).isEqualTo(204);
    assertThat(api.save(started, 21, response(5, "C", "A")).status()).isEqualTo(204);
    var stale = api.save(started, 21, response(4, "B"));
    assertThat(stale.problem()).isEqualTo("response-stale");
    saysNothing("what is stored instead", stale);
    assertThat(texts(stale.json().get("stored").get(0).get("choices"))).containsExactly("A", "C");
    var handedIn =
        api.submit(started, "{\"responses\":[{\"number\":21,\"sequence\":1,\"choices\":[\"B\"]}]}");
    assertThat(handedIn.problem()).isEqualTo("response-stale");
    saysNothing("what is stored instead of a submission", handedIn);
    saysNothing("a wrong save", api.save(started, 1, response(6, "Z")));
    var again = api.start(quiz, key, "王小明", "第一支部");
    assertThat(again.status()).isEqualTo(200);
    saysNothing("start again", again);
    var state = api.get("/api/attempts/" + started.text("id"), again.text("token"));
    saysNothing("state", state);
    assertThat(texts(state.json().get("saved").get(0).get("choices"))).containsExactly("B");
    assertThat(texts(state.json().get("saved").get(1).get("choices")))
        .as("in the order shown: that of the identifiers would tell about them")
        .containsExactly("A", "C");
    var receipt = api.submit(again, "{}");
    assertThat(receipt.status()).isEqualTo(200);
    saysNothing("receipt", receipt);
    var review = api.review(again);
    saysNothing("review", review);
    var reviewed = review.json().get("questions").get(20);
    assertThat(texts(reviewed.get("chosen"))).containsExactly("A", "C");
    assertThat(texts(reviewed.get("key")))
        .hasSizeGreaterThan(1)
        .isSorted()
        .allMatch("ABCDEFGH"::contains);
  }

  @Test
  void inPages_noneIsFound() {
    var entry = "name=" + URLEncoder.encode("王小明", StandardCharsets.UTF_8) + "&branch=1";
    var begun = api.send("POST", "/quizzes/%s/attempts".formatted(quiz), entry, FORM);
    assertThat(begun.status()).as(begun.body()).isEqualTo(303);
    var page = begun.headers().get("location").getFirst();
    var headers = new HashMap<>(FORM);
    headers.put("Cookie", begun.headers().get("set-cookie").getFirst().replaceAll(";.*", ""));
    saysNothing("quiz", api.send("GET", "/quizzes/" + quiz, new byte[0], headers));
    var fresh = api.send("GET", page, new byte[0], headers);
    saysNothing("paper", fresh);
    assertThat(fresh.body()).contains("name=\"a1\" value=\"A\"", "name=\"a21\" value=\"C\"");
    var saved = api.send("POST", page, "d1=x&a1=B&d21=x&a21=C&a21=A&do=save", headers);
    assertThat(saved.status()).as(saved.body()).isEqualTo(303);
    var answered = api.send("GET", page, new byte[0], headers);
    saysNothing("answered paper", answered);
    assertThat(answered.body()).contains("value=\"B\" checked");
    noDigest(answered, api.send("GET", "/api" + page, new byte[0], headers));
    var paper = api.send("GET", "/api" + page, new byte[0], headers);
    var internal = question(paper.json().get("questions").get(0)).choices().getFirst().id();
    var refused = api.send("POST", page, "d1=x&a1=%s&do=save".formatted(internal), headers);
    assertThat(refused.status()).isEqualTo(422);
    saysNothing("check", api.send("GET", page + "/check", new byte[0], headers));
    api.send("POST", page + "/submission", "do=submit", headers);
    saysNothing("result", api.send("GET", page + "/result", new byte[0], headers));
  }

  /** The mark by which a form shows what it started from is none of what the bank calls it. */
  private static void noDigest(Reply page, Reply paper) {
    for (var choice : question(paper.json().get("questions").get(0)).choices()) {
      assertThat(page.body()).doesNotContain(HexFormat.of().formatHex(sha256(choice.id()), 0, 8));
    }
  }

  private static List<String> texts(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(i -> array.get(i).getStringValue()).toList();
  }

  @Test
  void whatTheBankCallsAChoice_isRefusedAsAnyUnknownOne() {
    var started = api.start(quiz);
    for (var number : List.of(1, 21)) {
      var unknown = api.save(started, number, response(1, "nothing"));
      assertThat(unknown.status()).isEqualTo(422);
      for (var choice : question(shown(started, number)).choices()) {
        var refused = api.save(started, number, response(1, choice.id()));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).isEqualTo(unknown.body());
        var handedIn =
            api.submit(
                started,
                "{\"responses\":[{\"number\":%d,%s]}"
                    .formatted(number, response(1, choice.id()).substring(1)));
        assertThat(handedIn.status()).isEqualTo(422);
        saysNothing("a refused submission", handedIn);
      }
    }
    var state = api.get("/api/attempts/" + started.text("id"), started.text("token"));
    assertThat(state.text("state")).isEqualTo("running");
    assertThat(state.json().get("saved").size()).isZero();
  }

  @Test
  void staff_stillReadsWhatTheBankCallsThem() {
    var started = api.start(quiz);
    api.save(started, 1, response(1, "A"));
    api.submit(started, "{}");
    var path = "/api/attempts/%s/review".formatted(started.text("id"));
    var first = api.get(path, TestService.editorToken()).json().get("questions").get(0);
    var ids = question(shown(started, 1)).choices().stream().map(Choice::id).toList();
    assertThat(texts(first.get("chosen"))).isSubsetOf(ids).hasSize(1);
    assertThat(texts(first.get("key"))).isSubsetOf(ids).hasSize(1);
  }

  /** All questions of a document, so that two papers have the same. */
  @Test
  void sameLetter_isAnotherChoiceInAnotherAttempt() {
    var same =
        questions(QuestionType.SINGLE)
            .collect(Collectors.groupingBy(q -> q.citation().document()))
            .values()
            .stream()
            .filter(all -> all.size() >= 5)
            .min(
                Comparator.<List<Question>>comparingInt(List::size).thenComparing(Object::toString))
            .orElseThrow();
    var shuffled =
        api.quiz(
            """
            {"title":"打乱","listed":false,"documents":["%s"],"shuffleChoices":true,
             "sections":[{"type":"single","count":%d,"points":1}]}\
            """
                .formatted(same.getFirst().citation().document(), same.size()));
    var one = orders(api.start(shuffled));
    var other = orders(api.start(shuffled));
    assertThat(one.keySet()).isEqualTo(other.keySet()).hasSize(same.size());
    assertThat(one).isNotEqualTo(other);
  }

  private static Map<String, List<String>> orders(Reply started) {
    var orders = new HashMap<String, List<String>>();
    var all = started.json().get("questions");
    for (var i = 0; i < all.size(); i++) {
      var choices = all.get(i).get("choices");
      var texts =
          IntStream.range(0, choices.size())
              .mapToObj(c -> choices.get(c).get("text").getStringValue())
              .toList();
      for (var c = 0; c < choices.size(); c++) {
        assertThat(choices.get(c).get("id")).isEqualTo(choices.get(c).get("label"));
      }
      orders.put(all.get(i).get("stem").getStringValue(), texts);
    }
    return orders;
  }
}
