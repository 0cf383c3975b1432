package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/**
 * Who may not, learns nothing: walks every route that changes something, with credentials that are
 * not for it, and is told the same whatever is sent. A route that is added later is walked too.
 */
final class StrangersIT {
  /** What anybody may do. */
  private static final Set<String> OPEN =
      Set.of(
          "POST /api/quizzes/{quiz}/attempts",
          "POST /api/sittings/join",
          "POST /api/questionnaires/{id}/sheet",
          "POST /q/{id}",
          "POST /s/{code}",
          "POST /quizzes/{quiz}/attempts",
          "POST /guest",
          "POST /console/sign-in");

  private static final List<String> BODIES =
      List.of(
          "{}",
          "{\"sequence\":1,\"choices\":[\"A\"]}",
          "{\"sequence\":1,\"text\":[\"三分之二\"]}",
          "{\"sequence\":1,\"choices\":[\"A\",\"Z\",\"Z\"]}",
          "{\"sequence\":-1}",
          "{\"sequence\":\"x\",\"nothing\":1}",
          "{\"responses\":[{\"number\":1,\"sequence\":1,\"choices\":[\"A\"]}]}",
          "{\"responses\":[{\"number\":1,\"sequence\":1,\"text\":[\"x\"]}]}",
          "{\"name\":\"王小明\",\"branch\":\"一支部\"}",
          "{\"name\":\"\",\"branch\":\"\"}",
          "{\"reason\":\"x\",\"version\":0,\"points\":1}",
          "{broken",
          "[]");

  private static final List<String> FORMS =
      List.of(
          "do=save",
          "d1=x&a1=A&do=save",
          "d1=x&a1=Z&do=save",
          "d3=x&a3=" + "a".repeat(300),
          "name=%E7%8E%8B&branch=1",
          "name=&branch=");

  private static TestService service;
  private static Client api;
  private static String quiz;
  private static Reply running;
  private static Map<String, Map<String, String>> strangers;

  @BeforeAll
  static void start() {
    service = TestService.start(Map.of());
    api = new Client(service.uri());
    quiz =
        api.quiz(
            """
            {"title":"外人","listed":false,"sections":[
              {"type":"single","count":1,"points":1},{"type":"multiple","count":1,"points":1},
              {"type":"blank","count":1,"points":1},{"type":"essay","count":1,"points":1}]}\
            """);
    running = api.start(quiz);
    assertThat(api.save(running, 1, "{\"sequence\":7,\"choices\":[\"A\"]}").status())
        .isEqualTo(204);
    var key = UUID.randomUUID().toString();
    var old = api.start(quiz, key, "甲", "一");
    var other = api.start(quiz, key, "甲", "一");
    strangers =
        Map.of(
            "another's token", Client.bearer(other.text("token")),
            "a dead token", Client.bearer(old.text("token")),
            "a junk token", Client.bearer("1111111111111111"),
            "no token of ours", Map.of("Authorization", "Basic eDp5"),
            "another's cookie", cookie(),
            "nothing", Map.of());
  }

