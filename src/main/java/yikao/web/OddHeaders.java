package yikao.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Passes over wishes for a language or a charset that say nothing, such as a comma alone: the
 * framework fails on them, and the default does no harm.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OddHeaders {
  @RequestFilter
  void passOver(HttpRequest<?> request) {
    passOver(request, HttpHeaders.ACCEPT_LANGUAGE, request.getHeaders()::findAcceptLanguage);
    passOver(request, HttpHeaders.ACCEPT_CHARSET, request.getHeaders()::findAcceptCharset);
  }

  private static void passOver(HttpRequest<?> request, String name, Runnable reading) {
    try {
      reading.run();
    } catch (IndexOutOfBoundsException e) {
      if (request.getHeaders() instanceof MutableHttpHeaders headers) {
        headers.remove(name);
      }
    }
  }
}
