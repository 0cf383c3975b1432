package yikao.web;

import jakarta.inject.Singleton;
import java.util.List;

/** What a person sees when something went wrong. */
@Singleton
public final class ErrorPage {
  private final Templates templates;

  ErrorPage(Templates templates) {
    this.templates = templates;
  }

  /**
   * The model of the template.
   *
   * @param reasons one for each field concerned
   */
  public record Model(int status, String title, String detail, List<String> reasons) {}

  byte[] render(int status, String title, String detail, List<String> reasons) {
    return templates.bytes("error.jte", new Model(status, title, detail, reasons));
  }
}
