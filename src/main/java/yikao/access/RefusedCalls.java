package yikao.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.PeriodicTask;

/**
 * Staff calls of strangers, by address: wrong tokens are slowed down, and all are written to the
 * audit log, one line for an address and minute with how many there were. A right token never comes
 * here, so that nobody is locked out by others behind the same address.
 */
@Singleton
final class RefusedCalls implements PeriodicTask {
  static final String MESSAGE = "staff calls refused";
  private static final Logger LOG = LoggerFactory.getLogger(StaffCalls.LOG_NAME);

  /** As long without a try, and it begins anew. */
  private static final Duration KEPT = Duration.ofHours(1);

  private static final int MOST_ADDRESSES = 10_000;
  private static final Duration LONGEST_OF_ADDRESS = Duration.ofMinutes(15);

  /** Addresses are cheap; what all of them try together is slowed down later, and less. */
  private static final int FREE_OF_ACCOUNT = 10;

  private static final Duration LONGEST_OF_ACCOUNT = Duration.ofMinutes(1);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final int free;
  private final LongSupplier nanos;
  private final Cache<String, OfAddress> addresses =
      Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).expireAfterAccess(KEPT).build();
  private final Cache<String, Tries> accounts =
      Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).expireAfterAccess(KEPT).build();

  @Inject
  RefusedCalls(@Value("${yikao.limits.wrong-tokens}") int free) {
    this(free, System::nanoTime);
  }

  RefusedCalls(int free, LongSupplier nanos) {
    this.free = free;
    this.nanos = nanos;
  }

  /** What was called, as a log may hold it, and how it was answered. */
  record Call(String address, String method, String route, int status) {}

  private static final class OfAddress {
    private final Tries tries;
    private int calls;
    private int wrongTokens;
    private boolean isSaid;
    private long saidAt;

    private OfAddress(Tries tries) {
      this.tries = tries;
    }
  }

  /**
   * A wrong token came from an address.
   *
   * @param account whose it would be
   * @return how long to wait before the next, where this one came too early
   */
  Optional<Duration> wrongToken(String address, String account) {
    var now = nanos.getAsLong();
    var ofAddress = of(address).tries.wrong(now);
    if (ofAddress.isPresent()) {
      return ofAddress; // what is slowed down already is none for the account
    }
    return accounts
        .get(account, _ -> new Tries(FREE_OF_ACCOUNT * free, LONGEST_OF_ACCOUNT))
        .wrong(now);
  }

  /** Counts a call that was refused, and says so where the address's minute is over. */
  void refused(Call call, boolean isWrongToken) {
    var of = of(call.address());
    synchronized (of) {
      of.calls++;
      of.wrongTokens += isWrongToken ? 1 : 0;
      say(ClientAddress.network(call.address()), of, Optional.of(call));
    }
  }

  /** How many addresses are remembered. */
  long addresses() {
    addresses.cleanUp();
    return addresses.estimatedSize();
  }

  private OfAddress of(String address) {
    return addresses.get(
        ClientAddress.network(address), _ -> new OfAddress(new Tries(free, LONGEST_OF_ADDRESS)));
  }

  private void say(String network, OfAddress of, Optional<Call> last) {
    var now = nanos.getAsLong();
    if (of.calls == 0 || (of.isSaid && now - of.saidAt < MINUTE)) {
      return;
    }
    var line =
        LOG.atWarn()
            .addKeyValue("actor", "none")
            .addKeyValue("address", last.map(Call::address).orElse(network))
            .addKeyValue("calls", of.calls)
            .addKeyValue("wrongTokens", of.wrongTokens);
    if (last.isPresent()) {
      line =
          line.addKeyValue("method", last.get().method())
              .addKeyValue("route", last.get().route())
              .addKeyValue("status", last.get().status());
    }
    line.log(MESSAGE);
    of.isSaid = true;
    of.saidAt = now;
    of.calls = 0;
    of.wrongTokens = 0;
  }

  @Override
  public String name() {
    return "refused-calls";
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(10);
  }

  /** Says what was counted in minutes that are over. */
  @Override
  public void run(BooleanSupplier mayGoOn) {
    addresses
        .asMap()
        .forEach((network, of) -> {
          synchronized (of) {
            say(network, of, Optional.empty());
          }
        });
  }
}
