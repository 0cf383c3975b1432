package yikao.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long after something was acknowledged it was seen by those who look. */
final class Sights {
  private final List<Duration> all = new ArrayList<>();

  synchronized void add(long acknowledged) {
    all.add(Duration.ofNanos(Math.max(0, System.nanoTime() - acknowledged)));
  }

  synchronized int count() {
    return all.size();
  }

  synchronized Duration median() {
    var sorted = all.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  synchronized Duration worst() {
    return Collections.max(all);
  }

  @Override
  public String toString() {
    return "%d seen, median %d ms, worst %d ms"
        .formatted(count(), median().toMillis(), worst().toMillis());
  }
}
