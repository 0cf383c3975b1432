package yikao.org;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import yikao.db.Leases;
import yikao.db.PeriodicTask;

/** Asks twice a second whether another node has imported organisations. */
@Singleton
final class OrganisationsWatch implements PeriodicTask {
  private final Organisations organisations;
  private final boolean alone;

  OrganisationsWatch(Organisations organisations, Leases leases) {
    this.organisations = organisations;
    this.alone = leases.isAlone();
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
  public boolean isWanted() {
    return !alone;
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    organisations.notice();
  }
}
