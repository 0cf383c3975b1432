package yikao.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.DecoderException;
import jakarta.inject.Singleton;

/** What a caller is told whose body is not compressed as its header says. */
@Singleton
final class BrokenBodies implements ExceptionHandler<DecoderException, HttpResponse<?>> {
  private final ExceptionHandler<Problem, HttpResponse<?>> problems;

  BrokenBodies(ExceptionHandler<Problem, HttpResponse<?>> problems) {
    this.problems = problems;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, DecoderException broken) {
    return problems.handle(request, Problem.of(HttpStatus.BAD_REQUEST, "malformed"));
  }
}
