package yikao.web;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Moments and durations as pages write them, in the service's time zone. */
@Singleton
public final class Times {
  private final DateTimeFormatter minute;
  private final DateTimeFormatter second;

  Times(@Value("${yikao.time-zone}") String zone) {
    this.minute = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm").withZone(ZoneId.of(zone));
    this.second = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm:ss").withZone(ZoneId.of(zone));
  }

  /** A moment to the minute. */
  public String minute(Instant moment) {
    return minute.format(moment);
  }

  /** A moment to the second. */
  public String second(Instant moment) {
    return second.format(moment);
  }

  /** How long something took: 12分05秒. */
  public static String duration(long millis) {
    var time = Duration.ofMillis(millis);
    if (time.toHours() > 0) {
      return "%d小时%02d分%02d秒".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
    return time.toMinutes() > 0
        ? "%d分%02d秒".formatted(time.toMinutes(), time.toSecondsPart())
        : "%d秒".formatted(time.toSeconds());
  }
}
