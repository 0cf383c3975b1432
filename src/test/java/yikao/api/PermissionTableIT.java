package yikao.api;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/**
 * The table of permissions: every route of the service, found in its router, with each role over an
 * organisation, about that organisation, one below it, the one above it and a foreign one. A route
 * that is added later fails this test until it stands here.
 */
final class PermissionTableIT {
  private static final String ADMINISTRATOR = "administrator";
  private static final String ORGANISER = "organiser";
  private static final String SECRETARY = "secretary";
  private static final String SUPERVISOR = "supervisor";
  private static final String EDITOR = "editor";
  private static final String REVIEWER = "reviewer";
  private static final List<String> ROLES =
      List.of(ADMINISTRATOR, ORGANISER, SECRETARY, SUPERVISOR, EDITOR, REVIEWER);

  /** Over everything, since the bank is one. */
  private static final Set<String> OF_BANK = Set.of(EDITOR, REVIEWER);

  /** What a route is about. */
  private enum About {
    /** A quiz of an organisation, or an attempt at it. */
    QUIZ,
    /** An account with a role over an organisation. */
    ACCOUNT,
    /** An organisation, or a member of it. */
    ORGANISATION,
    /** An organisation of which a part is to stand beside it. */
    PART_OF,
    /** Nothing of an organisation: it takes the role anywhere. */
    ANYWHERE,
    /** The service as a whole: it takes the role over everything. */
    EVERYTHING
  }

  /** Who may. */
  private record Rule(About about, Set<String> roles) {}

  private static Rule rule(About about, String... roles) {
    return new Rule(about, Set.of(roles));
  }

  private static final Rule ORGANISERS = rule(About.QUIZ, ADMINISTRATOR, ORGANISER);
  private static final Rule READERS = rule(About.QUIZ, ADMINISTRATOR, ORGANISER, SUPERVISOR);
  private static final Rule READERS_ANYWHERE =
      rule(About.ANYWHERE, ADMINISTRATOR, ORGANISER, SUPERVISOR);
  private static final Rule KEEPERS = rule(About.ACCOUNT, ADMINISTRATOR);
  private static final Rule KEEPERS_ANYWHERE = rule(About.ANYWHERE, ADMINISTRATOR);
  private static final Rule LOG = rule(About.EVERYTHING, ADMINISTRATOR, SUPERVISOR);
  private static final Rule EVERYBODY_OF_STAFF = rule(About.ANYWHERE, ROLES.toArray(String[]::new));

  private static final Rule TREE = rule(About.ORGANISATION, ADMINISTRATOR);
  private static final Rule MEMBERS = rule(About.ORGANISATION, ADMINISTRATOR, SECRETARY);
  private static final Rule INSIDE =
      rule(About.ORGANISATION, ADMINISTRATOR, ORGANISER, SECRETARY, SUPERVISOR);
  private static final Rule RUNNERS = rule(About.ORGANISATION, ADMINISTRATOR, ORGANISER, SECRETARY);
  private static final Rule IMPORTERS = rule(About.ANYWHERE, ADMINISTRATOR, SECRETARY);
  private static final Rule INSIDE_ANYWHERE =
      rule(About.ANYWHERE, ADMINISTRATOR, ORGANISER, SECRETARY, SUPERVISOR);

  private static final Rule ASKERS = rule(About.ORGANISATION, ADMINISTRATOR, SECRETARY, SUPERVISOR);

