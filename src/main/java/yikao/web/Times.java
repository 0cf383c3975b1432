package yikao.web;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Moments and durations as pages write them, in the service's time zone. */
@Singleton
public final class Times {
  private final ZoneId zone;

  Times(@Value("${yikao.time-zone}") String zone) {
    this.zone = ZoneId.of(zone);
  }

  /** A moment to the minute. */
  public String minute(Texts texts, Instant moment) {
    return format(texts, texts.of("time.minute"), moment);
  }

  /** A moment to the second. */
  public String second(Texts texts, Instant moment) {
    return format(texts, texts.of("time.second"), moment);
  }

  /** A day. */
  public static String day(Texts texts, LocalDate day) {
    return DateTimeFormatter.ofPattern(texts.of("time.day"), texts.locale()).format(day);
  }

  private String format(Texts texts, String pattern, Instant moment) {
    return DateTimeFormatter.ofPattern(pattern, texts.locale()).withZone(zone).format(moment);
  }

  /** How long something took, to the second. */
  public static String duration(Texts texts, long millis) {
    var time = Duration.ofMillis(millis);
    if (time.toHours() > 0) {
      return texts.of(
          "time.took.hours", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
    return time.toMinutes() > 0
        ? texts.of("time.took.minutes", time.toMinutes(), time.toSecondsPart())
        : texts.of("time.took.seconds", time.toSeconds());
  }
}
