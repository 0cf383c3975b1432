package yikao.sitting;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.UUID;
import yikao.access.Callers;
import yikao.access.Staff;

/** Who may print and type in the papers of a session: whoever runs it. */
@Singleton
final class SittingPaperRights {
  private final Callers callers;
  private final PrintedPapers papers;

  SittingPaperRights(Callers callers, PrintedPapers papers) {
    this.callers = callers;
    this.papers = papers;
  }

  /** Somebody of the staff, and the session. */
  record Running(Staff staff, PaperSitting sitting) {}

  /**
   * Lets those pass who run a session; who runs none is not told whether there is one.
   *
   * @throws yikao.web.Problem for everybody else
   */
  Running require(HttpRequest<?> request, UUID id) {
    return require(callers.require(request), id);
  }

  Running require(Staff staff, UUID id) {
    staff.check(staff.canRunSittingsAnywhere());
    var sitting = papers.sitting(id);
    staff.check(staff.canRunSittings(sitting.organisationId()));
    return new Running(staff, sitting);
  }
}