  private static final Map<String, Rule> API =
      Map.ofEntries(
          entry("POST /api/organisations", TREE),
          entry("PUT /api/organisations/{code}", TREE),
          entry("POST /api/organisations/{code}/move", TREE),
          entry("POST /api/organisations/{code}/merge", TREE),
          entry("POST /api/organisations/{code}/split", TREE),
          entry("POST /api/organisations/{code}/closing", TREE),
          entry("POST /api/organisations/{code}/reopening", TREE),
          entry("GET /api/organisations/{code}/history", INSIDE),
          entry("GET /api/questionnaires", INSIDE_ANYWHERE),
          entry("POST /api/questionnaires", RUNNERS),
          entry("GET /api/questionnaires/{id}", INSIDE),
          entry("PUT /api/questionnaires/{id}", RUNNERS),
          entry("DELETE /api/questionnaires/{id}", RUNNERS),
          entry("POST /api/questionnaires/{id}/opening", RUNNERS),
          entry("POST /api/questionnaires/{id}/prolongation", RUNNERS),
          entry("POST /api/questionnaires/{id}/closing", RUNNERS),
          entry("GET /api/questionnaires/{id}/results", INSIDE),
          entry("GET /api/questionnaires/{id}/results/table", INSIDE),
          entry("GET /api/questionnaires/{id}/sheets/table", INSIDE),
          entry("GET /api/sittings", INSIDE_ANYWHERE),
          entry("POST /api/sittings", RUNNERS),
          entry("GET /api/sittings/{id}", INSIDE),
          entry("GET /api/sittings/{id}/state", INSIDE),
          entry("GET /api/sittings/{id}/account", INSIDE),
          entry("POST /api/sittings/{id}/prolongation", RUNNERS),
          entry("POST /api/sittings/{id}/end", RUNNERS),
          entry("PUT /api/sittings/{id}/attendance", RUNNERS),
          entry("POST /api/sittings/{id}/confirmation", RUNNERS),
          entry("GET /api/members", INSIDE),
          entry("POST /api/members", MEMBERS),
          entry("GET /api/members/{id}", INSIDE),
          entry("PUT /api/members/{id}", MEMBERS),
          entry("POST /api/members/{id}/move", MEMBERS),
          entry("POST /api/members/{id}/state", MEMBERS),
          entry("GET /api/members/{id}/history", INSIDE),
          entry("GET /api/members/{id}/record", MEMBERS),
          entry("POST /api/members/{id}/erasure", MEMBERS),
          entry("GET /api/exports/members", INSIDE),
          entry("GET /api/exports/organisations", INSIDE_ANYWHERE),
          entry("GET /api/ledger/{code}", INSIDE),
          entry("GET /api/ledger/{code}/people", INSIDE),
          entry("GET /api/ledger/{code}/table", INSIDE),
          entry("GET /api/ledger/{code}/people/table", INSIDE),
          entry("GET /api/ledger-exports", INSIDE_ANYWHERE),
          entry("GET /api/templates/{kind}", INSIDE_ANYWHERE),
          entry("POST /api/imports/{kind}", IMPORTERS),
          entry("GET /api/imports/{id}", IMPORTERS),
          entry("GET /api/imports/{id}/rows", IMPORTERS),
          entry("POST /api/imports/{id}/confirmation", IMPORTERS),
          entry("GET /api/accounts", KEEPERS_ANYWHERE),
          entry("POST /api/accounts", KEEPERS_ANYWHERE),
          entry("GET /api/accounts/{id}", KEEPERS),
          entry("PUT /api/accounts/{id}/roles", KEEPERS),
          entry("POST /api/accounts/{id}/closing", KEEPERS),
          entry("POST /api/accounts/{id}/reopening", KEEPERS),
          entry("POST /api/accounts/{id}/password", KEEPERS),
          entry("GET /api/audit", LOG),
          entry("GET /api/audit/verification", LOG),
          entry("POST /api/backups", rule(About.EVERYTHING, ADMINISTRATOR)),
          entry("POST /api/bank/loads", rule(About.EVERYTHING, ADMINISTRATOR, EDITOR)),
          entry(
              "GET /api/questions/{id}",
              rule(About.ANYWHERE, ADMINISTRATOR, ORGANISER, EDITOR, REVIEWER)),
          // one's own, and all of them for whoever operates the service; to others there is none
          entry("GET /api/jobs/{id}", rule(About.EVERYTHING, ADMINISTRATOR)),
          entry("GET /api/jobs/{id}/result", rule(About.EVERYTHING, ADMINISTRATOR)),
          entry("PUT /api/organisations", rule(About.EVERYTHING, ADMINISTRATOR)),
          entry("POST /api/quizzes", rule(About.ANYWHERE, ADMINISTRATOR, ORGANISER)),
          entry("GET /api/quizzes/{quiz}/content", READERS),
          entry("PUT /api/quizzes/{quiz}", ORGANISERS),
          entry("GET /api/quizzes/{quiz}/attempts", READERS),
          entry("GET /api/quizzes/{quiz}/amendments", READERS),
          entry("POST /api/quizzes/{quiz}/amendments", ORGANISERS),
          entry("POST /api/quizzes/{quiz}/amendments/preview", ORGANISERS),
          entry("POST /api/quizzes/{quiz}/amendments/{number}/withdrawal", ORGANISERS),
          entry("POST /api/quizzes/{quiz}/extensions", ORGANISERS),
          entry("POST /api/quizzes/{quiz}/closing", ORGANISERS),
          entry("GET /api/quizzes/{quiz}/roster", READERS),
          entry("POST /api/quizzes/{quiz}/roster/additions", ORGANISERS),
          entry("POST /api/quizzes/{quiz}/roster/removals", ORGANISERS),
          entry("GET /api/sittings/{sitting}/papers", RUNNERS),
          entry("POST /api/sittings/{sitting}/papers", RUNNERS),
          entry("GET /api/sittings/{sitting}/papers/{number}", RUNNERS),
          entry("PUT /api/sittings/{sitting}/papers/{number}", RUNNERS),
          entry("POST /api/sittings/{sitting}/papers/{number}/withdrawal", RUNNERS),
          entry("GET /api/organisations/{code}/opening", INSIDE),
          entry("POST /api/organisations/{code}/opening/answers", RUNNERS),
          entry("GET /api/spot-questions", INSIDE),
          entry("POST /api/spot-questions", ASKERS),
          entry("GET /api/spot-questions/{id}", INSIDE),
          entry("PUT /api/spot-questions/{id}/mark", ASKERS),
          // by whoever organises the quiz, or keeps the list that the member is on
          entry(
              "POST /api/attempts/{id}/release",
              rule(About.QUIZ, ADMINISTRATOR, ORGANISER, SECRETARY)),
          entry("POST /api/attempts/{id}/corrections", ORGANISERS),
          entry("POST /api/attempts/{id}/annulment", ORGANISERS),
          entry("PUT /api/attempts/{id}/marks/{number}", ORGANISERS),
          // a participant's own, which staff may look at
          entry("GET /api/attempts/{id}", READERS),
          entry("GET /api/attempts/{id}/review", READERS));

