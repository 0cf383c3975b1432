package yikao.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.configuration.metrics.micrometer.prometheus.management.PrometheusEndpoint;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.management.endpoint.annotation.Read;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The metrics. They are gathered once a second, however often somebody asks. */
@Endpoint(PrometheusEndpoint.ID)
@Replaces(PrometheusEndpoint.class)
final class Scrapes {
  private static final long KEPT = Duration.ofSeconds(1).toNanos();

  private final PrometheusMeterRegistry metrics;
  private byte[] last = new byte[0];
  private long gathered;

  Scrapes(PrometheusMeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Read(produces = "text/plain; version=0.0.4; charset=utf-8")
  @ExecuteOn(TaskExecutors.BLOCKING)
  synchronized byte[] scrape() {
    var now = System.nanoTime();
    if (last.length == 0 || now - gathered >= KEPT) {
      last = metrics.scrape().getBytes(StandardCharsets.UTF_8);
      gathered = now;
    }
    return last;
  }
}
