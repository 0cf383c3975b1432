package yikao.sitting;

import jakarta.inject.Singleton;
import yikao.access.ConsoleEntry;
import yikao.access.Staff;

/** Where questions are asked on the spot, in the console's navigation. */
@Singleton
final class SpotEntry implements ConsoleEntry {
  @Override
  public int order() {
    return 55;
  }

  @Override
  public String path() {
    return SpotPages.PATH;
  }

  @Override
  public String text() {
    return "spot.title";
  }

  @Override
  public boolean isFor(Staff staff) {
    return staff.canAskOnTheSpotAnywhere();
  }
}
