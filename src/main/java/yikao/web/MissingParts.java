package yikao.web;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.UnsatisfiedRouteHandler;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.inject.Singleton;

/** What a caller is told who has left out the body, or another part that a route needs. */
@Singleton
@Replaces(UnsatisfiedRouteHandler.class)
final class MissingParts implements ExceptionHandler<UnsatisfiedRouteException, HttpResponse<?>> {
  private final ExceptionHandler<Problem, HttpResponse<?>> problems;

  MissingParts(ExceptionHandler<Problem, HttpResponse<?>> problems) {
    this.problems = problems;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, UnsatisfiedRouteException missing) {
    var part = missing.getArgument();
    var isBody = part.getAnnotationMetadata().hasAnnotation(Body.class);
    return problems.handle(request, Problem.invalid(isBody ? "body" : part.getName(), "missing"));
  }
}
