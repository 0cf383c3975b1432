package yikao.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Optional;
import yikao.audit.AuditLog;
import yikao.db.Transactions;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;

/** Where staff signs in and out. */
@Controller(Consoles.CONSOLE)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class SignInPages {
  private static final int MOST_OF_BROWSER = 200;

  private final SignIn signIn;
  private final SessionStore sessions;
  private final Transactions transactions;
  private final StaffCookies cookies;
  private final Consoles consoles;
  private final ClientAddress addresses;
  private final RefusedCalls refusedCalls;
  private final AuditLog audit;
  private final Pages pages;
  private final Templates templates;

  SignInPages(
      SignIn signIn,
      SessionStore sessions,
      Transactions transactions,
      StaffCookies cookies,
      Consoles consoles,
      ClientAddress addresses,
      RefusedCalls refusedCalls,
      AuditLog audit,
      Pages pages,
      Templates templates) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.transactions = transactions;
    this.cookies = cookies;
    this.consoles = consoles;
    this.addresses = addresses;
    this.refusedCalls = refusedCalls;
    this.audit = audit;
    this.pages = pages;
    this.templates = templates;
  }

  @Get("/sign-in")
  HttpResponse<?> ask(HttpRequest<?> request, @QueryValue(defaultValue = "") String to) {
    return page(request, "", own(to), Optional.empty());
  }

  @Post("/sign-in")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> signIn(HttpRequest<?> request, @Body String body) {
    var form = Form.of(body);
    var to = own(form.one("to"));
    var texts = pages.texts(request);
    try {
      var signedIn = signIn.signIn(form.one("name"), form.one("password"), caller(request));
      if (signedIn.isEmpty()) {
        noted(request, HttpStatus.FORBIDDEN);
      }
      return signedIn.isPresent()
          ? signedIn(signedIn.get(), to)
          : page(request, form.one("name"), to, Optional.of(texts.of("sign-in.wrong")))
              .status(HttpStatus.FORBIDDEN);
    } catch (Problem e) {
      if (!e.code().equals("too-many-tries")) {
        throw e;
      }
      noted(request, HttpStatus.TOO_MANY_REQUESTS);
      var seconds = e.retryAfter().map(d -> Math.max(1, d.toSeconds())).orElse(1L);
      return page(request, form.one("name"), to, Optional.of(texts.of("sign-in.too-many", seconds)))
          .status(HttpStatus.TOO_MANY_REQUESTS)
          .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
  }

  /** So that who operates the service sees in the log that somebody guesses. */
  private void noted(HttpRequest<?> request, HttpStatus status) {
    refusedCalls.refused(
        new RefusedCalls.Call(addresses.shown(request), "POST", Consoles.SIGN_IN, status.getCode()),
        true);
  }

  private HttpResponse<?> signedIn(SignIn.SignedIn signedIn, String to) {
    return HttpResponse.seeOther(URI.create(to.isEmpty() ? Consoles.CONSOLE : to))
        .cookie(cookies.session(signedIn.token()))
        .cookie(cookies.device(signedIn.account()));
  }

  private SignIn.Caller caller(HttpRequest<?> request) {
    var browser = String.valueOf(request.getHeaders().get(HttpHeaders.USER_AGENT));
    var readable = browser.replaceAll("[^\\x20-\\x7e]", "?");
    return new SignIn.Caller(
        addresses.shown(request),
        ClientAddress.network(addresses.of(request)),
        readable.substring(0, Math.min(MOST_OF_BROWSER, readable.length())),
        cookies.device(request));
  }

  /** A page of the console, and nothing else that somebody may have put into a link. */
  private static String own(String to) {
    return to.matches("/console(/[A-Za-z0-9._~/-]*)?(\\?[A-Za-z0-9._~%&=+-]*)?") ? to : "";
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request, String name, String to, Optional<String> problem) {
    var page = pages.at(request, pages.texts(request).of("sign-in.title"), Consoles.SIGN_IN);
    return templates.page("console/signin.jte", new SignInPage(page, name, to, problem));
  }

  @Post("/sign-out")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> signOut(HttpRequest<?> request, @Body String body) {
    var staff = consoles.signedIn(request);
    consoles.form(request, body);
    var token = cookies.token(request).orElseThrow();
    transactions.write(dsl -> {
      sessions.end(dsl, Secrets.sha256(token));
      var whose = staff.account().orElseThrow().actorCode();
      audit.append(dsl, staff.actor().change("session.end", whose, "", ""));
      return true;
    });
    return HttpResponse.seeOther(URI.create(Consoles.SIGN_IN)).cookie(cookies.noSession());
  }
}
