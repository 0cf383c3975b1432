package yikao.load;

import java.util.Locale;
import java.util.StringJoiner;

/** Prints a run for people, and in its last line for scripts. */
final class Report {
  private Report() {}

  /** Prints; whether nothing went wrong. */
  static boolean print(
      String mode, Options options, Tally tally, double seconds, Measured measured) {
    var all = tally.all();
    say("%s %s: %.1f s", mode, options.text("label", ""), seconds);
    say(
        "%.0f attempts/s, %.0f calls/s, wrong scores %d, errors %s",
        tally.attempts / seconds, all.count() / seconds, tally.wrongScores, tally.errors);
    tally.latencies.forEach((call, times) -> latency(name(call), times));
    latency("all", all);
    System.out.println(measured.text(tally.attempts));
    if (!tally.firstError.isEmpty()) {
      say("first error: %s", tally.firstError);
    }
    System.out.println(json(mode, options, tally, seconds, measured));
    return tally.wrongScores == 0 && tally.errorCount() == 0 && all.count() > 0;
  }

  private static void latency(String name, Latencies times) {
    say(
        "%-7s %9d  p50 %7.2f  p95 %7.2f  p99 %7.2f  max %7.2f ms",
        name,
        times.count(),
        times.millis(0.5),
        times.millis(0.95),
        times.millis(0.99),
        times.maxMillis());
  }

  private static String json(
      String mode, Options options, Tally tally, double seconds, Measured measured) {
    var calls = new StringJoiner(",", "{", "}");
    tally.latencies.forEach((call, times) -> calls.add(json(name(call), times)));
    calls.add(json("all", tally.all()));
    return String.format(
        Locale.ROOT,
        "{\"mode\":\"%s\",\"label\":\"%s\",\"seconds\":%.1f,\"attempts\":%.1f,\"calls\":%.1f,"
            + "\"wrongScores\":%d,\"errors\":%d,\"latency\":%s,%s}",
        mode,
        options.text("label", ""),
        seconds,
        tally.attempts / seconds,
        tally.all().count() / seconds,
        tally.wrongScores,
        tally.errorCount(),
        calls,
        measured.json(tally.attempts));
  }

  private static String json(String name, Latencies times) {
    return String.format(
        Locale.ROOT,
        "\"%s\":{\"p50\":%.2f,\"p95\":%.2f,\"p99\":%.2f,\"max\":%.2f}",
        name,
        times.millis(0.5),
        times.millis(0.95),
        times.millis(0.99),
        times.maxMillis());
  }

  private static String name(Tally.Call call) {
    return call.name().toLowerCase(Locale.ROOT);
  }

  static void say(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }
}
