package yikao.access;

import java.util.Optional;
import yikao.web.Texts;

/**
 * What things of one kind are called to people who read the audit log, which knows them by their
 * identifiers alone. Each feature brings its own.
 */
public interface AuditSubject {
  /**
   * Something, for a page.
   *
   * @param text what it is called now
   * @param href its page; absent: it has none
   */
  record Seen(String text, Optional<String> href) {}

  /** What stands before the colon, such as {@code organisation}. */
  String kind();

  /**
   * The thing of an identifier.
   *
   * @param id what stands after the colon
   * @return absent where there is none of this identifier
   */
  Optional<Seen> of(Texts texts, String id);

  /**
   * What was or is of such a thing, as people say it.
   *
   * @param said as it stands in the log
   * @return absent where the words of all kinds will do
   */
  default Optional<String> said(Texts texts, String said) {
    return Optional.empty();
  }
}
