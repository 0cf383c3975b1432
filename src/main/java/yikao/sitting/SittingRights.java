package yikao.sitting;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Callers;
import yikao.access.Staff;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.web.Problem;

/** What the caller may do with sessions; the one place that asks. */
@Singleton
final class SittingRights {
  private final Callers callers;
  private final Sittings sittings;
  private final Organisations organisations;

  SittingRights(Callers callers, Sittings sittings, Organisations organisations) {
    this.callers = callers;
    this.sittings = sittings;
    this.organisations = organisations;
  }

  /** Somebody of the staff, and the session that it is about. */
  record Seen(Staff staff, Sitting sitting) {}

  /** Lets those pass who run a session; who runs none is not told whether there is one. */
  Seen runner(HttpRequest<?> request, UUID id) {
    var staff = callers.require(request);
    staff.check(staff.canRunSittingsAnywhere());
    var sitting = sittings.get(id);
    staff.check(staff.canRunSittings(sitting.organisationId()));
    return new Seen(staff, sitting);
  }

  /** Lets those pass who see a session; who sees none is not told whether there is one. */
  Seen reader(HttpRequest<?> request, UUID id) {
    var staff = readerAnywhere(request);
    var sitting = sittings.get(id);
    staff.check(staff.canReadSittings(sitting.organisationId()));
    return new Seen(staff, sitting);
  }

  /** Lets those pass who see sessions anywhere. */
  Staff readerAnywhere(HttpRequest<?> request) {
    var staff = callers.require(request);
    staff.check(staff.canReadOrganisationsAnywhere());
    return staff;
  }

  /**
   * The branch for which a session is to be opened.
   *
   * @param code of it
   * @throws Problem where there is none, it is closed, or this is not for the caller
   */
  Organisation branch(Staff staff, String code) {
    staff.check(staff.canRunSittingsAnywhere());
    var branch =
        organisations
            .tree()
            .byCode(code)
            .orElseThrow(() -> Problem.invalid("organisation", "no-such-organisation"));
    staff.check(staff.canRunSittings(branch.id()));
    if (!branch.open()) {
      throw Problem.invalid("organisation", "sitting.branch-closed");
    }
    return branch;
  }

  /** The organisations for which somebody may open sessions. */
  List<Organisation> runnable(Staff staff) {
    return organisations.tree().open().stream().filter(o -> staff.canRunSittings(o.id())).toList();
  }

  /** The organisations whose sessions somebody sees; absent: all. */
  Optional<List<Long>> readable(Staff staff) {
    var all = organisations.tree().all();
    var seen = all.stream().map(Organisation::id).filter(staff::canReadSittings).toList();
    return seen.size() == all.size() ? Optional.empty() : Optional.of(seen);
  }
}
