package yikao.attempt;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import yikao.access.Bearer;
import yikao.access.Callers;
import yikao.access.Secrets;
import yikao.participant.Guests;
import yikao.web.Problem;

/** By what right requests reach attempts. */
@Singleton
public final class Credentials {
  private final Callers callers;
  private final Guests guests;

  Credentials(Callers callers, Guests guests) {
    this.callers = callers;
    this.guests = guests;
  }

  /**
   * That of staff, that of an attempt's token, or that of the browser.
   *
   * @throws Problem {@code unauthorized} where it carries neither token nor cookie
   */
  public Credential of(HttpRequest<?> request) {
    var staff = callers.find(request);
    if (staff.isPresent()) {
      return new Credential.Staff(staff.get());
    }
    return Bearer.of(request)
        .<Credential>map(token -> new Credential.Token(Secrets.sha256(token)))
        .or(() -> guests.visitor(request).map(Credential.Browser::new))
        .orElseThrow(() -> Problem.of(HttpStatus.UNAUTHORIZED, "unauthorized"));
  }
}
