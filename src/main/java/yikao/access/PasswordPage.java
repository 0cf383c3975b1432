package yikao.access;

import java.util.Optional;

/**
 * The model of the page on which one changes the own password.
 *
 * @param first whether it has to be changed before anything else
 * @param least characters that it has
 */
public record PasswordPage(Console console, boolean first, int least, Optional<Wrong> wrong) {
  /** What is wrong with a field. */
  public record Wrong(String field, String text) {}

  /** What is wrong with this field; empty where nothing is. */
  public String wrong(String field) {
    return wrong.filter(w -> w.field().equals(field)).map(Wrong::text).orElse("");
  }
}
