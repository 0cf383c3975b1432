package yikao.access;

import java.util.List;
import java.util.Optional;

/**
 * The model of the page of the audit log.
 *
 * @param actors who can be looked for
 * @param actor that is looked for; empty: any
 * @param subject that is looked for; empty: any
 * @param about what that is; empty: any
 * @param next below which number the next page begins; absent on the last one
 */
public record AuditPage(
    Console console,
    List<Actor> actors,
    String actor,
    String subject,
    String about,
    List<Line> lines,
    Optional<Long> next) {

  /** Who may have done something. */
  public record Actor(String code, String text) {}

  /** Whether something is looked for. */
  public boolean isSearch() {
    return !actor.isEmpty() || !subject.isEmpty();
  }

  /**
   * An entry.
   *
   * @param who by name where it is an account that is known
   * @param actor the code of who did it
   * @param subject the code of what it was done to
   * @param what that is
   */
  public record Line(
      long number,
      String at,
      String who,
      String actor,
      String address,
      String action,
      String subject,
      AuditSubject.Seen what,
      String before,
      String after) {}
}
