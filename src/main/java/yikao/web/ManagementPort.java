package yikao.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import jakarta.inject.Provider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps metrics and health on their own port, and everything else off it. Whether the process is
 * alive is said on both: it costs nothing and tells nothing.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ManagementPort {
  private static final String ALIVE = "/health/liveness";

  private final Provider<EmbeddedServer> server;
  private final Map<RouteInfo<?>, Boolean> known = new ConcurrentHashMap<>();
  private volatile int servicePort;

  ManagementPort(Provider<EmbeddedServer> server) {
    this.server = server;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    var isOnOwnPort = request.getServerAddress().getPort() != servicePort();
    if (isManagement(request) != isOnOwnPort && !request.getPath().equals(ALIVE)) {
      throw Problem.of(HttpStatus.NOT_FOUND, "no-such-resource");
    }
  }

  /** The first request asks; the port stays while the service runs. */
  private int servicePort() {
    var port = servicePort;
    if (port == 0) {
      port = server.get().getPort();
      servicePort = port;
    }
    return port;
  }

  private boolean isManagement(HttpRequest<?> request) {
    var route = RouteAttributes.getRouteInfo(request);
    return route.isPresent() && known.computeIfAbsent(route.get(), ManagementPort::isEndpoint);
  }

  private static boolean isEndpoint(RouteInfo<?> route) {
    return route instanceof MethodBasedRouteInfo<?, ?> method
        && method.getTargetMethod().getAnnotationMetadata().hasAnnotation(Endpoint.class);
  }
}
