package yikao.access;

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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.web.Form;
import yikao.web.Messages;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Times;

/** The first page of the console, and what everybody keeps of the own account. */
@Controller(Consoles.CONSOLE)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class OwnPages {
  private final Consoles consoles;
  private final Accounts accounts;
  private final ApiTokens tokens;
  private final SessionStore sessions;
  private final FirstSignIn firstSignIn;
  private final StaffCookies cookies;
  private final RoleTexts roles;
  private final List<ConsoleDue> dues;
  private final AuditLog audit;
  private final Transactions transactions;
  private final NodeClock clock;
  private final Times times;
  private final Pages pages;
  private final Messages messages;
  private final Templates templates;

  OwnPages(
      Consoles consoles,
      Accounts accounts,
      ApiTokens tokens,
      SessionStore sessions,
      FirstSignIn firstSignIn,
      StaffCookies cookies,
      RoleTexts roles,
      List<ConsoleDue> dues,
      AuditLog audit,
      Transactions transactions,
      NodeClock clock,
      Times times,
      Pages pages,
      Messages messages,
      Templates templates) {
    this.consoles = consoles;
    this.accounts = accounts;
    this.tokens = tokens;
    this.sessions = sessions;
    this.firstSignIn = firstSignIn;
    this.cookies = cookies;
    this.roles = roles;
    this.dues = dues;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
    this.times = times;
    this.pages = pages;
    this.messages = messages;
    this.templates = templates;
  }

  @Get
  HttpResponse<?> home(HttpRequest<?> request) {
    var staff = consoles.require(request);
    var texts = pages.texts(request);
    var console = consoles.of(request, staff, texts.of("console.home"));
    return templates.page(
        "console/home.jte",
        new HomePage(
            console,
            staff.grants().stream().map(grant -> roles.of(texts, grant)).toList(),
            dues.stream().flatMap(due -> due.of(staff, texts).stream()).toList()));
  }

  @Get("/password")
  HttpResponse<?> password(HttpRequest<?> request) {
    return password(request, consoles.signedIn(request), Optional.empty());
  }

  private MutableHttpResponse<?> password(
      HttpRequest<?> request, Staff staff, Optional<PasswordPage.Wrong> wrong) {
    var title = pages.texts(request).of("own-password.title");
    var isFirst = staff.account().filter(Account::mustChange).isPresent();
    return templates.page(
        "console/password.jte",
        new PasswordPage(consoles.of(request, staff, title), isFirst, PasswordPolicy.LEAST, wrong));
  }

  @Post("/password")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> changePassword(HttpRequest<?> request, @Body String body) {
    var staff = consoles.signedIn(request);
    var form = consoles.form(request, body);
    var own = staff.account().orElseThrow();
    var token = cookies.token(request).orElseThrow();
    try {
      accounts.changePassword(
          staff.actor(),
          own,
          Secrets.sha256(token),
          form.one("before"),
          form.one("after"),
          form.one("again"));
    } catch (Problem e) {
      var field = e.errors().stream().findFirst();
      if (field.isEmpty()) {
        throw e;
      }
      var text = messages.said(pages.texts(request), e);
      return password(
              request, staff, Optional.of(new PasswordPage.Wrong(field.get().field(), text)))
          .status(HttpStatus.UNPROCESSABLE_ENTITY);
    }
    firstSignIn.changed(own);
    return HttpResponse.seeOther(URI.create(Consoles.CONSOLE));
  }

  @Get("/own")
  HttpResponse<?> own(HttpRequest<?> request) {
    return own(request, consoles.require(request), Optional.empty(), Optional.empty());
  }

  private MutableHttpResponse<?> own(
      HttpRequest<?> request, Staff staff, Optional<String> made, Optional<String> problem) {
    var texts = pages.texts(request);
    var own = staff.account().orElseThrow();
    var current =
        cookies
            .token(request)
            .flatMap(t -> sessions.find(transactions.read(), Secrets.sha256(t), clock.instant()))
            .map(Session::id)
            .orElse(-1L);
    return templates.page(
        "console/own.jte",
        new OwnPage(
            consoles.of(request, staff, texts.of("own-account.title")),
            own.name(),
            tokens.of(own).stream()
                .map(t ->
                    new OwnPage.Token(
                        t.id(),
                        t.name(),
                        texts.of("token.scope." + t.scope().code()),
                        times.minute(texts, t.expiresAt()),
                        t.usedAt().map(at -> times.minute(texts, at)).orElse("")))
                .toList(),
            sessions.open(transactions.read(), own.id(), clock.instant()).stream()
                .map(s ->
                    new OwnPage.Browser(
                        s.id(),
                        BrowserName.of(s.browser()),
                        s.address(),
                        times.minute(texts, s.seenAt()),
                        s.id() == current))
                .toList(),
            made,
            problem));
  }

  @Post("/own/tokens")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> makeToken(HttpRequest<?> request, @Body String body) {
    var staff = consoles.require(request);
    var form = consoles.form(request, body);
    try {
      var made =
          tokens.make(
              staff.actor(),
              staff.account().orElseThrow(),
              form.one("name"),
              form.one("scope"),
              days(form));
      return own(request, staff, Optional.of(made.secret()), Optional.empty());
    } catch (Problem e) {
      var said = messages.said(pages.texts(request), e);
      return own(request, staff, Optional.empty(), Optional.of(said)).status(e.status());
    }
  }

  private static int days(Form form) {
    try {
      return Integer.parseInt(form.one("days").strip());
    } catch (NumberFormatException e) {
      return 0; // which is out of range
    }
  }

  @Post("/own/tokens/{id}/revocation")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> revokeToken(HttpRequest<?> request, long id, @Body String body) {
    var staff = consoles.require(request);
    consoles.form(request, body);
    tokens.revoke(staff.actor(), staff.account().orElseThrow(), id);
    return HttpResponse.seeOther(URI.create(Consoles.OWN));
  }

  @Post("/own/sessions/{id}/end")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> endSession(HttpRequest<?> request, long id, @Body String body) {
    var staff = consoles.require(request);
    consoles.form(request, body);
    var own = staff.account().orElseThrow();
    transactions.write(dsl -> {
      if (sessions.end(dsl, own.id(), id)) {
        audit.append(dsl, staff.actor().change("session.end", own.actorCode(), "", ""));
      }
      return true;
    });
    return HttpResponse.seeOther(URI.create(Consoles.OWN));
  }
}
