package yikao.web;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;

/** What a person sees when something went wrong. */
@Singleton
public final class ErrorPage {
  private final Templates templates;
  private final Pages pages;

  ErrorPage(Templates templates, Pages pages) {
    this.templates = templates;
    this.pages = pages;
  }

  /**
   * The model of the template.
   *
   * @param reasons one for each field concerned
   * @param again whether asking again may succeed later
   */
  public record Model(
      Page page, int status, String title, String detail, List<String> reasons, boolean again) {}

  byte[] render(
      HttpRequest<?> request, int status, String title, String detail, List<String> reasons) {
    var again = request.getMethod() == HttpMethod.GET && (status == 429 || status >= 500);
    return templates.bytes(
        "error.jte", new Model(pages.of(request, title), status, title, detail, reasons, again));
  }
}
