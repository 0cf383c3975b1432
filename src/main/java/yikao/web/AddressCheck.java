package yikao.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import yikao.text.WrittenText;
import yikao.web.Problem.FieldError;

/**
 * Refuses paths and queries that cannot be read as what they should be, where the framework would
 * take a default instead: {@code pending=1} would be false. Nothing has a name that cannot be
 * stored, so that such a path leads nowhere.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AddressCheck {
  private final Map<MethodBasedRouteInfo<?, ?>, Map<String, BodyShape>> known =
      new ConcurrentHashMap<>();

  @RequestFilter
  void check(HttpRequest<?> request) {
    if (!WrittenText.isStorable(request.getUri().getPath())) {
      throw Problem.of(HttpStatus.NOT_FOUND, "no-such-resource");
    }
    if (request.getUri().getRawQuery() == null) {
      return;
    }
    var wanted = RouteAttributes.getRouteInfo(request).map(this::parameters).orElseGet(Map::of);
    var errors = new ArrayList<FieldError>();
    request
        .getParameters()
        .forEach((name, values) -> wrong(name, values, wanted).ifPresent(errors::add));
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private Map<String, BodyShape> parameters(RouteInfo<?> route) {
    return route instanceof MethodBasedRouteInfo<?, ?> method
        ? known.computeIfAbsent(method, AddressCheck::read)
        : Map.of();
  }

  private static Map<String, BodyShape> read(MethodBasedRouteInfo<?, ?> route) {
    return Arrays.stream(route.getTargetMethod().getArguments())
        .filter(a -> a.getAnnotationMetadata().hasAnnotation(QueryValue.class))
        .collect(Collectors.toUnmodifiableMap(a -> a.getName(), a -> BodyShape.shape(a.getType())));
  }

  private static Optional<FieldError> wrong(
      String name, List<String> values, Map<String, BodyShape> wanted) {
    var shape = wanted.get(name);
    if (shape == null) {
      return Optional.empty();
    }
    return values.size() == 1
        ? WrittenValues.wrong(name, shape, values.getFirst())
        : Optional.of(FieldError.of(name, "field.twice"));
  }
}
