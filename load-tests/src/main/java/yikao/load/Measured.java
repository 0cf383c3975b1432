package yikao.load;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;

/** What the processes used in the measured time. */
final class Measured {
  private final Processes service;
  private final Processes database;
  private final Processes driver = new Processes(ProcessHandle.current().pid(), false);
  private final double[] before = new double[3];
  private final double[] used = new double[3];
  private final double[] megabytes = new double[3];

  Measured(Options options) {
    this.service = new Processes(options.number("service-pid", 0), false);
    this.database = new Processes(options.number("database-pid", 0), true);
  }

  void begin() {
    for (var i = 0; i < 3; i++) {
      before[i] = process(i).cpuSeconds();
    }
  }

  void end() {
    for (var i = 0; i < 3; i++) {
      used[i] = process(i).cpuSeconds() - before[i];
      megabytes[i] = process(i).megabytes();
    }
  }

  static void await(long nanoTime) {
    for (var left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private Processes process(int i) {
    return i == 0 ? service : i == 1 ? database : driver;
  }

  /** CPU for each attempt and memory, as text. */
  String text(long attempts) {
    var lines = new StringJoiner("\n");
    var names = new String[] {"service", "database", "driver"};
    for (var i = 0; i < 3; i++) {
      if (process(i).pid() != 0) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%-9s %7.2f s CPU, %6.1f µs an attempt, %6.0f MB",
                names[i],
                used[i],
                perAttempt(i, attempts),
                megabytes[i]));
      }
    }
    return lines.toString();
  }

  private double perAttempt(int i, long attempts) {
    return attempts == 0 ? 0 : used[i] * 1e6 / attempts;
  }

  String json(long attempts) {
    return String.format(
        Locale.ROOT,
        "\"cpuMicros\":{\"service\":%.1f,\"database\":%.1f,\"driver\":%.1f},"
            + "\"megabytes\":{\"service\":%.0f,\"database\":%.0f,\"driver\":%.0f}",
        perAttempt(0, attempts),
        perAttempt(1, attempts),
        perAttempt(2, attempts),
        megabytes[0],
        megabytes[1],
        megabytes[2]);
  }
}
