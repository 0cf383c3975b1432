package yikao.web;

import io.micronaut.http.HttpRequest;

/** What a request's path says about how to answer and what to log. */
final class Paths {
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

  /** A field's path without the names of method and parameter before it. */
  static String field(String path) {
    return path.replaceAll("^/", "").replace('/', '.');
  }
}
