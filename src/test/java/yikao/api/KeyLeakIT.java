package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.bank.Bank;
import yikao.question.Key;
import yikao.question.Question;

/**
 * Walks every route that a participant can reach before the end of the attempt, and finds no key,
 * explanation, citation or mark in any response. A route that is added later fails this test until
 * it is walked too.
 */
final class KeyLeakIT {
  /** Field names that no answer before the end may have, at any depth. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "\"(key|keys|correct|right|mark|marks|explanation|citation|accepted|words|answer)\"\\s*:");

  private static final Set<String> NOT_ABOUT_ATTEMPTS =
      Set.of("/swagger", "/health", "/health/{selector}", "/prometheus");

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

  @Test
  void everyRouteBeforeTheEnd_showsNoKey() {
    var quiz =
        api.quiz(
            """
            {"title":"防泄题","tries":5,"sections":[
              {"type":"single","count":30,"points":1},{"type":"multiple","count":15,"points":1},
              {"type":"judge","count":15,"points":1},{"type":"blank","count":15,"points":1},
              {"type":"essay","count":5,"points":1}]}\
            """);
    var secret = UUID.randomUUID().toString();
    var started = api.start(quiz, secret, "王小明", "一");
    var answers = new Answers(service.context().getBean(Bank.class));
    var shown = started.json().get("questions");
    var drawn = new ArrayList<Question>();
    for (var i = 0; i < shown.size(); i++) {
      drawn.add(answers.question(shown.get(i)));
    }
    var saved = api.save(started, 1, "{\"sequence\":1,%s}".formatted(answers.right(shown.get(0))));
    var replies = new LinkedHashMap<String, Reply>();
    replies.put("POST /api/quizzes/{quiz}/attempts", started);
    replies.put("PUT /api/attempts/{id}/responses/{number}", saved);
    walk(quiz, started, secret, replies);
    replies.forEach((route, reply) -> clean(route, reply.body(), drawn));
    assertThat(replies.keySet()).as("every route is walked").containsAll(routes());
  }

  private static void walk(String quiz, Reply started, String secret, Map<String, Reply> replies) {
    var headers = new HashMap<>(Map.of("Cookie", TestService.guestCookie(secret)));
    var id = started.text("id");
    for (var route : routes()) {
      var parts = route.split(" ", 2);
      var path =
          parts[1]
              .replace("{quiz}", quiz)
              .replace("{number}", "1")
              .replace("{code}", "none")
              .replace("{kind}", "members")
              .replace("{sitting}", UUID.randomUUID().toString())
              .replace("{version}/{name}", "1/attempt.js")
              .replace("{id}", parts[1].contains("/questions/") ? "01-constitution-001" : id)
              .replaceAll("\\{[?].*}", "");
      if (replies.containsKey(route) || path.endsWith("/submission")) {
        continue;
      }
      replies.put(route, call(parts[0], path, headers));
      if (parts[0].equals("GET")) {
        var withToken = new HashMap<>(Client.bearer(started.text("token")));
        replies.put(route + " with the token", call("GET", path, withToken));
      }
    }
    // the attempt still runs: what was walked did not end it
    assertThat(api.get("/api/attempts/" + id, started.text("token")).status()).isEqualTo(403);
    replies.put("POST /api/attempts/{id}/submission", started);
    replies.put("POST /attempts/{id}/submission", started);
  }

  private static Reply call(String method, String path, Map<String, String> headers) {
    if (method.equals("GET")) {
      return api.send(method, path, new byte[0], headers);
    }
    var all = new HashMap<>(headers);
    var form = !path.startsWith("/api/");
    all.put("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json");
    var body = form ? "name=%E7%8E%8B&branch=1" : "{}";
    return api.send(method, path, body.getBytes(StandardCharsets.UTF_8), all);
  }

  private static Set<String> routes() {
    var routes = new TreeSet<String>();
    service
        .context()
        .getBean(Router.class)
        .uriRoutes()
        .filter(
            r -> r.getHttpMethod() != HttpMethod.HEAD && r.getHttpMethod() != HttpMethod.OPTIONS)
        .filter(r -> !NOT_ABOUT_ATTEMPTS.contains(template(r)))
        .forEach(r -> routes.add(r.getHttpMethod() + " " + template(r)));
    return routes;
  }

  private static String template(UriRouteInfo<?, ?> route) {
    return route.getUriMatchTemplate().toString().replaceAll("\\{[?].*}", "");
  }

  private static void clean(String route, String body, List<Question> drawn) {
    assertThat(FORBIDDEN.matcher(body).find()).as("a field in %s: %s", route, body).isFalse();
    for (var question : drawn) {
      secrets(question)
          .filter(secret -> drawn.stream().noneMatch(other -> shows(other, secret)))
          .forEach(secret -> assertThat(body).as(route).doesNotContain(secret));
    }
  }

  private static Stream<String> secrets(Question question) {
    var points =
        question.key() instanceof Key.OfEssay(var texts)
            ? texts.stream().filter(text -> text.length() > 6)
            : Stream.<String>empty();
    return Stream.concat(Stream.of(question.explanation(), question.citation().words()), points);
  }

  /** Whether a question says a text to everybody: what one asks may be a point of another. */
  private static boolean shows(Question question, String text) {
    return question.stem().contains(text)
        || question.choices().stream().anyMatch(choice -> choice.text().contains(text));
  }
}
