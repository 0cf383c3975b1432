package yikao.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.net.URI;

/** Leads to where one signs in, or changes the first password. */
@Singleton
final class SignInNeededHandler
    implements ExceptionHandler<SignInNeededException, HttpResponse<?>> {
  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, SignInNeededException exception) {
    return HttpResponse.seeOther(URI.create(exception.where()));
  }
}
