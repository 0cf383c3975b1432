package yikao.taking;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.taking.QuizListPage.Own;
import yikao.web.Page;

/**
 * The model of the page that asks before another takes over a browser, since what was begun in it
 * cannot be reached from it afterwards.
 *
 * @param quiz the code of the quiz that the other is to take; empty where none was chosen yet
 * @param taker who is known now
 * @param all the names of all who have taken something in it
 * @param handIn the names of those whose attempts go on; empty where none does
 * @param running what goes on
 * @param awaited results that are not shown yet
 * @param problem why it could not be handed in
 */
public record GuestPage(
    Page page,
    String quiz,
    Taker taker,
    String all,
    String handIn,
    List<Own.Running> running,
    List<Awaited> awaited,
    Optional<String> problem) {

  /**
   * A result that will be shown later.
   *
   * @param name of who has taken it
   * @param receipt by which staff finds it
   */
  public record Awaited(UUID id, String name, String title, String shown, String receipt) {}

  /** Where one goes back to. */
  public String back() {
    return quiz.isEmpty() ? "/" : "/quizzes/" + quiz;
  }
}
