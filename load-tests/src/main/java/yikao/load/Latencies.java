package yikao.load;

/** Times in a histogram: exact below 64 µs, then 64 steps for each doubling, up to minutes. */
final class Latencies {
  private static final int STEPS = 64;
  private final long[] counts = new long[STEPS * 32];
  private long total;
  private long max;

  void record(long nanos) {
    var micros = Math.max(0, nanos / 1_000);
    counts[Math.min(bucket(micros), counts.length - 1)]++;
    total++;
    max = Math.max(max, nanos);
  }

  private static int bucket(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    var doublings = 63 - Long.numberOfLeadingZeros(micros) - 6;
    return (doublings + 1) * STEPS + (int) (micros >>> doublings) - STEPS;
  }

  private static long ceiling(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    var doublings = bucket / STEPS - 1;
    return ((long) (bucket % STEPS + STEPS + 1) << doublings) - 1;
  }

  void add(Latencies other) {
    for (var i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
    max = Math.max(max, other.max);
  }

  long count() {
    return total;
  }

  /** Milliseconds within which this share, 0 to 1, was answered. */
  double millis(double share) {
    var wanted = (long) Math.ceil(total * share);
    var seen = 0L;
    for (var i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return Math.min(ceiling(i) / 1e3, maxMillis());
      }
    }
    return 0;
  }

  double maxMillis() {
    return max / 1e6;
  }
}
