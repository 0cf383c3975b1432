package yikao.attempt;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts what happens to attempts, by outcome. */
@Singleton
final class AttemptMeters {
  private final MeterRegistry registry;

  AttemptMeters(MeterRegistry registry) {
    this.registry = registry;
    started(true, 0);
    started(false, 0);
    saved("saved", 0);
    for (var state : AttemptState.values()) {
      if (state.isEnded()) {
        ended(state, 0);
      }
    }
  }

  void started(boolean created) {
    started(created, 1);
  }

  private void started(boolean created, int n) {
    registry
        .counter("yikao.attempts.started", "outcome", created ? "created" : "resumed")
        .increment(n);
  }

  void saved(String outcome) {
    saved(outcome, 1);
  }

  private void saved(String outcome, int n) {
    registry.counter("yikao.responses.saved", "outcome", outcome).increment(n);
  }

  void ended(AttemptState state) {
    ended(state, 1);
  }

  private void ended(AttemptState state, int n) {
    registry.counter("yikao.attempts.ended", "outcome", state.code()).increment(n);
  }
}
