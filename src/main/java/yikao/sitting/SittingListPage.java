package yikao.sitting;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Console;
import yikao.org.Draft;

/**
 * The model of the list of sessions, with the form by which one is opened.
 *
 * @param opens whether one may be opened
 * @param once by which a form that is sent twice is known
 * @param opening what the one branch may begin with; absent: nothing, or there are several
 * @param branches to choose from; empty where they are too many, and one writes the code
 * @param host who leads it unless another is named
 * @param next from where the list goes on; empty: it ends
 */
public record SittingListPage(
    Console console,
    List<Row> rows,
    boolean opens,
    UUID once,
    Optional<OpeningHint> opening,
    List<Draft.Choice> branches,
    List<Draft.Choice> quizzes,
    List<Draft.Choice> areas,
    String host,
    String next,
    Draft draft) {

  /** A session. */
  public record Row(UUID id, String title, String branch, String when, String host, boolean open) {}
}
