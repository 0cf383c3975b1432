package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;

/** The service behind a real nginx, with the configuration that is shipped. */
final class NginxIT {
  private static final String PUBLIC = "https://quiz.example.org";
  private static final UnaryOperator<String> WITHOUT_HOST =
      shipped -> shipped.replace("proxy_set_header Host $host;", "");

  /** What is tried through nginx. */
  private interface Attempt {
    void through(Client nginx, String quiz) throws IOException;
  }

  private static void behind(
      String publicAddress, UnaryOperator<String> configuration, Attempt attempt)
      throws IOException {
    var settings =
        Map.<String, Object>of(
            "yikao.public-address", publicAddress, "yikao.trusted-proxies", "127.0.0.1");
    try (var service = TestService.start(settings)) {
      var nginx = Nginx.start(service.uri().getPort(), configuration);
      if (nginx.isEmpty()) {
        return;
      }
      try (var running = nginx.get()) {
        var quizzes = new Client(service.uri()).get("/api/quizzes").json();
        attempt.through(new Client(running.uri()), quizzes.get(1).get("id").getStringValue());
      }
    }
  }

  private static Reply form(Client nginx, String quiz, String origin) {
    var headers = Map.of("Content-Type", "application/x-www-form-urlencoded", "Origin", origin);
    var body = "name=%E7%8E%8B%E5%B0%8F%E6%98%8E&branch=%E4%B8%80";
    return nginx.send("POST", "/quizzes/%s/attempts".formatted(quiz), body, headers);
  }

  private static Reply page(Client nginx, String origin) {
    return nginx.send("GET", "/", new byte[0], Map.of("Origin", origin, "Accept", "text/html"));
  }

  @Test
  void asShipped_pagesOfThePublicAddress_areServed_andMetricsAreNot() throws IOException {
    behind(
        PUBLIC,
        UnaryOperator.identity(),
        (nginx, quiz) -> {
          assertThat(page(nginx, PUBLIC).status()).isEqualTo(200);
          var started = form(nginx, quiz, PUBLIC);
          assertThat(started.status()).as(started.body()).isEqualTo(303);
          assertThat(started.headers().get("set-cookie"))
              .isNotEmpty()
              .allMatch(cookie -> cookie.contains("Secure"));
          for (var path :
              new String[] {
                "/prometheus",
                "/prometheus/",
                "/.//prometheus",
                "/health",
                "/health/readiness",
                "/%70rometheus",
                "/x/%2e%2e/prometheus",
                "/./health/"
              }) {
            assertThat(nginx.get(path).status()).as(path).isEqualTo(404);
          }
        });
  }

  @Test
  void withoutHost_thePublicAddressCounts() throws IOException {
    behind(
        PUBLIC,
        WITHOUT_HOST,
        (nginx, quiz) -> {
          assertThat(page(nginx, PUBLIC).status()).isEqualTo(200);
          assertThat(form(nginx, quiz, PUBLIC).status()).isEqualTo(303);
          var overHttp = form(nginx, quiz, "http://quiz.example.org");
          assertThat(overHttp.status()).isEqualTo(403);
          assertThat(overHttp.body()).as("a page that says where").contains(PUBLIC);
        });
  }

  @Test
  void withoutHostOrPublicAddress_thePageSaysWhatToSet() throws IOException {
    behind(
        "",
        WITHOUT_HOST,
        (nginx, quiz) -> {
          assertThat(page(nginx, PUBLIC).status()).isEqualTo(200);
          var refused = form(nginx, quiz, PUBLIC);
          assertThat(refused.status()).isEqualTo(403);
          assertThat(refused.body()).contains("yikao.public-address");
        });
  }
}
