package yikao.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** {@code /swagger}: the page that shows the OpenAPI file. */
@Controller
@Hidden
final class ApiPage {
  @Get("/swagger")
  HttpResponse<?> page() {
    return HttpResponse.seeOther(URI.create("/swagger/views/swagger-ui/index.html"));
  }
}
