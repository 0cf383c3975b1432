package yikao.sitting;

import jakarta.inject.Singleton;
import yikao.access.Staff;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.web.Problem;

/** Who sees and keeps what a branch remembers: whoever sees, or runs, its sessions. */
@Singleton
final class OpeningRights {
  private final Organisations organisations;

  OpeningRights(Organisations organisations) {
    this.organisations = organisations;
  }

  /** Lets those pass who see the sessions of an organisation. */
  Organisation reader(Staff staff, String code) {
    staff.check(staff.canReadOrganisationsAnywhere());
    var found = find(code);
    staff.check(staff.canReadSittings(found.id()));
    return found;
  }

  /** Lets those pass who run the sessions of an organisation. */
  Organisation runner(Staff staff, String code) {
    staff.check(staff.canRunSittingsAnywhere());
    var found = find(code);
    staff.check(staff.canRunSittings(found.id()));
    return found;
  }

  private Organisation find(String code) {
    return organisations
        .tree()
        .byCode(code)
        .orElseThrow(() -> Problem.notFound("no-such-organisation"));
  }
}
