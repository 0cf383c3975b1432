package yikao.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.netty.NettyHttpHeaders;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import yikao.web.Problem;

/** How often one may start, by address and by guest; time is what the test says. */
final class StartLimitTest {
  private static final int PER_ADDRESS = 60;
  private static final int PER_GUEST = 6;
  private static final UUID GUEST = new UUID(1, 1);

  private final HttpRequest<?> hall = from("203.0.113.7");
  private final Random random = new Random(12);
  private long now = -5;

  private final StartLimit limit =
      new StartLimit(new ClientAddress(List.of()), PER_ADDRESS, PER_GUEST, () -> now);

  private static HttpRequest<?> from(String address) {
    var remote = new InetSocketAddress(InetAddress.ofLiteral(address), 40_000);
    return (HttpRequest<?>)
        Proxy.newProxyInstance(
            StartLimitTest.class.getClassLoader(),
            new Class<?>[] {HttpRequest.class},
            (_, method, _) ->
                method.getName().equals("getHeaders") ? new NettyHttpHeaders() : remote);
  }

  private void start(UUID guest) {
    assertThat(limit.<String>counted(hall, guest, () -> "started")).isEqualTo("started");
  }

  private void startAs(Problem outcome) {
    assertThatThrownBy(() ->
            limit.counted(
                hall,
                GUEST,
                () -> {
                  throw outcome;
                }))
        .isSameAs(outcome);
  }

  private Duration refused(UUID guest) {
    var problem = catchThrowableOfType(Problem.class, () -> start(guest));
    assertThat(problem).as("refused").isNotNull();
    assertThat(problem.status().getCode()).isEqualTo(429);
    return problem.retryAfter().orElseThrow();
  }

  private UUID someone() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }

  @Test
  void guest_startsSoOftenAndThenAsTheMinuteGoesOn() {
    for (var i = 0; i < PER_GUEST; i++) {
      start(GUEST);
    }
    assertThat(refused(GUEST)).isEqualTo(Duration.ofSeconds(10));
    passes(Duration.ofMillis(9_500));
    assertThat(refused(GUEST)).isEqualTo(Duration.ofSeconds(1));
    passes(Duration.ofMillis(500));
    start(GUEST);
    refused(GUEST);
  }

  @Test
  void guest_whoIsRefused_takesNothingFromTheOthersAtTheAddress() {
    for (var i = 0; i < PER_GUEST; i++) {
      start(GUEST);
    }
    for (var i = 0; i < 1_000; i++) {
      refused(GUEST);
    }
    for (var i = 0; i < PER_ADDRESS - PER_GUEST; i++) {
      start(someone());
    }
    refused(someone());
  }

  @Test
  void address_isForAllItsGuests_andAnotherHasItsOwn() {
    for (var i = 0; i < PER_ADDRESS; i++) {
      start(someone());
    }
    assertThat(refused(someone())).isEqualTo(Duration.ofSeconds(1));
    var elsewhere = limit.<Boolean>counted(from("203.0.113.8"), someone(), () -> true);
    assertThat(elsewhere).isTrue();
    passes(Duration.ofSeconds(1));
    start(someone());
    refused(someone());
  }

  @Test
  void wrongFieldsAndPassingTroubles_countForNothing() {
    for (var i = 0; i < 100; i++) {
      startAs(Problem.invalid("participant.name", "missing"));
      startAs(Problem.unavailable("overloaded", Duration.ofSeconds(2)));
    }
    for (var i = 0; i < PER_GUEST; i++) {
      start(GUEST);
    }
    refused(GUEST);
  }

  @Test
  void whatTheStateRefuses_counts() {
    for (var i = 0; i < PER_GUEST; i++) {
      startAs(Problem.conflict("quiz-closed", "x"));
    }
    refused(GUEST);
  }

  @Test
  void refusedClaims_count() {
    for (var i = 0; i < PER_GUEST; i++) {
      limit.refused(hall, GUEST);
    }
    assertThatThrownBy(() -> limit.refused(hall, GUEST)).isInstanceOf(Problem.class);
  }

  @Test
  void quietMinutes_saveUpNoMoreThanOne() {
    passes(Duration.ofHours(3));
    for (var i = 0; i < PER_GUEST; i++) {
      start(GUEST);
    }
    refused(GUEST);
  }

  /** Whatever comes when, never more than the allowance and what has come back since. */
  @Test
  void overAnyTime_noMoreThanTheMinutesAllow() {
    for (var round = 0; round < 50; round++) {
      var guest = someone();
      var begin = now;
      var started = 0;
      for (var i = 0; i < 200; i++) {
        passes(Duration.ofMillis(random.nextLong(5_000)));
        try {
          start(guest);
          started++;
        } catch (Problem e) {
          assertThat(e.retryAfter().orElseThrow())
              .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        }
      }
      var minutes = Duration.ofNanos(now - begin).toMillis() / 60_000.0;
      assertThat(started).isLessThanOrEqualTo((int) (PER_GUEST + minutes * PER_GUEST));
      assertThat(started).isGreaterThanOrEqualTo((int) (minutes * PER_GUEST) - 1);
    }
  }
}
