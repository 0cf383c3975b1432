package yikao.access;

import jakarta.inject.Singleton;
import java.util.List;
import yikao.web.Texts;

/** Accounts whose owners have not signed in yet. */
@Singleton
final class NewAccountsDue implements ConsoleDue {
  private final Accounts accounts;

  NewAccountsDue(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<Due> of(Staff staff, Texts texts) {
    if (!staff.canAdministrateAnywhere()) {
      return List.of();
    }
    var waiting =
        accounts.seenBy(staff).stream().filter(a -> a.mustChange() && !a.locked()).count();
    return waiting == 0
        ? List.of()
        : List.of(new Due(texts.of("staff.due", waiting), StaffPages.PATH));
  }
}
