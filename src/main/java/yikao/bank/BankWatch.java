package yikao.bank;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import yikao.db.PeriodicTask;

/**
 * Notices when another node has loaded the bank: one look at the newest revision twice a second.
 * Asking is simpler than being told (LISTEN needs a connection of its own that has to be watched),
 * and costs two queries a second.
 */
@Singleton
final class BankWatch implements PeriodicTask {
  private final Bank bank;

  BankWatch(Bank bank) {
    this.bank = bank;
  }

  @Override
  public String name() {
    return "bank-watch";
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
    bank.notice();
  }
}
