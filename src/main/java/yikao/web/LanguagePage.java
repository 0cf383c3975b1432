package yikao.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Switches the language, and goes back. */
@Controller("/language")
@Hidden
final class LanguagePage {

  @Get
  HttpResponse<?> change(
      @QueryValue(defaultValue = "") String to, @QueryValue(defaultValue = "/") String back) {
    var cookie =
        LanguageChoice.cookie(to).orElseThrow(() -> Problem.invalid("to", "field.one-of", tags()));
    return HttpResponse.seeOther(URI.create(LargeType.ownPath(back))).cookie(cookie);
  }

  private static String tags() {
    return Arrays.stream(Language.values()).map(Language::tag).collect(Collectors.joining(", "));
  }
}
