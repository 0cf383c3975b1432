package yikao.db;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.List;

/** What is measured about the groups of a queue. */
record GroupMeters(Counter commits, DistributionSummary groupSize, Timer committing) {

  static GroupMeters of(
      String queue, int maxGroup, List<? extends Collection<?>> waiting, MeterRegistry meters) {
    Gauge.builder("yikao.queue.length", waiting, q -> q.stream().mapToInt(Collection::size).sum())
        .tag("queue", queue)
        .register(meters);
    return new GroupMeters(
        meters.counter("yikao.commits", "queue", queue),
        DistributionSummary.builder("yikao.group.size")
            .tag("queue", queue)
            .publishPercentileHistogram()
            .maximumExpectedValue((double) Math.max(2, maxGroup))
            .register(meters),
        Timer.builder("yikao.group.commit")
            .tag("queue", queue)
            .publishPercentileHistogram()
            .register(meters));
  }
}
