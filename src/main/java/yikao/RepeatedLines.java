package yikao;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Counts warnings and errors that repeat instead of writing them: each is written a few times in a
 * minute, and after that minute how many were left out. Otherwise one attack fills a disk.
 */
final class RepeatedLines extends Filter<ILoggingEvent> {
  static final int WRITTEN = 5;
  static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** Beyond it lines are not told apart. */
  static final int MOST_KINDS = 100;

  /** Signs by which lines are told apart. */
  private static final int KEY = 200;

  private static final String LEFT_OUT = "left out {} times in a minute: {}";

  /** What differs between lines that some libraries put together themselves. */
  private static final Pattern DIFFERENT = Pattern.compile("[0-9a-f]{6,}|[0-9]+");

  private final Map<Kind, Count> counts = new HashMap<>();
  private final LoggerContext loggers;
  private final Consumer<ILoggingEvent> out;

  private record Kind(String logger, Level level, String message, String failure) {}

  private static final class Count {
    private final long began;
    private long seen;

    private Count(long began) {
      this.began = began;
    }
  }

  /**
   * A filter.
   *
   * @param out where it writes what was left out
   */
  RepeatedLines(LoggerContext loggers, Consumer<ILoggingEvent> out) {
    this.loggers = loggers;
    this.out = out;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (!event.getLevel().isGreaterOrEqual(Level.WARN) || isOwn(event)) {
      return FilterReply.NEUTRAL;
    }
    return isFew(event) ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  private static boolean isOwn(ILoggingEvent event) {
    return LEFT_OUT.equals(event.getMessage());
  }

  private synchronized boolean isFew(ILoggingEvent event) {
    var kind = kind(event);
    var count =
        counts.computeIfAbsent(
            counts.size() < MOST_KINDS || counts.containsKey(kind)
                ? kind
                : new Kind(Logger.ROOT_LOGGER_NAME, event.getLevel(), "…", ""),
            _ -> new Count(event.getTimeStamp()));
    return ++count.seen <= WRITTEN;
  }

  private static Kind kind(ILoggingEvent event) {
    var failure = event.getThrowableProxy();
    return new Kind(
        event.getLoggerName(),
        event.getLevel(),
        DIFFERENT.matcher(beginning(event.getMessage())).replaceAll("#"),
        failure == null ? "" : failure.getClassName());
  }

  private static String beginning(@Nullable String message) {
    var whole = String.valueOf(message);
    return whole.substring(0, Math.min(KEY, whole.length()));
  }

  /**
   * Says of each minute that is over what was left out of it. Not to be called by {@link #decide}:
   * an appender passes over what is written to it while it writes.
   */
  void sayLeftOut(long nowMillis) {
    for (var event : over(nowMillis)) {
      out.accept(event);
    }
  }

  private synchronized List<ILoggingEvent> over(long nowMillis) {
    var events = new ArrayList<ILoggingEvent>();
    counts
        .entrySet()
        .removeIf(entry -> {
          var isOver = nowMillis - entry.getValue().began >= MINUTE;
          if (isOver && entry.getValue().seen > WRITTEN) {
            events.add(leftOut(entry.getKey(), entry.getValue().seen - WRITTEN, nowMillis));
          }
          return isOver;
        });
    return events;
  }

  private ILoggingEvent leftOut(Kind kind, long times, long nowMillis) {
    var arguments = new Object[] {times, (kind.message() + " " + kind.failure()).strip()};
    var logger = loggers.getLogger(kind.logger());
    var name = RepeatedLines.class.getName();
    var event = new LoggingEvent(name, logger, kind.level(), LEFT_OUT, null, arguments);
    event.setTimeStamp(nowMillis);
    return event;
  }
}
