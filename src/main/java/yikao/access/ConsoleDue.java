package yikao.access;

import java.util.List;
import yikao.web.Texts;

/** What waits for somebody; the console's first page shows it. Each feature brings its own. */
public interface ConsoleDue {
  /**
   * Something that waits.
   *
   * @param text what, and how many
   * @param href where it is done
   */
  record Due(String text, String href) {}

  /** What waits for somebody now. */
  List<Due> of(Staff staff, Texts texts);
}
