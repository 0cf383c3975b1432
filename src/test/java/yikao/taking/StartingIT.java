package yikao.taking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;

/** Starts by form, as browsers send them: a full hall, wrong fields, and waiting for one's turn. */
final class StartingIT {
  private static final String GUEST = "yikao_guest";
  private static final String PENDING = "yikao_start";
  private static final int PER_GUEST = 6;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static TestService service;

  @BeforeAll
  static void start() {
    service =
        TestService.start(
            Map.of(
                "yikao.limits.starts-per-minute",
                TestService.shipped("yikao.limits.starts-per-minute"),
                "yikao.limits.starts-per-minute-of-guest",
                PER_GUEST));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String quiz(String more) {
    return service.createQuiz(
        """
        {"title":"开始","listed":false,%s"sections":[{"type":"judge","count":2,"points":1}]}\
        """
            .formatted(more));
  }

  /** A browser, as far as it matters here: what cookies it has. */
  private static final class Phone {
    private final CookieManager cookies = new CookieManager();

    HttpResponse<String> get(String path) {
      return send(path, request(path).GET());
    }

    HttpResponse<String> start(String quiz, String name, String branch) {
      var path = "/quizzes/" + quiz + "/attempts";
      var form = "name=%s&branch=%s&do=start".formatted(encoded(name), encoded(branch));
      return send(
          path,
          request(path)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create(service.at(path))).timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) {
      var uri = URI.create(service.at(path));
      try {
        var own = cookies.get(uri, Map.of()).getOrDefault("Cookie", List.of());
        if (!own.isEmpty()) {
          request.header("Cookie", String.join("; ", own));
        }
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        cookies.put(uri, response.headers().map());
        return response;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    Optional<String> cookie(String name) {
      return cookies.getCookieStore().getCookies().stream()
          .filter(c -> c.getName().equals(name))
          .map(HttpCookie::getValue)
          .findFirst();
    }

    /** Uses up what this phone's guest may start in a minute. */
    void tire() {
      var api = new Client(service.uri());
      var secret = cookie(GUEST).orElseThrow().replaceFirst("[.].*", "");
      var quiz = quiz("");
      while (api.start(quiz, secret, "王小明", "一支部").status() != 429) {
        // once more
      }
    }

    /** A phone whose start was refused for now. */
    static Phone waiting(String quiz) {
      var phone = new Phone();
      phone.get("/quizzes/" + quiz);
      phone.tire();
      assertThat(phone.start(quiz, "王小明", "一支部").statusCode()).isEqualTo(429);
      return phone;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Optional<String> setCookie(HttpResponse<?> response, String name) {
    return response.headers().allValues("Set-Cookie").stream()
        .filter(c -> c.startsWith(name + "="))
        .findFirst();
  }

  private static String location(HttpResponse<?> response) {
    return response.headers().firstValue("Location").orElse("");
  }

  // ---- a hall behind one address

  @Test
  void aFullHallBehindOneAddress_startsAndNobodyIsRefused() throws Exception {
    var quiz = quiz("\"tries\":1,");
    var begin = Instant.now();
    var places = new ArrayList<Future<String>>();
    // as many connections as the machine of the test can hold at once
    var atOnce = new Semaphore(200);
    try (var hall = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 1_000; i++) {
        var name = "听众" + i;
        places.add(
            hall.submit(() -> {
              atOnce.acquire();
              try {
                var phone = new Phone();
                assertThat(phone.get("/quizzes/" + quiz).statusCode()).isEqualTo(200);
                var started = phone.start(quiz, name, "一支部");
                assertThat(started.statusCode()).as(started.body()).isEqualTo(303);
                return location(started);
              } finally {
                atOnce.release();
              }
            }));
      }
    }
    var attempts = new ArrayList<String>();
    for (var place : places) {
      attempts.add(place.get());
    }
    assertThat(attempts).doesNotHaveDuplicates().allMatch(at -> at.startsWith("/attempts/"));
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void wrongFields_areSaidAsOftenAsItTakesAndCountForNothing() {
    var quiz = quiz("");
    var phone = new Phone();
    for (var i = 0; i < 5 * PER_GUEST; i++) {
      var wrong = phone.start(quiz, " ", "一支部");
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("请填写姓名", "value=\"一支部\"");
    }
    assertThat(phone.start(quiz, "王小明", "一支部").statusCode()).isEqualTo(303);
  }

  @Test
  void whatTheStateRefuses_counts() {
    var quiz = quiz("\"opens\":\"2099-01-01T00:00:00Z\",");
    var phone = new Phone();
    for (var i = 0; i < PER_GUEST; i++) {
      assertThat(location(phone.start(quiz, "王小明", "一支部"))).isEqualTo("/quizzes/" + quiz);
    }
    assertThat(phone.start(quiz, "王小明", "一支部").statusCode()).isEqualTo(429);
  }

  // ---- waiting

  @Test
  void aStartThatIsRefusedForNow_comesBackWithEverythingTyped() {
    var quiz = quiz("");
    var phone = new Phone();
    phone.get("/quizzes/" + quiz);
    phone.tire();
    var refused = phone.start(quiz, "王小明", "第一支部<甲>");
    assertThat(refused.statusCode()).isEqualTo(429);
    var after = Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow());
    assertThat(after).isBetween(1, 60 / PER_GUEST);
    assertThat(refused.body())
        .contains("人多，正在排队，几秒后自动再试")
        .contains("value=\"王小明\"", "value=\"第一支部&lt;甲>\"")
        .contains("data-again=\"" + after + "\"")
        .containsPattern(
            "<noscript><meta http-equiv=\"refresh\" content=\"\\d+;url=/quizzes/%s\\?waiting=1\">"
                .formatted(quiz));
    assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(setCookie(refused, PENDING).orElseThrow())
        .contains("Path=/quizzes/" + quiz, "HTTPOnly", "SameSite=Lax", "Max-Age=300");
  }

  @Test
  void aLookAtThePage_goesOnWithWhatWaits_andTakesItAway() {
    var quiz = quiz("");
    var phone = Phone.waiting(quiz);
    var still = phone.get("/quizzes/" + quiz + "?waiting=1");
    assertThat(still.statusCode()).isEqualTo(429);
    assertThat(still.body()).contains("value=\"王小明\"", "http-equiv=\"refresh\"");
    assertThat(setCookie(still, PENDING)).as("only the form sets it").isEmpty();
    var gone = onceItsTurnHasCome(phone, quiz);
    assertThat(location(gone)).startsWith("/attempts/");
    assertThat(setCookie(gone, PENDING).orElseThrow()).contains("Max-Age=0");
    assertThat(phone.cookie(PENDING)).isEmpty();
    assertThat(phone.get(location(gone)).body()).contains("王小明（一支部）");
  }

  private static HttpResponse<String> onceItsTurnHasCome(Phone phone, String quiz) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> phone.get("/quizzes/" + quiz + "?waiting=1"), r -> r.statusCode() != 429);
  }

  @Test
  void aLookAtThePage_startsNothingWithoutTheFormsCookie() {
    var quiz = quiz("");
    var phone = new Phone();
    phone.get("/quizzes/" + quiz);
    var page = phone.get("/quizzes/" + quiz + "?waiting=1");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("name=\"name\"").doesNotContain("正在排队");
  }

  @Test
  void aLookAtThePageAsSuch_startsNothingThoughSomethingWaits() {
    var quiz = quiz("");
    var phone = Phone.waiting(quiz);
    assertThat(phone.get("/quizzes/" + quiz).statusCode()).isEqualTo(200);
    assertThat(phone.cookie(PENDING)).isPresent();
  }

  @Test
  void aCookieThatIsNotOurs_startsNothing() {
    var quiz = quiz("");
    var other = quiz("");
    var phone = Phone.waiting(quiz);
    var value = phone.cookie(PENDING).orElseThrow();
    var secret = phone.cookie(GUEST).orElseThrow();
    var content = value.substring(0, value.indexOf('.'));
    var signature = value.substring(value.indexOf('.') + 1);
    var changed =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("9999999999999\u0000李红\u0000一支部".getBytes(StandardCharsets.UTF_8));
    // it is good as it is
    assertThat(look(quiz, secret, value)).isEqualTo(429);
    assertThat(look(quiz, secret, changed + "." + signature)).isEqualTo(200);
    assertThat(look(quiz, secret, content + "." + "A".repeat(signature.length()))).isEqualTo(200);
    assertThat(look(quiz, secret, content + ".")).isEqualTo(200);
    assertThat(look(quiz, secret, content)).isEqualTo(200);
    assertThat(look(quiz, secret, "%%%." + signature)).isEqualTo(200);
    assertThat(look(other, secret, value)).as("of another quiz").isEqualTo(200);
    var another = TestService.guestCookie("another-secret-of-a-guest").replaceFirst(".*=", "");
    assertThat(look(quiz, another, value)).as("another's").isEqualTo(200);
  }

  private static int look(String quiz, String secret, String pending) {
    var cookies = GUEST + "=" + secret + "; " + PENDING + "=" + pending;
    return new Client(service.uri())
        .send("GET", "/quizzes/" + quiz + "?waiting=1", new byte[0], Map.of("Cookie", cookies))
        .status();
  }

  @Test
  void aClaimTooLongForACookie_isRefusedAndNotKept() {
    var quiz = quiz("");
    var phone = new Phone();
    phone.get("/quizzes/" + quiz);
    phone.tire();
    var refused = phone.start(quiz, "王".repeat(1_500), "一支部");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(setCookie(refused, PENDING)).isEmpty();
  }

  @Test
  void aStartFromAnotherSite_isRefusedAndNotKept() throws IOException, InterruptedException {
    var quiz = quiz("");
    var request =
        HttpRequest.newBuilder(URI.create(service.at("/quizzes/" + quiz + "/attempts")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "cross-site")
            .POST(BodyPublishers.ofString("name=a&branch=b"))
            .build();
    var response = HTTP.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
  }
}
