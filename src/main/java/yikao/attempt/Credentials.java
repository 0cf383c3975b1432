package yikao.attempt;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import yikao.access.Bearer;
import yikao.access.Editors;
import yikao.access.Secrets;
import yikao.participant.Guests;
import yikao.web.Problem;

/** By what right requests reach attempts. */
@Singleton
public final class Credentials {
  private final Editors editors;
  private final Guests guests;

  Credentials(Editors editors, Guests guests) {
    this.editors = editors;
    this.guests = guests;
  }

  /**
   * An editor's right, that of an attempt's token, or that of the guest's browser.
   *
   * @throws Problem {@code unauthorized} where it carries neither token nor cookie
   */
  public Credential of(HttpRequest<?> request) {
    if (editors.isEditor(request)) {
      return new Credential.Staff();
    }
    return Bearer.of(request)
        .<Credential>map(token -> new Credential.Token(Secrets.sha256(token)))
        .or(() -> guests.id(request).map(Credential.Browser::new))
        .orElseThrow(() -> Problem.of(HttpStatus.UNAUTHORIZED, "unauthorized"));
  }
}
