package yikao.taking;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Optional;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Templates;

/** Pages that keep what was sent until it can be taken; they need nothing of the database. */
@Singleton
public final class WaitingPages {
  private final Pages pages;
  private final Templates templates;

  WaitingPages(Pages pages, Templates templates) {
    this.pages = pages;
    this.templates = templates;
  }

  /** A form that one sends again, or the page's script does. */
  public MutableHttpResponse<?> form(HttpRequest<?> request, String action, Form form, Busy busy) {
    return form(request, action, form, busy, Optional.empty());
  }

  /**
   * A form that is sent again.
   *
   * @param refresh how it goes on by itself without a script
   */
  MutableHttpResponse<?> form(
      HttpRequest<?> request, String action, Form form, Busy busy, Optional<String> refresh) {
    var page = pages.at(request, pages.texts(request).of("waiting.title"), "/");
    return busy.on(
        templates.page(
            "waiting.jte", new WaitingPage(page, action, form.fields(), busy.seconds(), refresh)));
  }
}
