package yikao.attempt;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Refuses what the queue has no room for before anything else is done for it: in a flood that
 * leaves the processors to those who are served. The queue itself decides in the end.
 */
@ServerFilter(
    patterns = {
      "/api/quizzes/*/attempts",
      "/api/attempts/*/responses/*",
      "/api/attempts/*/submission"
    },
    methods = {HttpMethod.POST, HttpMethod.PUT})
final class LoadShedding {
  private final AttemptQueue queue;

  LoadShedding(AttemptQueue queue) {
    this.queue = queue;
  }

  @RequestFilter
  void check() {
    queue.requireRoom();
  }
}