  private static final Map<String, Rule> CONSOLE =
      Map.ofEntries(
          entry("GET /console", EVERYBODY_OF_STAFF),
          entry("GET /console/own", EVERYBODY_OF_STAFF),
          entry("GET /console/password", EVERYBODY_OF_STAFF),
          entry("POST /console/password", EVERYBODY_OF_STAFF),
          entry("POST /console/own/tokens", EVERYBODY_OF_STAFF),
          entry("POST /console/own/tokens/{id}/revocation", EVERYBODY_OF_STAFF),
          entry("POST /console/own/sessions/{id}/end", EVERYBODY_OF_STAFF),
          entry("GET /console/staff", KEEPERS_ANYWHERE),
          entry("POST /console/staff", KEEPERS_ANYWHERE),
          entry("GET /console/staff/{id}", KEEPERS),
          entry("POST /console/staff/{id}/roles", KEEPERS),
          entry("POST /console/staff/{id}/closing", KEEPERS),
          entry("POST /console/staff/{id}/reopening", KEEPERS),
          entry("POST /console/staff/{id}/password", KEEPERS),
          entry("GET /console/organisations", INSIDE_ANYWHERE),
          entry("POST /console/organisations", TREE),
          entry("GET /console/organisations/{code}", INSIDE),
          entry("POST /console/organisations/{code}/edit", TREE),
          entry("POST /console/organisations/{code}/move", TREE),
          entry("POST /console/organisations/{code}/merge", TREE),
          // what is split off stands beside, and so below the one above
          entry("POST /console/organisations/{code}/split", rule(About.PART_OF, ADMINISTRATOR)),
          entry("POST /console/organisations/{code}/closing", TREE),
          entry("POST /console/organisations/{code}/reopening", TREE),
          entry("GET /console/questionnaires", INSIDE_ANYWHERE),
          entry("POST /console/questionnaires", RUNNERS),
          entry("GET /console/questionnaires/{id}", INSIDE),
          entry("POST /console/questionnaires/{id}", RUNNERS),
          entry("POST /console/questionnaires/{id}/opening", RUNNERS),
          entry("POST /console/questionnaires/{id}/prolongation", RUNNERS),
          entry("POST /console/questionnaires/{id}/closing", RUNNERS),
          entry("POST /console/questionnaires/{id}/deletion", RUNNERS),
          entry("GET /console/questionnaires/{id}/results/table", INSIDE),
          entry("GET /console/questionnaires/{id}/sheets/table", INSIDE),
          entry("GET /console/sittings", INSIDE_ANYWHERE),
          entry("POST /console/sittings", RUNNERS),
          entry("GET /console/sittings/{id}", INSIDE),
          entry("GET /console/sittings/{id}/state", INSIDE),
          entry("GET /console/sittings/{id}/screen", INSIDE),
          entry("GET /console/sittings/{id}/account", INSIDE),
          entry("GET /console/sittings/{id}/account/table", INSIDE),
          entry("POST /console/sittings/{id}/prolongation", RUNNERS),
          entry("POST /console/sittings/{id}/end", RUNNERS),
          entry("POST /console/sittings/{id}/attendance", RUNNERS),
          entry("POST /console/sittings/{id}/confirmation", RUNNERS),
          entry("GET /console/members", INSIDE),
          entry("POST /console/members", MEMBERS),
          entry("GET /console/members/{id}", INSIDE),
          entry("POST /console/members/{id}/phone", MEMBERS),
          entry("POST /console/members/{id}/edit", MEMBERS),
          entry("POST /console/members/{id}/move", MEMBERS),
          entry("POST /console/members/{id}/state", MEMBERS),
          entry("POST /console/members/{id}/record", MEMBERS),
          entry("POST /console/members/{id}/erasure", MEMBERS),
          entry("GET /console/quizzes", READERS_ANYWHERE),
          entry("GET /console/quizzes/{quiz}", READERS),
          entry("GET /console/exports/quizzes", READERS_ANYWHERE),
          entry("GET /console/exports/staff", KEEPERS_ANYWHERE),
          entry("GET /console/exports/tokens", EVERYBODY_OF_STAFF),
          entry("GET /console/exports/sessions", EVERYBODY_OF_STAFF),
          entry("GET /console/exports/audit", LOG),
          entry("GET /console/exports/members", INSIDE),
          entry("GET /console/exports/organisations", INSIDE_ANYWHERE),
          entry("GET /console/ledger", INSIDE_ANYWHERE),
          entry("GET /console/ledger/{code}", INSIDE),
          entry("GET /console/ledger/{code}/overview", INSIDE),
          entry("GET /console/ledger/{code}/people", INSIDE),
          entry("GET /console/ledger/{code}/table", INSIDE),
          entry("GET /console/ledger/{code}/people/table", INSIDE),
          entry("GET /console/ledger-exports", INSIDE_ANYWHERE),
          entry("GET /console/templates/{kind}", INSIDE_ANYWHERE),
          entry("GET /console/imports", IMPORTERS),
          entry("POST /console/imports", IMPORTERS),
          entry("GET /console/imports/{id}", IMPORTERS),
          entry("POST /console/imports/{id}/confirmation", IMPORTERS),
          entry("GET /console/sittings/{sitting}/papers", RUNNERS),
          entry("POST /console/sittings/{sitting}/papers", RUNNERS),
          entry("GET /console/sittings/{sitting}/papers/print", RUNNERS),
          entry("GET /console/sittings/{sitting}/papers/{number}", RUNNERS),
          entry("POST /console/sittings/{sitting}/papers/{number}", RUNNERS),
          entry("POST /console/sittings/{sitting}/papers/{number}/entry", RUNNERS),
          entry("POST /console/sittings/{sitting}/papers/{number}/withdrawal", RUNNERS),
          entry("GET /console/organisations/{code}/opening", INSIDE),
          entry("POST /console/organisations/{code}/opening", RUNNERS),
          entry("GET /console/spot-questions", INSIDE),
          entry("POST /console/spot-questions", ASKERS),
          entry("GET /console/spot-questions/{id}", INSIDE),
          entry("POST /console/spot-questions/{id}/mark", ASKERS),
          entry("GET /console/audit", LOG));

