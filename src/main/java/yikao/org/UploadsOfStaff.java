package yikao.org;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import yikao.access.Consoles;

/** Refuses whoever may not import anything before a byte of a file is read. */
@ServerFilter(patterns = ImportPages.PATH, methods = HttpMethod.POST)
@Order(Ordered.LOWEST_PRECEDENCE)
final class UploadsOfStaff {
  private final Consoles consoles;
  private final OrgRights rights;
  private final ExecutorService blocking;

  UploadsOfStaff(
      Consoles consoles,
      OrgRights rights,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.consoles = consoles;
    this.rights = rights;
    this.blocking = blocking;
  }

  /** Lets those pass who may import. */
  @RequestFilter
  CompletableFuture<HttpRequest<?>> check(HttpRequest<?> request) {
    return CompletableFuture.supplyAsync(
        () -> {
          consoles.require(request);
          rights.scope(request);
          return request;
        },
        blocking);
  }
}
