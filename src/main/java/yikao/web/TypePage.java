package yikao.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** Switches the type's size without a script, and goes back. */
@Controller("/type")
@Hidden
final class TypePage {

  @Get
  HttpResponse<?> change(
      @QueryValue(defaultValue = LargeType.NORMAL) String size,
      @QueryValue(defaultValue = "/") String back) {
    if (!LargeType.isSize(size)) {
      throw Problem.invalid("size", "field.one-of", LargeType.NORMAL + ", " + LargeType.LARGE);
    }
    return HttpResponse.seeOther(URI.create(LargeType.ownPath(back)))
        .cookie(LargeType.cookie(size));
  }
}