  /** For everybody, or for whoever takes an attempt; other tests hold what these show. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /",
          "GET /own",
          "GET /guest",
          "POST /guest",
          "GET /type",
          "GET /language",
          "GET /privacy",
          "GET /console/sign-in",
          "POST /console/sign-in",
          "POST /console/sign-out",
          "GET /q/{id}",
          "POST /q/{id}",
          "GET /q/{id}/receipt",
          "GET /api/questionnaires/{id}/sheet",
          "POST /api/questionnaires/{id}/sheet",
          "GET /s",
          "GET /s/{code}",
          "POST /s/{code}",
          "POST /api/sittings/join",
          "GET /api/areas",
          "GET /api/organisations",
          "GET /api/organisations/{code}",
          "GET /api/quizzes",
          "GET /api/quizzes/{quiz}",
          "POST /api/quizzes/{quiz}/attempts",
          "GET /api/quizzes/{quiz}/leaderboard",
          "GET /api/quizzes/{quiz}/leaderboard/me",
          "PUT /api/attempts/{id}/responses/{number}",
          "PUT /api/attempts/{id}/participant",
          "POST /api/attempts/{id}/submission");

  /** The organisations, as an account over OWN sees them. */
  private static final List<String> PLACES = List.of("OWN", "CHILD", "PARENT", "FOREIGN");

