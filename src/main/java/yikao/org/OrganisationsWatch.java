package yikao.org;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import yikao.db.PeriodicTask;

/** Asks twice a second whether another node has imported organisations. */
@Singleton
final class OrganisationsWatch implements PeriodicTask {
  private final Organisations organisations;

  OrganisationsWatch(Organisations organisations) {
    this.organisations = organisations;
  }

  @Override
  public String name() {
    return "organisations-watch";
  }

  @Override
  public Duration interval() {
    return Duration.ofMillis(500);
  }

  @Override
  public boolean isAboutOtherNodes() {
    return true;
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    organisations.notice();
  }
}
