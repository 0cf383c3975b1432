package yikao.ledger;

import jakarta.inject.Singleton;
import yikao.access.ConsoleEntry;
import yikao.access.Staff;

/** Ledgers in the console's navigation. */
@Singleton
final class LedgerEntry implements ConsoleEntry {
  @Override
  public int order() {
    return 60;
  }

  @Override
  public String path() {
    return LedgerPages.PATH;
  }

  @Override
  public String text() {
    return "ledger.title";
  }

  @Override
  public boolean isFor(Staff staff) {
    return staff.canReadOrganisationsAnywhere();
  }
}
