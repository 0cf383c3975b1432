package yikao.sitting;

import jakarta.inject.Singleton;
import yikao.access.ConsoleEntry;
import yikao.access.Staff;

/** Where sessions are found in the console. */
@Singleton
final class SittingEntry implements ConsoleEntry {
  @Override
  public int order() {
    return 52;
  }

  @Override
  public String path() {
    return SittingPages.PATH;
  }

  @Override
  public String text() {
    return "sittings.title";
  }

  @Override
  public boolean isFor(Staff staff) {
    return staff.canReadOrganisationsAnywhere();
  }
}
