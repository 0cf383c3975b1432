package yikao.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What one thread, or all together, have seen. */
final class Tally {
  /** A kind of call. */
  enum Call {
    START,
    SAVE,
    SUBMIT
  }

  final Map<Call, Latencies> latencies = new EnumMap<>(Call.class);

  /** By status; 0 where the connection failed. */
  final Map<Integer, Long> errors = new TreeMap<>();

  long attempts;
  long wrongScores;
  String firstError = "";

  void latency(Call call, long nanos) {
    latencies.computeIfAbsent(call, _ -> new Latencies()).record(nanos);
  }

  void error(int status, String what) {
    errors.merge(status, 1L, Long::sum);
    if (firstError.isEmpty()) {
      firstError = what;
    }
  }

  void wrong(String what) {
    wrongScores++;
    if (firstError.isEmpty()) {
      firstError = what;
    }
  }

  void add(Tally other) {
    other.latencies.forEach(
        (call, times) -> latencies.computeIfAbsent(call, _ -> new Latencies()).add(times));
    other.errors.forEach((status, n) -> errors.merge(status, n, Long::sum));
    attempts += other.attempts;
    wrongScores += other.wrongScores;
    if (firstError.isEmpty()) {
      firstError = other.firstError;
    }
  }

  /** All calls together. */
  Latencies all() {
    var all = new Latencies();
    latencies.values().forEach(all::add);
    return all;
  }

  long errorCount() {
    return errors.values().stream().mapToLong(n -> n).sum();
  }
}
