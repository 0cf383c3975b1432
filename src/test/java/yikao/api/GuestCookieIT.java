package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.db.Postgres;

/** By which cookies a browser is known. */
final class GuestCookieIT {
  private static final String PLAIN = "yikao_guest";
  private static final String OF_HOST = "__Host-yikao_guest";

  /** As earlier releases made them. */
  private static final String OLD = "0123456789abcdefABCDEF_-01234567";

  private TestService service;
  private Client api;
  private String quiz;

  private void start(Map<String, Object> settings) throws Exception {
    var all = new HashMap<>(settings);
    all.put("yikao.bank", new SmallBank().root().toString());
    service = TestService.start(all);
    api = new Client(service.uri());
    quiz = api.quiz(SmallBankContract.spec(SmallBank.ELEVEN, "single", 1, 2, ""));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Reply page(String path, String cookies) {
    var headers = cookies.isEmpty() ? Map.<String, String>of() : Map.of("Cookie", cookies);
    return api.send("GET", path, new byte[0], headers);
  }

  /** The attempt that a browser with these cookies begins, or goes on with. */
  private Reply begin(String cookies) {
    var headers = new HashMap<String, String>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    if (!cookies.isEmpty()) {
      headers.put("Cookie", cookies);
    }
    var form = "name=%E7%8E%8B%E5%B0%8F%E6%98%8E&branch=1&do=start";
    var reply = api.send("POST", "/quizzes/" + quiz + "/attempts", form, headers);
    assertThat(reply.status()).as(reply.body()).isEqualTo(303);
    return reply;
  }

  private static String attempt(Reply begun) {
    return begun.headers().get("location").getFirst();
  }

  /** The cookie as it was set, with its attributes. */
  private static String set(Reply reply, String name) {
    return reply.headers().getOrDefault("set-cookie", List.of()).stream()
        .filter(c -> c.startsWith(name + "="))
        .findFirst()
        .orElse("");
  }

  private static String pair(String cookie) {
    return cookie.replaceFirst(";.*", "");
  }

  @Test
  void cookieThatWasMadeHere_isKnownAgain_andAnyOtherIsNone() throws Exception {
    start(Map.of());
    var first = page("/quizzes/" + quiz, "");
    var cookie = pair(set(first, PLAIN));
    assertThat(set(first, PLAIN)).contains("Path=/", "HTTPOnly", "SameSite=Lax");
    assertThat(set(page("/quizzes/" + quiz, cookie), PLAIN)).as("not again").isEmpty();
    var attempt = attempt(begin(cookie));
    assertThat(attempt(begin(cookie))).isEqualTo(attempt);
    assertThat(page(attempt, cookie).status()).isEqualTo(200);
    var value = cookie.substring(cookie.indexOf('=') + 1);
    var secret = value.substring(0, value.lastIndexOf('.'));
    var own = TestService.guestCookie(secret);
    assertThat(own).as("the tests sign as the service does").isEqualTo(cookie);
    for (var chosen :
        List.of(
            PLAIN + "=1111111111111111",
            PLAIN + "=" + OLD,
            PLAIN + "=" + UUID.randomUUID(),
            PLAIN + "=" + UUID.randomUUID() + ".",
            PLAIN + "=." + value.substring(value.lastIndexOf('.') + 1),
            cookie + "A",
            cookie.substring(0, cookie.length() - 1),
            cookie.replaceFirst("=.", "=" + (secret.startsWith("A") ? "B" : "A")),
            TestService.guestCookie(OF_HOST, secret),
            TestService.guestCookie(OF_HOST, secret).replace(OF_HOST, PLAIN))) {
      assertThat(page(attempt, chosen).status()).as(chosen).isIn(401, 403);
      var begun = begin(chosen);
      assertThat(attempt(begun)).as(chosen).isNotEqualTo(attempt);
      assertThat(pair(set(begun, PLAIN))).isNotEmpty().isNotIn(chosen, cookie);
      var made = pair(set(begun, PLAIN));
      assertThat(attempt(begin(made))).as("it is known again").isEqualTo(attempt(begun));
    }
  }

  @Test
  void overHttps_theCookieIsOfThisHostAlone_andTheOneOfBeforeIsReplaced() throws Exception {
    start(Map.of("yikao.public-address", "https://quiz.example.org"));
    var made = set(page("/quizzes/" + quiz, ""), OF_HOST);
    assertThat(made).contains("Path=/", "Secure", "HTTPOnly").doesNotContain("Domain");
    var cookie = pair(made);
    var attempt = attempt(begin(cookie));
    // of before there was https
    var before = TestService.guestCookie("a-secret-of-before-https");
    var early = begin(before);
    assertThat(pair(set(early, OF_HOST)))
        .isEqualTo(TestService.guestCookie(OF_HOST, "a-secret-of-before-https"));
    assertThat(attempt(begin(before))).isEqualTo(attempt(early));
    assertThat(set(page("/quizzes/" + quiz, before), OF_HOST)).isNotEmpty();
    assertThat(page(attempt(early), before).status()).isEqualTo(200);
    // a neighbouring host sets the plain name with what it got here
    var tossed = cookie.replace(OF_HOST, PLAIN);
    assertThat(attempt(begin(tossed))).isNotEqualTo(attempt);
    assertThat(attempt(begin(before + "; " + cookie))).as("ours comes first").isEqualTo(attempt);
  }

  @Test
  void cookieOfAnEarlierRelease_goesOnWithItsAttempt_andIsReplaced() throws Exception {
    start(Map.of());
    formerGuestIsKnown();
  }

  @Test
  void cookieOfAnEarlierRelease_goesOnWithItsAttempt_onPostgres() throws Exception {
    start(Postgres.database());
    formerGuestIsKnown();
  }

  private void formerGuestIsKnown() {
    var attempt = "/attempts/" + api.start(quiz, OLD, "王小明", "1").text("id");
    var cookie = PLAIN + "=" + OLD;
    assertThat(page(attempt, cookie).status()).as("what it owns").isEqualTo(200);
    var later = begin(cookie);
    assertThat(attempt(later)).as("it came after cookies were signed").isNotEqualTo(attempt);
    var dsl = service.context().getBean(DSLContext.class);
    // all that are here now were here before the upgrade
    dsl.execute(
        "update participant set created_at = timestamp with time zone '2020-01-01 00:00:00+00'");
    assertThat(set(page("/quizzes/" + quiz, cookie), PLAIN))
        .startsWith(TestService.guestCookie(OLD));
    var begun = begin(cookie);
    assertThat(attempt(begun)).isEqualTo(attempt);
    assertThat(pair(set(begun, PLAIN))).isEqualTo(TestService.guestCookie(OLD));
    var nobody = Base64.getUrlEncoder().encodeToString(new byte[24]);
    assertThat(attempt(begin(PLAIN + "=" + nobody))).isNotEqualTo(attempt);
  }
}
