package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.db.TestClock;

/** Signing in, sessions, and tokens of accounts. */
final class SignInIT {
  private static TestService service;
  private static Client api;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    service =
        TestService.start(
            Map.of("yikao.bank", new SmallBank().root().toString(), "test.clock", "true"));
    api = new Client(service.uri());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** From the first start to a password that only its owner knows. */
  @Test
  void firstAdministrator_signsInWithThePasswordOfAFile_whichGoesWhenItIsChanged()
      throws IOException {
    var settings = new HashMap<String, Object>();
    settings.put("yikao.bank", new SmallBank().root().toString());
    settings.put("yikao.secrets", folder.resolve("secrets.properties").toString());
    settings.put("yikao.first-access", "password");
    var file = folder.resolve("first-password");
    try (var fresh = TestService.start(settings)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(folder.resolve("editor-token")).doesNotExist();
      var password = Files.readString(file).strip();
      var browser = new StaffBrowser(new Client(fresh.uri()));
      assertThat(browser.get("/console").headers().get("location"))
          .containsExactly("/console/sign-in?to=%2Fconsole");
      assertThat(browser.signIn("admin", "wrong" + password).status()).isEqualTo(403);
      assertThat(browser.signIn("Admin ", password).status()).isEqualTo(303);
      assertThat(browser.get("/console/staff").headers().get("location"))
          .as("the password first")
          .containsExactly("/console/password");
      assertThat(browser.changePassword(password, "password123").status()).isEqualTo(422);
      assertThat(file).exists();
      assertThat(browser.changePassword(password, StaffBrowser.PASSWORD).status()).isEqualTo(303);
      assertThat(file).doesNotExist();
      assertThat(browser.get("/console").status()).isEqualTo(200);
      var token = browser.token("all");
      assertThat(new Client(fresh.uri()).get("/api/accounts", token).status()).isEqualTo(200);
    }
  }

  @Test
  void cookie_opensNoRouteOfTheApi_andAFormOfAnotherSiteIsRefused() {
    var browser = StaffBrowser.of(api, "cookie", "administrator", "");
    var cookie = Map.of("Cookie", "yikao_staff=" + browser.cookies().get("yikao_staff"));
    assertThat(api.send("GET", "/api/accounts", new byte[0], cookie).status()).isEqualTo(401);
    var form = Map.of("name", "x1", "fullName", "x", "role", "administrator");
    assertThat(browser.postRaw("/console/staff", form).status()).isEqualTo(403);
    var other = StaffBrowser.of(api, "cookie2", "administrator", "");
    var stolen = new HashMap<>(form);
    stolen.put(
        "form",
        other
            .get("/console/password")
            .body()
            .replaceAll("(?s).*?name=\"form\" value=\"([^\"]+)\".*", "$1"));
    assertThat(browser.postRaw("/console/staff", stolen).status()).isEqualTo(403);
    assertThat(browser.post("/console/staff", form).status()).isEqualTo(200);
  }

  @Test
  void session_endsWithSignOut_withAChangeElsewhere_andWithTime() {
    var first = StaffBrowser.of(api, "ends", "supervisor", "");
    var second = new StaffBrowser(api);
    assertThat(second.signIn("ends", StaffBrowser.PASSWORD).status()).isEqualTo(303);
    assertThat(second.get("/console").status()).isEqualTo(200);
    assertThat(first.changePassword(StaffBrowser.PASSWORD, "又换了一个 password 呀").status())
        .isEqualTo(303);
    assertThat(second.get("/console").status()).as("the other browser").isEqualTo(303);
    assertThat(first.get("/console").status()).as("this one").isEqualTo(200);
    var kept = first.cookies().get("yikao_staff");
    assertThat(first.post("/console/sign-out", Map.of()).status()).isEqualTo(303);
    first.cookies().put("yikao_staff", kept);
    assertThat(first.get("/console").status()).isEqualTo(303);
    assertThat(first.signIn("ends", "又换了一个 password 呀").status()).isEqualTo(303);
    service.context().getBean(TestClock.class).forward(Duration.ofHours(9));
    assertThat(first.get("/console").status()).as("idle").isEqualTo(303);
  }

  /** Whoever guesses waits; the owner's own browser does not. */
  @Test
  void guessing_isSlowedDown_andKeepsNobodyOut() {
    var owner = StaffBrowser.of(api, "guessed", "supervisor", "");
    owner.post("/console/sign-out", Map.of());
    var guesser = new StaffBrowser(api);
    var answers =
        IntStream.range(0, 8)
            .mapToObj(n -> guesser.signIn("guessed", "guess number " + n).status())
            .toList();
    assertThat(answers).startsWith(403, 403, 403, 403, 403).endsWith(429, 429);
    assertThat(guesser.signIn("guessed", StaffBrowser.PASSWORD).status())
        .as("also the right one, from where it was guessed")
        .isEqualTo(429);
    assertThat(owner.signIn("guessed", StaffBrowser.PASSWORD).status())
        .as("a browser that was here before")
        .isEqualTo(303);
  }

  @Test
  void unknownName_isAnsweredAsAWrongPassword() {
    var browser = new StaffBrowser(api);
    var unknown = browser.signIn("nobody-here", "whatever it is");
    assertThat(unknown.status()).isEqualTo(403);
    StaffBrowser.of(api, "somebody", "supervisor", "");
    assertThat(
            browser.signIn("somebody", "whatever it is").body().replace("somebody", "nobody-here"))
        .isEqualTo(unknown.body());
  }

