package yikao.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import yikao.web.Problem;

/**
 * How often one may start: each guest so often a minute, and each address far more often than a
 * full hall behind it needs, since a whole hall may have one. A start counts that was let through,
 * or that the present state refused; one with wrong fields does not, nor one that is to come again.
 */
@Singleton
public final class StartLimit {
  /** After so long an allowance is full again. */
  private static final Duration KEPT = Duration.ofMinutes(2);

  private final ClientAddress addresses;
  private final int perAddress;
  private final int perGuest;
  private final LongSupplier nanos;
  private final Cache<String, Allowance> ofAddresses = allowances();
  private final Cache<UUID, Allowance> ofGuests = allowances();

  @Inject
  StartLimit(
      ClientAddress addresses,
      @Value("${yikao.limits.starts-per-minute}") int perAddress,
      @Value("${yikao.limits.starts-per-minute-of-guest}") int perGuest) {
    this(addresses, perAddress, perGuest, System::nanoTime);
  }

  StartLimit(ClientAddress addresses, int perAddress, int perGuest, LongSupplier nanos) {
    this.addresses = addresses;
    this.perAddress = perAddress;
    this.perGuest = perGuest;
    this.nanos = nanos;
  }

  private static <K> Cache<K, Allowance> allowances() {
    return Caffeine.newBuilder().expireAfterAccess(KEPT).maximumSize(200_000).build();
  }

  /**
   * Lets a start through and counts it, unless it comes to nothing.
   *
   * @throws Problem {@code too-many-starts} beyond a limit, and whatever the start throws
   */
  public <R> R counted(HttpRequest<?> request, UUID guest, Supplier<R> start) {
    var taken = take(request, guest);
    try {
      return start.get();
    } catch (RuntimeException e) {
      if (!isCounted(e)) {
        taken.giveBack();
      }
      throw e;
    }
  }

  /** By what the service is, and not by what was sent, or by a passing trouble. */
  private static boolean isCounted(RuntimeException e) {
    return e instanceof Problem problem && problem.status() == HttpStatus.CONFLICT;
  }

  /**
   * Counts a claim that was refused, so that nobody can try one after another.
   *
   * @throws Problem {@code too-many-starts} beyond a limit
   */
  public void refused(HttpRequest<?> request, UUID guest) {
    take(request, guest);
  }

  private record Taken(Allowance ofAddress, Allowance ofGuest) {
    void giveBack() {
      ofAddress.giveBack();
      ofGuest.giveBack();
    }
  }

  private Taken take(HttpRequest<?> request, UUID guest) {
    var now = nanos.getAsLong();
    var ofAddress = ofAddresses.get(addresses.of(request), _ -> new Allowance(perAddress, now));
    var ofGuest = ofGuests.get(guest, _ -> new Allowance(perGuest, now));
    require(ofAddress.take(now));
    var later = ofGuest.take(now);
    if (later.isPresent()) {
      ofAddress.giveBack();
      require(later);
    }
    return new Taken(ofAddress, ofGuest);
  }

  private static void require(Optional<Duration> later) {
    if (later.isPresent()) {
      var seconds = Duration.ofSeconds(later.get().plusNanos(999_999_999).toSeconds());
      throw Problem.retryLater(HttpStatus.TOO_MANY_REQUESTS, "too-many-starts", seconds);
    }
  }
}
