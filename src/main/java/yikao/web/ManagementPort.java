package yikao.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Provider;

/**
 * Keeps metrics and health on their own port, and everything else off it. Whether the process is
 * alive is said on both: it costs nothing and tells nothing.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ManagementPort {
  private static final String ALIVE = "/health/liveness";

  private final Provider<EmbeddedServer> server;

  ManagementPort(Provider<EmbeddedServer> server) {
    this.server = server;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    var isOnOwnPort = request.getServerAddress().getPort() != server.get().getPort();
    if (isManagement(request) != isOnOwnPort && !request.getPath().equals(ALIVE)) {
      throw Problem.of(HttpStatus.NOT_FOUND, "no-such-resource");
    }
  }

  private static boolean isManagement(HttpRequest<?> request) {
    return RouteAttributes.getRouteInfo(request)
        .filter(MethodBasedRouteInfo.class::isInstance)
        .map(route -> ((MethodBasedRouteInfo<?, ?>) route).getTargetMethod())
        .filter(method -> method.getAnnotationMetadata().hasAnnotation(Endpoint.class))
        .isPresent();
  }
}
