package yikao.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every error into problem details. */
@Singleton
@Produces(MediaType.APPLICATION_JSON_PROBLEM)
final class ProblemResponses
    implements ExceptionHandler<Problem, HttpResponse<?>>, ErrorResponseProcessor<Object> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);
  private static final Map<Integer, String> CODES =
      Map.of(
          400, "malformed",
          401, "unauthorized",
          404, "no-such-resource",
          405, "method-not-allowed",
          406, "not-acceptable",
          413, "too-large",
          415, "unsupported-media-type",
          500, "internal");

  private static final int MOST_SAID = 200;

  private final Messages messages;
  private final ErrorPage page;
  private final SecurityHeaders securityHeaders;

  ProblemResponses(Messages messages, ErrorPage page, SecurityHeaders securityHeaders) {
    this.messages = messages;
    this.page = page;
    this.securityHeaders = securityHeaders;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, Problem problem) {
    var locale = Messages.locale(request);
    var fields =
        problem.errors().stream()
            .map(e ->
                ProblemBody.Field.of(
                    e.field(),
                    messages.text(locale, e.code(), shortened(e.arguments())),
                    e.candidates()))
            .toList();
    var response =
        respond(
            request,
            locale,
            problem.status().getCode(),
            problem.code(),
            problem.arguments(),
            fields,
            problem.stored());
    problem
        .retryAfter()
        .ifPresent(after ->
            response.header(
                HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, after.toSeconds()))));
    return response;
  }

  /** What a caller wrote is not sent back at any length. */
  private static List<Object> shortened(List<Object> arguments) {
    return arguments.stream()
        .map(a -> a instanceof String text && text.length() > MOST_SAID ? shortened(text) : a)
        .toList();
  }

  private static Object shortened(String text) {
    var end = Character.isHighSurrogate(text.charAt(MOST_SAID - 1)) ? MOST_SAID - 1 : MOST_SAID;
    return text.substring(0, end) + "…";
  }

  @Override
  public MutableHttpResponse<Object> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    var request = context.getRequest();
    var status = response.code() == 0 ? 500 : response.code();
    context
        .getRootCause()
        .filter(_ -> status >= 500)
        .ifPresent(
            e -> LOG.error("failed: {} {}", request.getMethod(), Paths.template(request), e));
    var code = CODES.getOrDefault(status, status >= 500 ? "internal" : "malformed");
    var locale = Messages.locale(request);
    var fields =
        status == HttpStatus.BAD_REQUEST.getCode()
            ? context.getErrors().stream()
                .filter(e -> e.getPath().isPresent())
                .map(e ->
                    ProblemBody.Field.of(
                        Paths.field(e.getPath().orElse(""), context.getRootCause().orElse(null)),
                        messages.text(locale, "malformed-field", List.of()),
                        List.of()))
                .toList()
            : List.<ProblemBody.Field>of();
    var made = respond(request, locale, status, code, List.of(), fields, List.of());
    response.getHeaders().findFirst(HttpHeaders.ALLOW).ifPresent(a -> made.header("Allow", a));
    // what cannot be read as a request goes past all filters
    securityHeaders.add(request, made);
    return made;
  }

  private MutableHttpResponse<Object> respond(
      HttpRequest<?> request,
      Locale locale,
      int status,
      String code,
      List<Object> arguments,
      @Nullable List<ProblemBody.Field> fields,
      List<Map<String, Object>> stored) {
    var isPage = Paths.isPage(request);
    var title = messages.text(locale, code + ".title", arguments);
    var detail =
        isPage
            ? messages.textForPage(locale, code, arguments)
            : messages.text(locale, code, arguments);
    var named = fields == null || fields.isEmpty() ? null : fields;
    if (isPage) {
      return HttpResponse.<Object>status(HttpStatus.valueOf(status))
          .contentType(MediaType.TEXT_HTML_TYPE)
          .body(
              page.render(
                  request,
                  status,
                  title,
                  detail,
                  named == null
                      ? List.of()
                      : named.stream().map(ProblemBody.Field::message).toList()));
    }
    var body =
        new ProblemBody(
            "urn:yikao:" + code,
            title,
            status,
            detail,
            request.getPath(),
            named,
            stored.isEmpty() ? null : stored);
    return HttpResponse.<Object>status(HttpStatus.valueOf(status))
        .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
        .body(body);
  }
}
