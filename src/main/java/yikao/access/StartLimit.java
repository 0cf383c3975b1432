package yikao.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import yikao.web.Problem;

/** At most so many starts from one address in a minute; whole offices share an address. */
@Singleton
public final class StartLimit {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private final Cache<String, AtomicInteger> starts =
      Caffeine.newBuilder().expireAfterWrite(WINDOW).maximumSize(200_000).build();
  private final ClientAddress addresses;
  private final int limit;

  StartLimit(ClientAddress addresses, @Value("${yikao.limits.starts-per-minute}") int limit) {
    this.addresses = addresses;
    this.limit = limit;
  }

  /**
   * Counts a start.
   *
   * @throws Problem {@code too-many-starts} beyond the limit
   */
  public void count(HttpRequest<?> request) {
    var count = starts.get(addresses.of(request), _ -> new AtomicInteger());
    if (count.incrementAndGet() > limit) {
      throw Problem.retryLater(HttpStatus.TOO_MANY_REQUESTS, "too-many-starts", WINDOW);
    }
  }
}
