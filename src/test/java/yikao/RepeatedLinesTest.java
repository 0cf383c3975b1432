package yikao;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written of a line that repeats. */
final class RepeatedLinesTest {
  private final List<String> said = new ArrayList<>();
  private final RepeatedLines lines =
      new RepeatedLines(
          new LoggerContext(),
          event -> said.add(event.getLoggerName() + ": " + event.getFormattedMessage()));

  private static ILoggingEvent event(long at, Level level, String message, Object... arguments) {
    var event = new LoggingEvent();
    event.setLoggerName("x");
    event.setLevel(level);
    event.setMessage(message);
    event.setArgumentArray(arguments);
    event.setTimeStamp(at);
    return event;
  }

  private int written(int times, long at, Level level, String message) {
    var written = 0;
    for (var i = 0; i < times; i++) {
      written += lines.decide(event(at, level, message, i)) == FilterReply.DENY ? 0 : 1;
    }
    return written;
  }

  @Test
  void errorThatRepeats_isWrittenAFewTimes_andThenCounted() {
    assertThat(written(1_000, 0, Level.ERROR, "failed: {}")).isEqualTo(RepeatedLines.WRITTEN);
    lines.sayLeftOut(RepeatedLines.MINUTE - 1);
    assertThat(said).isEmpty();
    lines.sayLeftOut(RepeatedLines.MINUTE);
    lines.sayLeftOut(RepeatedLines.MINUTE);
    assertThat(said).containsExactly("x: left out 995 times in a minute: failed: {}");
  }

  @Test
  void nextMinute_beginsAnew() {
    written(7, 0, Level.WARN, "slow");
    lines.sayLeftOut(RepeatedLines.MINUTE);
    assertThat(written(7, RepeatedLines.MINUTE, Level.WARN, "slow"))
        .isEqualTo(RepeatedLines.WRITTEN);
    assertThat(said).containsExactly("x: left out 2 times in a minute: slow");
  }

  /** Lines come without a pause, as in an attack that lasts. */
  @Test
  void counts_areWrittenByARealAppenderToo() {
    var loggers = new LoggerContext();
    loggers.setMDCAdapter(new LogbackMDCAdapter());
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(loggers);
    encoder.setPattern("%msg%n");
    encoder.start();
    var written = new ByteArrayOutputStream();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(loggers);
    appender.setEncoder(encoder);
    appender.setOutputStream(written);
    var filter = new RepeatedLines(loggers, appender::doAppend);
    appender.addFilter(filter);
    appender.start();
    for (var second = 0; second <= 130; second++) {
      var event =
          new LoggingEvent("x", loggers.getLogger("x"), Level.WARN, "slow", null, new Object[0]);
      event.setTimeStamp(second * 1_000L);
      appender.doAppend(event);
      if (second % 10 == 0) {
        filter.sayLeftOut(second * 1_000L);
      }
    }
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("left out 56 times in a minute: slow");
  }

  @Test
  void linesThatDiffer_areCountedApart() {
    assertThat(written(9, 0, Level.ERROR, "one")).isEqualTo(RepeatedLines.WRITTEN);
    assertThat(written(9, 0, Level.WARN, "one")).isEqualTo(RepeatedLines.WRITTEN);
    assertThat(written(9, 0, Level.ERROR, "other")).isEqualTo(RepeatedLines.WRITTEN);
    var another = (LoggingEvent) event(0, Level.ERROR, "one");
    another.setThrowableProxy(new ThrowableProxy(new IllegalStateException("x")));
    assertThat(lines.decide(another)).isEqualTo(FilterReply.NEUTRAL);
  }

  @Test
  void numbersInALine_makeNoOtherOfIt() {
    var written = 0;
    for (var i = 0; i < 20; i++) {
      written += written(1, 0, Level.WARN, "task@%x failed after %d".formatted(99_999_999 + i, i));
    }
    assertThat(written).isEqualTo(RepeatedLines.WRITTEN);
  }

  @Test
  void whatIsNoWarning_isWrittenAlways() {
    assertThat(written(1_000, 0, Level.INFO, "started")).isEqualTo(1_000);
  }

  @Test
  void whatWasLeftOut_isItselfNeverLeftOut() {
    for (var kind = 0; kind < 20; kind++) {
      written(6, 0, Level.WARN, "kind " + (char) ('a' + kind));
    }
    var passed = new ArrayList<FilterReply>();
    var all = new RepeatedLines[1];
    all[0] = new RepeatedLines(new LoggerContext(), event -> passed.add(all[0].decide(event)));
    for (var i = 0; i < 60; i++) {
      all[0].decide(event(0, Level.WARN, "kind " + (char) ('p' + i % 10)));
    }
    all[0].sayLeftOut(RepeatedLines.MINUTE);
    assertThat(passed).hasSize(10).containsOnly(FilterReply.NEUTRAL);
  }

  @Test
  void linesThatNeverRepeat_areToldApartUpToALimit() {
    var written = 0;
    for (var i = 0; i < 2 * RepeatedLines.MOST_KINDS; i++) {
      written += written(1, 0, Level.ERROR, "made of " + "x".repeat(i));
    }
    assertThat(written).isEqualTo(RepeatedLines.MOST_KINDS + RepeatedLines.WRITTEN);
  }
}
