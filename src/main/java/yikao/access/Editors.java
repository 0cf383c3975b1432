package yikao.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import yikao.web.Problem;

/** Who may edit: whoever holds the editor's token. */
@Singleton
public final class Editors {
  private final Secrets secrets;

  Editors(Secrets secrets) {
    this.secrets = secrets;
  }

  /** Whether the request carries the editor's token. */
  public boolean isEditor(HttpRequest<?> request) {
    return Bearer.of(request).filter(secrets::isEditor).isPresent();
  }

  /**
   * Lets editors pass.
   *
   * @return who acts
   * @throws Problem {@code editor-only} for everybody else
   */
  public Actor require(HttpRequest<?> request) {
    if (!isEditor(request)) {
      throw Problem.of(
          Bearer.of(request).isPresent() ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED,
          "editor-only");
    }
    return Actor.EDITOR;
  }
}
