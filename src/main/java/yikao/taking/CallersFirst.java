package yikao.taking;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import yikao.attempt.AttemptHolders;
import yikao.attempt.Credentials;
import yikao.web.Problem;

/**
 * Refuses who may not answer an attempt before a byte of a body is read, so that whatever the body
 * holds, the refusal is the same. Of the pages' forms only the cookie is looked at here; their
 * answer is a page, which says no more.
 */
@ServerFilter(
    patterns = {
      "/api/attempts/*/responses/*",
      "/api/attempts/*/participant",
      "/api/attempts/*/submission",
      "/attempts/*",
      "/attempts/*/participant",
      "/attempts/*/submission"
    },
    methods = {HttpMethod.POST, HttpMethod.PUT})
@Order(Ordered.LOWEST_PRECEDENCE)
final class CallersFirst {
  private static final Pattern ID =
      Pattern.compile("/api/attempts/(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})/.*");

  private final Credentials credentials;
  private final AttemptHolders holders;
  private final ExecutorService blocking;

  CallersFirst(
      Credentials credentials,
      AttemptHolders holders,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.credentials = credentials;
    this.holders = holders;
    this.blocking = blocking;
  }

  /**
   * Lets those pass who may answer; at once where they are known, as they are but for the first
   * time.
   *
   * @throws Problem {@code unauthorized}, {@code no-such-attempt} or {@code not-yours}
   */
  @RequestFilter
  CompletableFuture<HttpRequest<?>> check(HttpRequest<?> request) {
    var credential = credentials.of(request);
    var path = ID.matcher(request.getPath());
    if (!path.matches()) {
      // a page, or no attempt has such an id, as the route will say
      return CompletableFuture.completedFuture(request);
    }
    var id = UUID.fromString(path.group(1));
    if (holders.isKnown(id, credential)) {
      return CompletableFuture.completedFuture(request);
    }
    return CompletableFuture.supplyAsync(
        () -> {
          holders.require(id, credential);
          return request;
        },
        blocking);
  }
}
