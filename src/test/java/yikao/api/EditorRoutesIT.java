package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import yikao.TestService;

/** Walks every route that says it is an editor's: it answers nobody else. */
final class EditorRoutesIT {
  @Test
  void everyEditorsRoute_refusesStrangers() {
    try (var service = TestService.start(Map.of())) {
      var api = new Client(service.uri());
      var quiz =
          api.quiz(
              "{\"title\":\"x\",\"sections\":[{\"type\":\"judge\",\"count\":1,\"points\":1}]}");
      var routes = editorsRoutes(service);
      assertThat(routes).hasSizeGreaterThan(10);
      for (var route : routes) {
        assertThat(call(api, route, quiz, Map.of())).as("nobody: %s", route).isEqualTo(401);
        assertThat(call(api, route, quiz, Client.bearer("somebody")))
            .as("somebody else: %s", route)
            .isEqualTo(403);
      }
    }
  }

  private static List<String> editorsRoutes(TestService service) {
    return service
        .context()
        .getBean(Router.class)
        .uriRoutes()
        .filter(r -> r.getHttpMethod() != HttpMethod.HEAD)
        .filter(EditorRoutesIT::isEditors)
        .map(r -> r.getHttpMethod() + " " + r.getUriMatchTemplate())
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isEditors(UriRouteInfo<?, ?> route) {
    var method = route.getTargetMethod().getExecutableMethod().getTargetMethod();
    var operation = method.getAnnotation(Operation.class);
    return operation != null && operation.summary().matches(".*\\(staff\\)");
  }

  private static int call(Client api, String route, String quiz, Map<String, String> credentials) {
    var parts = route.split(" ", 2);
    var path =
        parts[1]
            .replaceAll("\\{[?].*}", "")
            .replace("{quiz}", quiz)
            .replace("{number}", "1")
            .replace("{code}", "T")
            .replace("{kind}", "members")
            .replace("{sitting}", UUID.randomUUID().toString())
            .replace("{id}", id(parts[1]));
    var headers = new HashMap<>(credentials);
    headers.put("Content-Type", isFile(parts[0], path) ? "text/csv" : "application/json");
    var body = parts[0].equals("GET") ? "" : "{}";
    return api.send(parts[0], path, body.getBytes(StandardCharsets.UTF_8), headers).status();
  }

  private static boolean isFile(String method, String path) {
    return (method.equals("PUT") && path.endsWith("/organisations"))
        || path.matches("/api/imports/[a-z]+");
  }

  private static String id(String path) {
    return path.contains("/questions/") ? "01-constitution-001" : UUID.randomUUID().toString();
  }
}