  private static final Set<String> WITHIN = Set.of("OWN", "CHILD");

  private static TestService service;
  private static Client api;
  private static final Map<String, StaffBrowser> BROWSERS = new HashMap<>();
  private static final Map<String, String> ACCOUNTS = new HashMap<>();
  private static final Map<String, String> TOKENS = new HashMap<>();
  private static final Map<String, String> QUIZZES = new HashMap<>();
  private static final Map<String, String> ATTEMPTS = new HashMap<>();
  private static final Map<String, String> SITTINGS = new HashMap<>();
  private static final Map<String, String> MEMBERS_OF = new HashMap<>();
  private static final Map<String, String> ATTEMPTS_OF_MEMBERS = new HashMap<>();
  private static final Map<String, String> SPOTS = new HashMap<>();
  private static final Map<String, String> QUESTIONNAIRES = new HashMap<>();

  @BeforeAll
  static void start() throws IOException {
    service = TestService.start(Map.of("yikao.bank", new SmallBank().root().toString()));
    api = new Client(service.uri());
    var imported =
        service.edit(
            "PUT",
            "/api/organisations",
            "code,name,parent\nTOP,市委,\nPARENT,街道党工委,TOP\nOWN,社区党委,PARENT\n"
                + "CHILD,第一党支部,OWN\nFOREIGN,第一党支部,TOP\n");
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
    for (var role : ROLES) {
      var browser = StaffBrowser.of(api, role, role, OF_BANK.contains(role) ? "" : "OWN");
      BROWSERS.put(role, browser);
      TOKENS.put(role, browser.token("all"));
    }
    for (var place : PLACES) {
      var quiz =
          api.quiz(
              """
              {"title":"%s","organisation":"%1$s","documents":["three"],
                "sections":[{"type":"single","count":1,"points":1}]}\
              """
                  .formatted(place));
      QUIZZES.put(place, quiz);
      var started = api.start(quiz, UUID.randomUUID().toString(), "王小明", "CHILD");
      assertThat(started.status()).as(started.body()).isEqualTo(201);
      api.submit(started, "{}");
      ATTEMPTS.put(place, started.text("id"));
      var member =
          api.post(
              "/api/members",
              "{\"name\":\"王小明\",\"organisation\":\"%s\",\"reason\":\"登记\"}".formatted(place),
              TestService.editorToken());
      assertThat(member.status()).as(member.body()).isEqualTo(201);
      MEMBERS_OF.put(place, member.text("id"));
      ATTEMPTS_OF_MEMBERS.put(place, attemptOfMember(place));
      var sitting =
          api.post(
              "/api/sittings",
              """
              {"organisation":"%s","area":"charter","questions":5,"minutes":60,"host":"甲"}\
              """
                  .formatted(place),
              TestService.editorToken());
      assertThat(sitting.status()).as(sitting.body()).isEqualTo(201);
      SITTINGS.put(place, sitting.text("id"));
      SPOTS.put(place, spotQuestion(place));
      var questionnaire =
          api.post(
              "/api/questionnaires",
              "{\"organisation\":\"%s\",\"title\":\"问卷\",\"anonymous\":false}".formatted(place),
              TestService.editorToken());
      assertThat(questionnaire.status()).as(questionnaire.body()).isEqualTo(201);
      QUESTIONNAIRES.put(place, questionnaire.text("id"));
    }
  }

