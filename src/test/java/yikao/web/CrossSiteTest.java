package yikao.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CrossSiteTest {
  private static final String NONE = "";
  private static final String PUBLIC = "https://quiz.example.org";

  private static void send(String publicAddress, String... headers) {
    var request = HttpRequest.POST("/quizzes/x/attempts", "");
    for (var i = 0; i < headers.length; i += 2) {
      if (headers[i + 1] != null) {
        request.header(headers[i], headers[i + 1]);
      }
    }
    new CrossSite(publicAddress).check(request);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http://quiz.local:8080, quiz.local:8080,
          https://quiz.local, quiz.local,
          https://quiz.local, quiz.local:443,
          http://QUIZ.local, quiz.LOCAL,
          http://[::1]:8080, [::1]:8080,
          https://quiz.example.org, yikao, same-origin
          """)
  void withoutAPublicAddress_pagesOfTheHostThatWasAsked(
      String origin, String host, String relation) {
    assertThatCode(() -> send(NONE, "Origin", origin, "Host", host, "Sec-Fetch-Site", relation))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://quiz.example.org, yikao,
          http://quiz.local:8081, quiz.local:8080,
          null, quiz.local,
          file://, quiz.local,
          http://evil.example, quiz.local, same-site
          http://quiz.local@evil.example, quiz.local,
          http://quiz.local, 'quiz.local, evil',
          """)
  void withoutAPublicAddress_othersAreRefused_andToldOfProxies(
      String origin, String host, String relation) {
    var problem =
        catchThrowableOfType(
            Problem.class,
            () -> send(NONE, "Origin", origin, "Host", host, "Sec-Fetch-Site", relation));
    assertThat(problem.code()).isEqualTo("other-host");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://quiz.example.org, quiz.example.org
          https://quiz.example.org:443, yikao
          https://quiz.example.org, 127.0.0.1:8081
          http://127.0.0.1:8081, 127.0.0.1:8081
          http://localhost:8081, localhost:8081
          """)
  void withAPublicAddress_itsPagesWhateverHostAProxyPasses(String origin, String host) {
    assertThatCode(() -> send(PUBLIC, "Origin", origin, "Host", host)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http://quiz.example.org, quiz.example.org,
          https://quiz.example.org:8443, quiz.example.org:8443,
          https://evil.example, evil.example, same-origin
          http://localhost:3000, localhost:8081, same-site
          https://evil.example, 127.0.0.1:8081,
          """)
  void withAPublicAddress_othersAreRefused_andToldIt(String origin, String host, String relation) {
    var problem =
        catchThrowableOfType(
            Problem.class,
            () -> send(PUBLIC, "Origin", origin, "Host", host, "Sec-Fetch-Site", relation));
    assertThat(problem.code()).isEqualTo("other-address");
    assertThat(problem.arguments()).containsExactly(PUBLIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {NONE, PUBLIC})
  void whatTheBrowserCallsCrossSite_isRefused(String publicAddress) {
    var problem =
        catchThrowableOfType(
            Problem.class,
            () ->
                send(
                    publicAddress,
                    "Origin",
                    PUBLIC,
                    "Host",
                    "quiz.example.org",
                    "Sec-Fetch-Site",
                    "cross-site"));
    assertThat(problem.code()).isEqualTo("cross-site");
  }

  @Test
  void programs_sendNoneOfTheHeaders() {
    assertThatCode(() -> send(PUBLIC, "Host", "127.0.0.1:8081")).doesNotThrowAnyException();
    assertThatCode(() -> send(NONE, "Host", "127.0.0.1:8081")).doesNotThrowAnyException();
  }
}
