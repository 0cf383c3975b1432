package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.attempt.Attempts;
import yikao.question.Key;
import yikao.text.Conversion;

/** Three languages over HTTP, and answers in either script. */
class LanguagesIT {
  private static final String QUIZ =
      """
      {"title":"发展党员测试","listed":false,"reveal":{"what":"review","when":"at-once"},
       "sections":[{"type":"blank","count":20,"points":2},{"type":"single","count":2,"points":2}]}
      """;

  private static TestService service;
  private static Client api;

  @BeforeAll
  static void start() {
    service = TestService.start(Map.of());
    api = new Client(service.uri());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Reply get(String path, String... headers) {
    var all = new HashMap<String, String>();
    for (var i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return api.send("GET", path, new byte[0], all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zh-CN | zh-Hans | 党规学习测验",
        "zh-TW,en;q=0.5 | zh-Hant | 黨規學習測驗",
        "en-US | en | Quizzes on Party Rules",
        "fr | zh-Hans | 党规学习测验",
      })
  void page_isInTheLanguageThatTheBrowserPrefers(String header, String lang, String heading) {
    var page = get("/", "Accept-Language", header);
    assertThat(page.body())
        .contains("<html lang=\"" + lang + "\"")
        .contains("<h1>" + heading + "</h1>");
    assertThat(page.headers().get("cache-control")).containsExactly("no-store");
  }

  @ParameterizedTest
  @CsvSource({"zh-Hans, 没有这个测验", "zh-Hant, 沒有這個測驗", "en, No such quiz"})
  void choice_holdsForPagesAndForTheirScriptsCalls(String tag, String title) {
    var chosen = get("/language?to=" + tag + "&back=/own");
    assertThat(chosen.status()).isEqualTo(303);
    assertThat(chosen.headers().get("location")).containsExactly("/own");
    var cookie = chosen.headers().get("set-cookie").getFirst();
    assertThat(cookie).startsWith("yikao_language=" + tag).contains("SameSite=Lax", "Path=/");
    var kept = cookie.split(";", -1)[0];
    for (var accepted : List.of("en", "zh-TW", "zh-CN")) {
      var page = get("/quizzes/nope", "Cookie", kept, "Accept-Language", accepted);
      assertThat(page.body()).contains("<html lang=\"" + tag + "\"", title);
      var problem = get("/api/quizzes/nope", "Cookie", kept, "Accept-Language", accepted);
      assertThat(problem.text("title")).isEqualTo(title);
    }
  }

  @Test
  void problem_inTraditionalWhereAsked() {
    var problem = get("/api/quizzes/nope", "Accept-Language", "zh-HK");
    assertThat(problem.text("detail")).isEqualTo("沒有這個測驗，請檢查鏈接。");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?to=fr", "?to=zh", "?to=zh-hant"})
  void choiceOfAnotherLanguage_isRefused(String query) {
    var refused = get("/language" + query, "Accept-Language", "en");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("must be one of zh-Hans, zh-Hant, en");
    assertThat(refused.headers()).doesNotContainKey("set-cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"//evil.example", "https://evil.example", "/\\\\evil.example", "x"})
  void choice_leadsToNoOtherSite(String back) {
    var encoded = URLEncoder.encode(back, StandardCharsets.UTF_8);
    assertThat(get("/language?to=en&back=" + encoded).headers().get("location"))
        .containsExactly("/");
  }

  private static Reply started(String quiz, String language) {
    return api.send(
        "POST",
        "/api/quizzes/%s/attempts".formatted(quiz),
        "{\"participant\":{\"name\":\"刘国发\",\"branch\":\"发展支部\"}}",
        Map.of("Idempotency-Key", UUID.randomUUID().toString(), "Accept-Language", language));
  }

  @Test
  void questionsOfTheApi_stayAsTheBankHasThem() {
    var quiz = api.quiz(QUIZ);
    var questions = started(quiz, "zh-TW").body().replaceAll(".*\"questions\":", "");
    assertThat(Conversion.toTraditional(questions)).isNotEqualTo(questions);
    assertThat(Conversion.toSimplified(questions)).isEqualTo(questions);
  }

  /** The right answers to the blanks, typed by somebody who writes traditional characters. */
  @Test
  void answersInTraditional_areRight() {
    var started = started(api.quiz(QUIZ), "zh-TW");
    var paper =
        service.context().getBean(Attempts.class).paper(UUID.fromString(started.text("id")));
    var responses =
        IntStream.rangeClosed(1, 20)
            .mapToObj(number -> {
              var key = (Key.OfBlanks) paper.question(number).key();
              var texts =
                  key.blanks().stream()
                      .map(b -> '"' + Conversion.toTraditional(b.getFirst()) + '"')
                      .collect(Collectors.joining(","));
              return "{\"number\":%d,\"sequence\":1,\"text\":[%s]}".formatted(number, texts);
            })
            .collect(Collectors.joining(","));
    assertThat(Conversion.toSimplified(responses)).isNotEqualTo(responses);
    var receipt = api.submit(started, "{\"responses\":[" + responses + "]}");
    assertThat(receipt.number("score")).isEqualByComparingTo("40");
  }

  /** What staff accepts afterwards, typed in either script. */
  @Test
  void acceptedTextInTraditional_holdsForBoth() {
    var quiz = api.quiz(QUIZ.replace("\"count\":20", "\"count\":1"));
    var started = started(quiz, "zh-CN");
    var other = "{\"responses\":[{\"number\":1,\"sequence\":1,\"text\":[%s]}]}";
    var paper =
        service.context().getBean(Attempts.class).paper(UUID.fromString(started.text("id")));
    var blanks = ((Key.OfBlanks) paper.question(1).key()).blanks().size();
    var written = IntStream.range(0, blanks).mapToObj(i -> "\"审查复议" + i + "\"").toList();
    api.submit(started, other.formatted(String.join(",", written)));
    assertThat(api.review(started).number("score")).isZero();
    for (var blank = 1; blank <= blanks; blank++) {
      var body =
          "{\"question\":\"%s\",\"blank\":%d,\"text\":\"審查復議%d\",\"amendments\":%d,\"reason\":\"同义\"}"
              .formatted(paper.question(1).id(), blank, blank - 1, blank - 1);
      var reply = service.edit("POST", "/api/quizzes/%s/amendments".formatted(quiz), body);
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    }
    assertThat(api.review(started).number("score")).isEqualByComparingTo("2");
  }
}
