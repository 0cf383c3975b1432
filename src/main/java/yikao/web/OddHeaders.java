package yikao.web;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Passes over wishes that do no good, before anything reads them. The framework fails on a wish for
 * a language that says nothing, such as a comma alone; and it reads queries in the charset that the
 * answer is wanted in, where all is UTF-8.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OddHeaders {
  @RequestFilter
  void passOver(HttpRequest<?> request) {
    if (request.getHeaders() instanceof MutableHttpHeaders headers) {
      headers.remove(HttpHeaders.ACCEPT_CHARSET);
      if (!isReadable(headers)) {
        headers.remove(HttpHeaders.ACCEPT_LANGUAGE);
      }
    }
  }

  private static boolean isReadable(HttpHeaders headers) {
    try {
      headers.findAcceptLanguage();
      return true;
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }
}
