package yikao.web;

import io.micronaut.http.HttpRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request's path says about how to answer and what to log. */
final class Paths {
  /** How the JSON decoder names a field: {@code property [Integer sequence]}. */
  private static final Pattern DECODED = Pattern.compile("property \\[[^\\]]*?(\\w+)\\]");

  private Paths() {}

  /** Whether a person's browser asked for a page, not a program for data. */
  static boolean isPage(HttpRequest<?> request) {
    var path = request.getPath();
    return !path.startsWith("/api/")
        && !path.startsWith("/health")
        && !path.startsWith("/prometheus")
        && !path.startsWith("/swagger");
  }

  /** The path without identifiers, for logs. */
  static String template(HttpRequest<?> request) {
    return request.getPath().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}");
  }

  /** The field that an error is about: as deep as the decoder's message names it. */
  static String field(String path, @Nullable Throwable cause) {
    var field = path.replaceAll("^/", "").replace('/', '.');
    for (var e = cause; e != null; e = e.getCause()) {
      var named = DECODED.matcher(String.valueOf(e.getMessage()));
      while (named.find()) {
        field = named.group(1);
      }
    }
    return field;
  }
}
