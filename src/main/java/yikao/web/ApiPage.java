package yikao.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;

/**
 * {@code /swagger}: the page that shows the OpenAPI file. Its libraries bring pages of their own,
 * which would show another's file, or what their address names; those are not served.
 */
@Controller
@ServerFilter(ApiPage.PATH + "/**")
@Hidden
final class ApiPage {
  static final String PATH = "/swagger";

  /** Static files: see {@code application.properties}. */
  private static final Set<String> FILES =
      Set.of(
          PATH + "/yikao.yml",
          PATH + "/page.js",
          PATH + "/ui/swagger-ui.css",
          PATH + "/ui/swagger-ui-bundle.js",
          PATH + "/ui/favicon-32x32.png");

  private final byte[] page = read();

  private static byte[] read() {
    try (var stream = ApiPage.class.getResourceAsStream("/META-INF/swagger/page.html")) {
      return Objects.requireNonNull(stream).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Get(PATH)
  @Produces(MediaType.TEXT_HTML)
  byte[] page() {
    return page.clone();
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    var path = request.getPath();
    if (!path.equals(PATH) && !FILES.contains(path)) {
      throw Problem.of(HttpStatus.NOT_FOUND, "no-such-resource");
    }
  }
}