  private static Map<String, String> cookie() {
    var begun =
        api.send(
            "POST",
            "/quizzes/%s/attempts".formatted(quiz),
            "name=a&branch=b",
            Map.of("Content-Type", "application/x-www-form-urlencoded"));
    var cookie = begun.headers().get("set-cookie").getFirst();
    return Map.of("Cookie", cookie.replaceAll(";.*", ""));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Set<String> routes(HttpMethod... methods) {
    var routes = new TreeSet<String>();
    service
        .context()
        .getBean(Router.class)
        .uriRoutes()
        .filter(r -> Set.of(methods).contains(r.getHttpMethod()))
        .map(r ->
            r.getHttpMethod()
                + " "
                + r.getUriMatchTemplate().toString().replaceAll("\\{[?].*}", ""))
        // the console leads strangers to where one signs in: see PermissionTableIT
        .filter(route -> !OPEN.contains(route) && !route.contains(" /console"))
        .forEach(routes::add);
    return routes;
  }

  private static String path(String route, String quizCode, String id, int number) {
    return route
        .split(" ", 2)[1]
        .replace("{quiz}", quizCode)
        .replace("{id}", id)
        .replace("{code}", "T")
        .replace("{kind}", "members")
        .replace("{sitting}", "6d0a3b6e-3c3a-4f5e-9f1e-0a1b2c3d4e5f")
        .replace("{number}", Integer.toString(number));
  }

  private static String path(String route, int number) {
    return path(route, quiz, running.text("id"), number);
  }

  private static Reply call(String method, String path, String body, Map<String, String> who) {
    var headers = new HashMap<>(who);
    if (!body.isEmpty()) {
      headers.put(
          "Content-Type",
          (method.equals("PUT") && path.equals("/api/organisations"))
                  || path.matches("/api/imports/[a-z]+")
              ? "text/csv"
              : path.startsWith("/api/")
                  ? "application/json"
                  : "application/x-www-form-urlencoded");
    }
    return api.send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** What one is told, but for the address that was asked. */
  private static String told(Reply reply, String path) {
    return reply.status() + " " + reply.body().replace(path, "");
  }

  private static List<String> bodies(String route) {
    return route.contains(" /api/") ? BODIES : FORMS;
  }

  @Test
  void whateverTheBody_theAnswerIsTheSame() {
    var routes = routes(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    assertThat(routes)
        .contains(
            "PUT /api/attempts/{id}/responses/{number}",
            "POST /api/attempts/{id}/submission",
            "PUT /api/attempts/{id}/participant",
            "POST /attempts/{id}",
            "POST /api/quizzes");
    for (var route : routes) {
      var method = route.split(" ", 2)[0];
      strangers.forEach((who, headers) -> {
        var answers = new TreeSet<String>();
        for (var number : List.of(1, 3, 4, 99)) {
          if (number == 1 || route.contains("{number}")) {
            var path = path(route, number);
            bodies(route).forEach(b -> answers.add(told(call(method, path, b, headers), path)));
          }
        }
        assertThat(answers).as("%s with %s", route, who).hasSize(1);
        assertThat(answers.first()).as("%s with %s", route, who).matches("(?s)40[13] .*");
      });
    }
    var state = api.get("/api/attempts/" + running.text("id"), running.text("token"));
    assertThat(state.text("state")).isEqualTo("running");
    assertThat(state.json().get("saved").size()).isEqualTo(1);
  }

  /** Of what editors alone may see, nobody else is told whether it is there. */
  @Test
  void whatIsForEditors_isTheSameWhetherItIsThereOrNot() {
    var seen = new ArrayList<String>();
    for (var route :
        routes(
            HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)) {
      var method = route.split(" ", 2)[0];
      var body = method.equals("GET") ? "" : "{}";
      var id = route.contains("/questions/") ? "01-constitution-001" : running.text("id");
      var there = path(route, quiz, id, 1);
      if (!route.contains("/api/") || !route.contains("{")) {
        continue;
      }
      if (!isForEditors(call(method, there, body, Map.of()))) {
        continue;
      }
      seen.add(route);
      var none = route.contains("/questions/") ? "01-no-such-999" : UUID.randomUUID().toString();
      var missing = path(route, "zzzzzzzzzz", none, 999);
      strangers.forEach((who, headers) ->
          assertThat(told(call(method, missing, body, headers), missing))
              .as("%s with %s", route, who)
              .isEqualTo(told(call(method, there, body, headers), there)));
    }
    assertThat(seen)
        .contains(
            "GET /api/questions/{id}",
            "GET /api/jobs/{id}",
            "GET /api/quizzes/{quiz}/attempts",
            "PUT /api/attempts/{id}/marks/{number}",
            "POST /api/quizzes/{quiz}/closing");
  }

  private static boolean isForEditors(Reply reply) {
    return reply.status() == 401 && reply.body().contains("staff-only");
  }

  /** An attempt that there is not is told from another's; its id cannot be guessed. */
  @Test
  void attemptThatThereIsNot_isTheSameForEveryBody() {
    for (var route : List.of("PUT", "POST")) {
      var more = route.equals("PUT") ? "/responses/1" : "/submission";
      var path = "/api/attempts/" + UUID.randomUUID() + more;
      var answers = new TreeSet<String>();
      BODIES.forEach(b -> answers.add(told(call(route, path, b, Client.bearer("junk")), path)));
      assertThat(answers).hasSize(1);
      assertThat(answers.first()).startsWith("404 ");
    }
  }

  /** Whose attempt it is, is told what is wrong, also where this node has not met the token. */
  @Test
  void ownAttempt_isToldWhatIsWrong() {
    var started = api.start(quiz);
    var wrong = api.save(started, 3, "{\"sequence\":1,\"choices\":[\"A\"]}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.fields()).containsExactly("text");
    assertThat(api.save(started, 99, "{\"sequence\":1,\"choices\":[]}").status()).isEqualTo(404);
    assertThat(api.save(started, 1, "{\"sequence\":1,\"choices\":[\"A\"]}").status())
        .isEqualTo(204);
  }
}
