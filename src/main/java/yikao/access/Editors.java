package yikao.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.Optional;
import yikao.web.Problem;

/** Who may edit: whoever holds the editor's token. */
@Singleton
public final class Editors {
  private static final String ACTOR = "yikao.access.actor";
  private static final String REFUSED = "yikao.access.refused";

  private final Secrets secrets;
  private final ClientAddress addresses;

  Editors(Secrets secrets, ClientAddress addresses) {
    this.secrets = secrets;
    this.addresses = addresses;
  }

  /** Whether the request carries the editor's token; one that does stands in the audit log. */
  public boolean isEditor(HttpRequest<?> request) {
    var isEditor = Bearer.of(request).filter(secrets::isEditor).isPresent();
    if (isEditor) {
      request.setAttribute(ACTOR, actorOf(request));
    }
    return isEditor;
  }

  private Actor actorOf(HttpRequest<?> request) {
    return new Actor(Actor.EDITOR, addresses.of(request));
  }

  /** Who acts in a request with staff's rights; absent where nobody does. */
  static Optional<Actor> actor(HttpRequest<?> request) {
    return request.getAttribute(ACTOR, Actor.class);
  }

  /** Whether a request wanted staff's rights and had none. */
  static boolean isRefused(HttpRequest<?> request) {
    return request.getAttribute(REFUSED).isPresent();
  }

  /**
   * Lets editors pass.
   *
   * @return who acts
   * @throws Problem {@code editor-only} for everybody else
   */
  public Actor require(HttpRequest<?> request) {
    if (!isEditor(request)) {
      request.setAttribute(REFUSED, true);
      throw Problem.of(
          Bearer.of(request).isPresent() ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED,
          "editor-only");
    }
    return actorOf(request);
  }
}