  private static String spotQuestion(String place) {
    var asked =
        api.post(
            "/api/spot-questions",
            "{\"member\":\"%s\",\"area\":\"charter\",\"count\":1}".formatted(MEMBERS_OF.get(place)),
            TestService.editorToken());
    assertThat(asked.status()).as(asked.body()).isEqualTo(201);
    return asked.json().get(0).get("id").getStringValue();
  }

  private static String attemptOfMember(String place) {
    var quiz =
        api.quiz(
            """
            {"title":"%s","organisation":"%1$s","entry":"members","documents":["three"],
              "sections":[{"type":"single","count":1,"points":1}]}\
            """
                .formatted(place));
    var started = api.start(quiz, UUID.randomUUID().toString(), "王小明", place);
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    return started.text("id");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Set<String> routes() {
    var routes = new TreeSet<String>();
    service
        .context()
        .getBean(Router.class)
        .uriRoutes()
        .filter(
            r -> r.getHttpMethod() != HttpMethod.HEAD && r.getHttpMethod() != HttpMethod.OPTIONS)
        .map(r ->
            r.getHttpMethod()
                + " "
                + r.getUriMatchTemplate().toString().replaceAll("\\{[?].*}", ""))
        .forEach(routes::add);
    return routes;
  }

  /** Pages of participants, of the framework, and static files. */
  private static boolean isElsewhere(String route) {
    return route.matches("(GET|POST) /(attempts|quizzes|assets|swagger|health|prometheus)\\b.*");
  }

  @Test
  void everyRoute_standsInTheTable() {
    var known = new TreeSet<>(API.keySet());
    known.addAll(CONSOLE.keySet());
    known.addAll(OPEN);
    assertThat(routes()).filteredOn(r -> !isElsewhere(r)).isSubsetOf(known);
    var gone = new TreeSet<>(API.keySet());
    gone.addAll(CONSOLE.keySet());
    assertThat(routes()).containsAll(gone);
  }

  @Test
  void api_letsThoseThroughWhoMay_andNobodyElse() {
    var wrong = new TreeMap<String, String>();
    API.forEach((route, rule) -> {
      for (var role : ROLES) {
        for (var place : places(rule)) {
          var reply = call(route, place, Client.bearer(TOKENS.get(role)), role);
          check(wrong, route, role, place, rule, reply);
        }
      }
    });
    assertThat(wrong).isEmpty();
  }

  @Test
  void console_letsThoseThroughWhoMay_andNobodyElse() {
    var wrong = new TreeMap<String, String>();
    CONSOLE.forEach((route, rule) -> {
      for (var role : ROLES) {
        for (var place : places(rule)) {
          var path = path(route, place, role + " of the console");
          var browser = BROWSERS.get(role);
          var reply =
              route.startsWith("GET") ? browser.get(path) : browser.post(path, form(route, place));
          check(wrong, route, role, place, rule, reply);
        }
      }
    });
    assertThat(wrong).isEmpty();
  }

  /** A token that may only read changes nothing, whatever its owner may do. */
  @Test
  void tokenForReading_changesNothing() {
    var token = StaffBrowser.of(api, "reading", ADMINISTRATOR, "").token("read");
    var wrong = new TreeMap<String, Integer>();
    for (var route : API.keySet()) {
      // to look at what would be changed is reading
      if (!route.startsWith("GET") && !route.endsWith("/preview")) {
        var status = call(route, "OWN", Client.bearer(token), "reading").status();
        if (status != 403 && status != 404) {
          wrong.put(route, status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Without a session the console leads to where one signs in, and does nothing. */
  @Test
  void console_leadsStrangersToTheSignIn() {
    for (var route : CONSOLE.keySet()) {
      var path = path(route, "OWN", "strangers");
      var stranger = new StaffBrowser(api);
      var reply =
          route.startsWith("GET") ? stranger.get(path) : stranger.postRaw(path, Map.of("x", "y"));
      assertThat(reply.status()).as(route).isEqualTo(303);
      assertThat(reply.headers().get("location").getFirst()).as(route).contains("/console/sign-in");
    }
  }

  private static List<String> places(Rule rule) {
    return switch (rule.about()) {
      case QUIZ, ACCOUNT, ORGANISATION, PART_OF -> PLACES;
      case ANYWHERE, EVERYTHING -> List.of("OWN");
    };
  }

  private static boolean isAllowed(Rule rule, String role, String place) {
    if (!rule.roles().contains(role)) {
      return false;
    }
    return switch (rule.about()) {
      case ANYWHERE -> true;
      case EVERYTHING -> OF_BANK.contains(role);
      case QUIZ, ACCOUNT, ORGANISATION -> WITHIN.contains(place);
      case PART_OF -> place.equals("CHILD");
    };
  }

  private static void check(
      Map<String, String> wrong, String route, String role, String place, Rule rule, Reply reply) {
    var isHidden = rule.about() == About.ACCOUNT || route.contains("/api/jobs/");
    var refused =
        reply.status() == 401
            || reply.status() == 403
            || (isHidden && reply.status() == 404)
            || (reply.status() == 303
                && reply.headers().get("location").getFirst().contains("sign-in"));
    var isFault = reply.status() >= 500;
    if (isFault || refused == isAllowed(rule, role, place)) {
      wrong.put(
          "%s as %s about %s".formatted(route, role, place),
          reply.status() + " " + reply.body().lines().limit(1).findFirst().orElse(""));
    }
  }

  private static Reply call(
      String route, String place, Map<String, String> credentials, String role) {
    var headers = new HashMap<>(credentials);
    headers.put(
        "Content-Type",
        List.of("PUT /api/organisations", "POST /api/imports/{kind}").contains(route)
            ? "text/csv"
            : "application/json");
    var method = route.substring(0, route.indexOf(' '));
    var body = method.equals("GET") ? "" : body(route, place);
    return api.send(
        method, path(route, place, role), body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Where nothing is wrong with the rights, something else is, so that nothing changes. */
  private static String body(String route, String place) {
    return switch (route) {
      case "POST /api/quizzes", "PUT /api/quizzes/{quiz}" ->
          "{\"title\":\"\",\"organisation\":\"OWN\"}";
      case "POST /api/organisations",
          "POST /api/organisations/{code}/move",
          "POST /api/organisations/{code}/split" ->
          "{\"parent\":\"%s\"}".formatted(place);
      case "POST /api/organisations/{code}/merge" -> "{\"target\":\"%s\"}".formatted(place);
      case "POST /api/members", "POST /api/sittings", "POST /api/questionnaires" ->
          "{\"organisation\":\"%s\"}".formatted(place);
      case "POST /api/spot-questions" ->
          "{\"member\":\"%s\",\"count\":0}".formatted(MEMBERS_OF.get(place));
      default -> "{}";
    };
  }

  /** The same of a form of the console. */
  private static Map<String, String> form(String route, String place) {
    return switch (route) {
      case "POST /console/organisations", "POST /console/organisations/{code}/move" ->
          Map.of("parent", place);
      case "POST /console/organisations/{code}/merge" -> Map.of("target", place);
      case "POST /console/members",
          "POST /console/members/{id}/move",
          "POST /console/questionnaires",
          "POST /console/sittings" ->
          Map.of("organisation", place);
      case "POST /console/spot-questions" -> Map.of("member", MEMBERS_OF.get(place));
      default -> Map.of("x", "y");
    };
  }

  private static String path(String route, String place, String who) {
    var path = route.substring(route.indexOf(' ') + 1);
    if (path.contains("/accounts/") || path.contains("/staff/")) {
      var mayChangeIt = KEEPERS.roles().stream().anyMatch(who::startsWith);
      var unique = mayChangeIt ? who + path + route : "";
      path =
          path.replace(
              "{id}", ACCOUNTS.computeIfAbsent(place + unique, name -> account(place, name)));
    }
    if (path.matches("/(api|console)/((exports/)?members|spot-questions)")
        && !route.equals("POST /api/spot-questions")
        && !route.equals("POST /console/spot-questions")) {
      return path + "?organisation=" + place;
    }
    return path.replace("{quiz}", QUIZZES.get(place))
        .replace("{code}", place)
        .replace("{sitting}", SITTINGS.get(place))
        .replace("{kind}", "members")
        .replace("{number}", "1")
        .replace("{id}", id(path, place));
  }

  private static String id(String path, String place) {
    if (path.endsWith("/release")) {
      return ATTEMPTS_OF_MEMBERS.get(place);
    }
    if (path.contains("/attempts/")) {
      return ATTEMPTS.get(place);
    }
    if (path.contains("/questionnaires/")) {
      return QUESTIONNAIRES.get(place);
    }
    if (path.contains("/sittings/")) {
      return SITTINGS.get(place);
    }
    if (path.contains("/members/")) {
      return MEMBERS_OF.get(place);
    }
    if (path.contains("/spot-questions/")) {
      return SPOTS.get(place);
    }
    if (path.contains("/questions/")) {
      return "01-three-001";
    }
    return path.startsWith("/console/own/") ? "999999" : UUID.randomUUID().toString();
  }

  /** A fresh account for each who may change it, since what is done to it may stay. */
  private static String account(String place, String unique) {
    var name = "a" + Integer.toHexString(unique.hashCode());
    var made =
        api.post(
            "/api/accounts",
            """
            {"name":"%s","fullName":"甲","roles":[{"role":"secretary","organisation":"%s"}]}\
            """
                .formatted(name, place),
            TestService.editorToken());
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  /** The table is of use only where it can fail: what is allowed to nobody is not all it has. */
  @Test
  void table_hasBothAnswers() {
    var allowed = new ArrayList<String>();
    var refused = new ArrayList<String>();
    API.forEach((route, rule) -> {
      for (var role : ROLES) {
        for (var place : places(rule)) {
          (isAllowed(rule, role, place) ? allowed : refused).add(route);
        }
      }
    });
    assertThat(allowed).hasSizeGreaterThan(50);
    assertThat(refused).hasSizeGreaterThan(100);
  }
}
