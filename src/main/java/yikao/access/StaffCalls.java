package yikao.access;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import io.micronaut.web.router.UriRouteMatch;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.RefusedCalls.Call;
import yikao.web.Problem;

/**
 * Writes a line to the audit log for each call that was made with staff's rights, and counts those
 * that wanted them and had none. What has such rights has asked {@link Callers}, whichever route it
 * is; so no route can be forgotten here.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(StaffCalls.OUTSIDE_OTHERS)
final class StaffCalls {
  /** The logger of the audit log. */
  static final String LOG_NAME = "yikao.audit";

  static final String MESSAGE = "staff call";

  /** Sees each answer as it goes out, but for its headers. */
  static final int OUTSIDE_OTHERS = Ordered.HIGHEST_PRECEDENCE + 1;

  private static final Logger LOG = LoggerFactory.getLogger(LOG_NAME);
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Secrets secrets;
  private final ClientAddress addresses;
  private final RefusedCalls refusedCalls;

  StaffCalls(Secrets secrets, ClientAddress addresses, RefusedCalls refusedCalls) {
    this.secrets = secrets;
    this.addresses = addresses;
    this.refusedCalls = refusedCalls;
  }

  /**
   * Writes or counts.
   *
   * @throws Problem {@code too-many-tokens} in place of a refusal, where wrong tokens come too fast
   */
  @ResponseFilter
  void answered(HttpRequest<?> request, MutableHttpResponse<?> response) {
    var staff = Callers.staff(request);
    if (staff.isPresent()) {
      if (!isNothingNew(request, response)) {
        written(staff.get().actor(), call(request, response.code()), identifiers(request));
      }
      if (staff.get().account().isEmpty() && response.code() < HttpStatus.BAD_REQUEST.getCode()) {
        secrets.editorTokenUsed();
      }
      return;
    }
    var isRefusal =
        response.code() == HttpStatus.UNAUTHORIZED.getCode()
            || response.code() == HttpStatus.FORBIDDEN.getCode();
    // also one that opens no attempt may be a try to find the editor's
    var isWrongToken = isRefusal && Bearer.of(request).isPresent();
    if (isWrongToken || (isRefusal && Callers.isRefused(request))) {
      refused(call(request, response.code()), isWrongToken);
    }
  }

  /** A page that asks each second, and was told nothing. */
  private static boolean isNothingNew(HttpRequest<?> request, MutableHttpResponse<?> response) {
    return request.getMethod() == HttpMethod.GET
        && response.code() == HttpStatus.NO_CONTENT.getCode();
  }

  private void refused(Call call, boolean isWrongToken) {
    if (!isWrongToken) {
      refusedCalls.refused(call, false);
      return;
    }
    var later = refusedCalls.wrongToken(call.address(), Actor.EDITOR);
    var status = later.isPresent() ? HttpStatus.TOO_MANY_REQUESTS.getCode() : call.status();
    refusedCalls.refused(new Call(call.address(), call.method(), call.route(), status), true);
    if (later.isPresent()) {
      throw Problem.retryLater(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-tokens",
          later.get().plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS));
    }
  }

  private static void written(Actor actor, Call call, Map<String, String> identifiers) {
    var line =
        LOG.atInfo()
            .addKeyValue("actor", actor.code())
            .addKeyValue("address", call.address())
            .addKeyValue("method", call.method())
            .addKeyValue("route", call.route());
    for (var identifier : identifiers.entrySet()) {
      line = line.addKeyValue(identifier.getKey(), identifier.getValue());
    }
    line.addKeyValue("status", call.status()).log(MESSAGE);
  }

  private Call call(HttpRequest<?> request, int status) {
    return new Call(
        addresses.shown(request),
        readable(IDENTIFIER, request.getMethodName()),
        route(request),
        status);
  }

  /** The template of the route, without what it says of queries. */
  private static String route(HttpRequest<?> request) {
    return RouteAttributes.getRouteInfo(request)
        .filter(UriRouteInfo.class::isInstance)
        .map(route -> ((UriRouteInfo<?, ?>) route).getUriMatchTemplate().toPathString())
        .orElse("?");
  }

  private static Map<String, String> identifiers(HttpRequest<?> request) {
    var identifiers = new TreeMap<String, String>();
    RouteAttributes.getRouteMatch(request)
        .filter(UriRouteMatch.class::isInstance)
        .map(match -> ((UriRouteMatch<?, ?>) match).getVariableValues())
        .ifPresent(values ->
            values.forEach((name, value) ->
                identifiers.put(name, readable(IDENTIFIER, String.valueOf(value)))));
    return identifiers;
  }

  /** What a caller wrote, as it may stand in a log. */
  private static String readable(Pattern allowed, String written) {
    return allowed.matcher(written).matches() ? written : "?";
  }
}