  @Test
  void token_hasItsScope_itsEnd_andIsRevoked() {
    var browser = StaffBrowser.of(api, "tokens", "administrator", "");
    var read = browser.token("read");
    assertThat(api.get("/api/audit", read).status()).isEqualTo(200);
    assertThat(api.post("/api/bank/loads", "{}", read).status()).isEqualTo(403);
    var all = browser.token("all");
    assertThat(api.post("/api/bank/loads", "{}", all).status()).isEqualTo(200);
    var id = browser.get("/console/own").body().replaceAll("(?s).*/own/tokens/(\\d+)/rev.*", "$1");
    assertThat(browser.post("/console/own/tokens/%s/revocation".formatted(id), Map.of()).status())
        .isEqualTo(303);
    assertThat(api.get("/api/audit", all).status()).isEqualTo(403);
    assertThat(api.get("/api/audit", read).status()).as("the other one").isEqualTo(200);
    var stranger = StaffBrowser.of(api, "strangers", "administrator", "");
    stranger.token("read");
    var other =
        stranger.get("/console/own").body().replaceAll("(?s).*/own/tokens/(\\d+)/rev.*", "$1");
    assertThat(
            browser.post("/console/own/tokens/%s/revocation".formatted(other), Map.of()).status())
        .as("another's")
        .isEqualTo(404);
  }

  /** Whoever had the password may have made a token with it. */
  @Test
  void reset_endsSessionsAndTokens() {
    var browser = StaffBrowser.of(api, "reset", "administrator", "");
    var token = browser.token("all");
    assertThat(api.get("/api/audit", token).status()).isEqualTo(200);
    var reset =
        api.post(
            "/api/accounts/%s/password".formatted(account("reset").get("id")),
            "",
            TestService.editorToken());
    assertThat(reset.status()).as(reset.body()).isEqualTo(200);
    assertThat(api.get("/api/audit", token).status()).isEqualTo(403);
    assertThat(browser.get("/console").status()).isEqualTo(303);
    assertThat(browser.signIn("reset", StaffBrowser.PASSWORD).status()).isEqualTo(403);
    assertThat(browser.signIn("reset", reset.text("password")).status()).isEqualTo(303);
  }

  /** Whoever is at a browser that was left open does not get to guess without end. */
  @Test
  void guessingTheOwnPassword_isSlowedDown() {
    var browser = StaffBrowser.of(api, "own", "supervisor", "");
    var answers =
        IntStream.range(0, 8)
            .mapToObj(n -> browser.changePassword("guess number " + n, "又换了一个 呀 呀").status())
            .toList();
    assertThat(answers).startsWith(422, 422, 422, 422, 422).endsWith(429);
  }

  @Test
  void lastRole_cannotBeTakenAway() {
    StaffBrowser.of(api, "lastrole", "supervisor", "");
    var account = account("lastrole");
    var taken =
        api.put(
            "/api/accounts/%s/roles".formatted(account.get("id")),
            "{\"version\":%s,\"roles\":[]}".formatted(account.get("version")),
            TestService.editorToken());
    assertThat(taken.status()).isEqualTo(422);
    assertThat(taken.fields()).containsExactly("roles");
  }

  @Test
  void closedAccount_getsInNowhere() {
    var browser = StaffBrowser.of(api, "closed", "administrator", "");
    var token = browser.token("all");
    var account = account("closed");
    var body = "{\"version\":%s}".formatted(account.get("version"));
    var path = "/api/accounts/%s/closing".formatted(account.get("id"));
    assertThat(api.post(path, "{\"version\":99}", TestService.editorToken()).status())
        .isEqualTo(412);
    assertThat(api.post(path, body, TestService.editorToken()).status()).isEqualTo(200);
    assertThat(browser.get("/console").status()).isEqualTo(303);
    assertThat(api.get("/api/audit", token).status()).isEqualTo(403);
    assertThat(browser.signIn("closed", StaffBrowser.PASSWORD).status()).isEqualTo(403);
  }

  private static Map<String, String> account(String name) {
    var all = api.get("/api/accounts", TestService.editorToken()).json();
    for (var i = 0; i < all.size(); i++) {
      var one = all.get(i);
      if (one.get("name").getStringValue().equals(name)) {
        return Map.of(
            "id",
            one.get("id").getStringValue(),
            "version",
            Integer.toString(one.get("version").getIntValue()));
      }
    }
    throw new AssertionError(name);
  }

  @Test
  void whatStaffDoes_standsInTheLog_withoutNames() {
    StaffBrowser.of(api, "logged", "supervisor", "");
    var log = api.get("/api/audit?limit=20", TestService.editorToken());
    assertThat(log.body()).contains("account.create", "session.begin", "account.password");
    assertThat(log.body()).doesNotContain("logged", StaffBrowser.PASSWORD);
    assertThat(api.get("/api/audit/verification", TestService.editorToken()).body())
        .contains("\"whole\":true");
  }

  /** What somebody with the file of the database could use. */
  @Test
  void database_holdsNoPasswordAndNoToken() throws IOException {
    var data = Files.createTempDirectory("yikao-h2");
    String token;
    String session;
    try (var filed =
        TestService.start(
            Map.of(
                "yikao.bank",
                new SmallBank().root().toString(),
                "yikao.database.url",
                TestService.file(data)))) {
      var browser = StaffBrowser.of(new Client(filed.uri()), "stolen", "administrator", "");
      token = browser.token("all");
      session = browser.cookies().get("yikao_staff");
    }
    try (var files = Files.walk(data)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var held = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        assertThat(List.of(token, session, StaffBrowser.PASSWORD))
            .as(file.toString())
            .noneMatch(held::contains);
      }
    }
  }
}
