package yikao.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import yikao.web.Problem;

/**
 * Short codes that are typed from a screen: right ones are let through as often as they come, since
 * a whole hall may have one address; wrong ones are counted, of each browser a few, and of each
 * address more than a full hall mistypes. Counted by each node.
 */
@Singleton
public final class WrongCodes {
  /** After so long an allowance is full again. */
  private static final Duration KEPT = Duration.ofMinutes(2);

  private final ClientAddress addresses;
  private final Guesses guesses;
  private final int perAddress;
  private final LongSupplier nanos;
  private final Cache<String, Allowance> ofAddresses =
      Caffeine.newBuilder().expireAfterAccess(KEPT).maximumSize(200_000).build();

  @Inject
  WrongCodes(
      ClientAddress addresses,
      Guesses guesses,
      @Value("${yikao.limits.wrong-codes-per-minute}") int perAddress) {
    this(addresses, guesses, perAddress, System::nanoTime);
  }

  WrongCodes(ClientAddress addresses, Guesses guesses, int perAddress, LongSupplier nanos) {
    this.addresses = addresses;
    this.guesses = guesses;
    this.perAddress = perAddress;
    this.nanos = nanos;
  }

  /**
   * Looks for what a code stands for.
   *
   * @param browser by what its secret is known; absent where it has none yet
   * @param look finds it; absent: the code is wrong
   * @throws Problem {@code too-many-tries} beyond a limit; nothing is looked at then
   */
  public <R> Optional<R> look(
      HttpRequest<?> request, Optional<UUID> browser, Supplier<Optional<R>> look) {
    var ofAddress =
        ofAddresses.get(addresses.of(request), _ -> new Allowance(perAddress, nanos.getAsLong()));
    require(ofAddress.waiting(nanos.getAsLong()));
    var found = browser.map(id -> guesses.of(List.of("code of " + id), look)).orElseGet(look);
    if (found.isEmpty()) {
      require(ofAddress.take(nanos.getAsLong()));
    }
    return found;
  }

  private static void require(Optional<Duration> later) {
    if (later.isPresent()) {
      var seconds = Duration.ofSeconds(later.get().plusNanos(999_999_999).toSeconds());
      throw Problem.retryLater(HttpStatus.TOO_MANY_REQUESTS, "too-many-tries", seconds);
    }
  }
}
