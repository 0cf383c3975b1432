package yikao.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import yikao.access.RefusedCalls.Call;

/** How wrong tokens are slowed down, and what the log says of them. */
final class RefusedCallsTest {
  private static final int FREE = 5;
  private static final String HALL = "203.0.113.7";
  private static final String ACCOUNT = "token:editor";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private long now = -7;
  private final RefusedCalls calls = new RefusedCalls(FREE, () -> now);

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    logger().detachAppender(log);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(StaffCalls.LOG_NAME);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void call(String address) {
    calls.refused(new Call(address, "GET", "/api/jobs/{id}", 403), true);
  }

  private static String value(ILoggingEvent line, String key) {
    return line.getKeyValuePairs().stream()
        .filter(p -> p.key.equals(key))
        .map(p -> String.valueOf(p.value))
        .findFirst()
        .orElse("");
  }

  /** Waits for each as it is told; how long. */
  private List<Duration> delays(int count) {
    var delays = new ArrayList<Duration>();
    while (delays.size() < count) {
      var later = calls.wrongToken(HALL, ACCOUNT);
      if (later.isPresent()) {
        delays.add(later.get());
        pass(later.get());
      }
    }
    return delays;
  }

  @Test
  void delays_growFromASecondToAQuarterOfAnHour() {
    for (var i = 0; i < FREE; i++) {
      assertThat(calls.wrongToken(HALL, ACCOUNT)).as("free").isEmpty();
    }
    assertThat(delays(13))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L);
  }

  @Test
  void tryThatCameTooEarly_isToldTheRest_andDoesNotLengthenIt() {
    for (var i = 0; i <= FREE; i++) {
      calls.wrongToken(HALL, ACCOUNT);
    }
    for (var i = 0; i < 9; i++) {
      assertThat(calls.wrongToken(HALL, ACCOUNT)).contains(Duration.ofMillis(1000 - 100L * i));
      pass(Duration.ofMillis(100));
    }
    pass(Duration.ofMillis(100));
    assertThat(calls.wrongToken(HALL, ACCOUNT)).isEmpty();
    assertThat(calls.wrongToken(HALL, ACCOUNT)).contains(Duration.ofSeconds(2));
  }

  @Test
  void addresses_areSlowedDownAlone_untilTheAccountIsTriedTooOften() {
    for (var i = 0; i < 10 * FREE; i++) {
      assertThat(calls.wrongToken("198.51.100." + i, ACCOUNT)).isEmpty();
    }
    assertThat(calls.wrongToken("198.51.100.200", ACCOUNT)).as("the first of a delay").isEmpty();
    assertThat(calls.wrongToken("198.51.100.201", ACCOUNT)).contains(Duration.ofSeconds(1));
    assertThat(calls.wrongToken("198.51.100.202", "another")).isEmpty();
    for (var i = 0; i < 100; i++) {
      calls.wrongToken("192.0.2." + i, ACCOUNT).ifPresent(this::pass);
    }
    assertThat(calls.wrongToken(HALL, ACCOUNT).orElse(Duration.ZERO))
        .isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void networkOfIpVersion6_isOneAddress_andWhatIsNoneToo() {
    for (var i = 0; i <= FREE; i++) {
      assertThat(calls.wrongToken("2001:db8::" + Integer.toHexString(i + 1), ACCOUNT)).isEmpty();
    }
    assertThat(calls.wrongToken("2001:db8:0:0:ffff::1", ACCOUNT)).isPresent();
    assertThat(calls.wrongToken("2001:db8:0:1::1", ACCOUNT)).isEmpty();
    for (var i = 0; i <= FREE; i++) {
      assertThat(calls.wrongToken("no address " + i, ACCOUNT)).isEmpty();
    }
    assertThat(calls.wrongToken("none either", ACCOUNT)).isPresent();
  }

  @Test
  void anAddress_hasALineAMinute_withHowManyThereWere() {
    for (var i = 0; i < 500; i++) {
      call(HALL);
    }
    call("198.51.100.1");
    calls.run(() -> true);
    assertThat(log.list).hasSize(2);
    assertThat(value(log.list.getFirst(), "calls")).isEqualTo("1");
    assertThat(value(log.list.getFirst(), "route")).isEqualTo("/api/jobs/{id}");
    pass(Duration.ofSeconds(59));
    calls.run(() -> true);
    assertThat(log.list).hasSize(2);
    pass(Duration.ofSeconds(1));
    calls.run(() -> true);
    assertThat(log.list).hasSize(3);
    assertThat(value(log.list.getLast(), "address")).isEqualTo(HALL);
    assertThat(value(log.list.getLast(), "calls")).isEqualTo("499");
    assertThat(value(log.list.getLast(), "wrongTokens")).isEqualTo("499");
    call(HALL);
    assertThat(log.list).as("the next minute has begun").hasSize(3);
    pass(Duration.ofHours(1));
    calls.run(() -> true);
    calls.run(() -> true);
    assertThat(log.list).hasSize(4);
  }

  /** Somebody with a million addresses changes nothing for the address that tries on. */
  @Test
  void manyAddresses_takeNoMoreMemory_andTheBusyOneStaysSlow() {
    for (var i = 0; i <= FREE; i++) {
      calls.wrongToken(HALL, "of the hall");
    }
    for (var i = 0; i < 100_000; i++) {
      var address = "10.%d.%d.%d".formatted(i >> 16, (i >> 8) & 255, i & 255);
      calls.wrongToken(address, ACCOUNT);
      if (i % 100 == 0) {
        assertThat(calls.wrongToken(HALL, "of the hall")).isPresent();
      }
    }
    assertThat(calls.addresses()).isLessThanOrEqualTo(10_000);
    assertThat(calls.wrongToken(HALL, "of the hall")).isNotEqualTo(Optional.empty());
  }
}
