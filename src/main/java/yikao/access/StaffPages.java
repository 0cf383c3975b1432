package yikao.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import yikao.web.Form;
import yikao.web.Messages;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Texts;

/** Accounts of the staff: the list, and a page for each. */
@Controller(StaffPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class StaffPages {
  static final String PATH = Consoles.CONSOLE + "/staff";

  private final Consoles consoles;
  private final Accounts accounts;
  private final Subtrees subtrees;
  private final RoleTexts roleTexts;
  private final Pages pages;
  private final Messages messages;
  private final Templates templates;

  StaffPages(
      Consoles consoles,
      Accounts accounts,
      Subtrees subtrees,
      RoleTexts roleTexts,
      Pages pages,
      Messages messages,
      Templates templates) {
    this.consoles = consoles;
    this.accounts = accounts;
    this.subtrees = subtrees;
    this.roleTexts = roleTexts;
    this.pages = pages;
    this.messages = messages;
    this.templates = templates;
  }

  private Staff administrator(HttpRequest<?> request) {
    var staff = consoles.require(request);
    staff.check(staff.canAdministrateAnywhere());
    return staff;
  }

  @Get
  HttpResponse<?> list(HttpRequest<?> request, @QueryValue(defaultValue = "") String organisation) {
    var fresh = new StaffListPage.Fresh("", "", "", organisation);
    return list(request, administrator(request), fresh, Optional.empty());
  }

  private MutableHttpResponse<?> list(
      HttpRequest<?> request, Staff staff, StaffListPage.Fresh fresh, Optional<String> problem) {
    var texts = pages.texts(request);
    return templates.page(
        "console/staff.jte",
        new StaffListPage(
            consoles.of(request, staff, texts.of("staff.title")),
            accounts.seenBy(staff).stream().map(a -> row(texts, a)).toList(),
            roles(texts),
            fresh,
            problem));
  }

  private StaffListPage.Row row(Texts texts, Account account) {
    return new StaffListPage.Row(
        account.code(),
        account.name(),
        account.fullName(),
        account.grants().stream().map(grant -> roleTexts.of(texts, grant)).toList(),
        account.mustChange(),
        account.locked());
  }

  private static List<StaffListPage.RoleChoice> roles(Texts texts) {
    return Stream.of(Role.values())
        .map(role ->
            new StaffListPage.RoleChoice(
                role.code(), texts.of("role." + role.code()), texts.of("role.may." + role.code())))
        .toList();
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, @Body String body) {
    var staff = administrator(request);
    var form = consoles.form(request, body);
    try {
      var grant = Grants.read(form.one("role"), form.one("organisation"), subtrees);
      var made = accounts.create(staff, form.one("name"), form.one("fullName"), List.of(grant));
      return account(
          request, staff, made.account(), Optional.of(made.password()), Optional.empty());
    } catch (Problem e) {
      var fresh =
          new StaffListPage.Fresh(
              form.one("name"), form.one("fullName"), form.one("role"), form.one("organisation"));
      return list(request, staff, fresh, Optional.of(messages.said(pages.texts(request), e)))
          .status(e.status());
    }
  }

  @Get("/{id}")
  HttpResponse<?> account(HttpRequest<?> request, String id) {
    var staff = administrator(request);
    return account(request, staff, accounts.keptBy(staff, id), Optional.empty(), Optional.empty());
  }

  private MutableHttpResponse<?> account(
      HttpRequest<?> request,
      Staff staff,
      Account account,
      Optional<String> password,
      Optional<String> problem) {
    var texts = pages.texts(request);
    var grants = account.grants();
    var held = new ArrayList<StaffPage.Held>();
    for (var i = 0; i < grants.size(); i++) {
      held.add(new StaffPage.Held(i, roleTexts.of(texts, grants.get(i))));
    }
    return templates.page(
        "console/account.jte",
        new StaffPage(
            consoles.of(request, staff, account.fullName()),
            row(texts, account),
            account.version(),
            held,
            roles(texts),
            password,
            problem));
  }

  /** Adds a role, or takes one away. */
  @Post("/{id}/roles")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> roles(HttpRequest<?> request, String id, @Body String body) {
    return change(
        request,
        id,
        body,
        (staff, form) -> {
          var grants = new ArrayList<>(accounts.keptBy(staff, id).grants());
          var taken = number(form.one("take"));
          if (taken >= 0 && taken < grants.size()) {
            grants.remove(taken);
          } else {
            var added = Grants.read(form.one("role"), form.one("organisation"), subtrees);
            if (!grants.contains(added)) {
              grants.add(added);
            }
          }
          accounts.grant(staff, id, number(form.one("version")), grants);
        });
  }

  @Post("/{id}/closing")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> close(HttpRequest<?> request, String id, @Body String body) {
    return change(
        request,
        id,
        body,
        (staff, form) -> accounts.lock(staff, id, number(form.one("version")), true));
  }

  @Post("/{id}/reopening")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> reopen(HttpRequest<?> request, String id, @Body String body) {
    return change(
        request,
        id,
        body,
        (staff, form) -> accounts.lock(staff, id, number(form.one("version")), false));
  }

  @Post("/{id}/password")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> reset(HttpRequest<?> request, String id, @Body String body) {
    var staff = administrator(request);
    consoles.form(request, body);
    var reset = accounts.reset(staff, id);
    return account(
        request,
        staff,
        accounts.keptBy(staff, id),
        Optional.of(reset.password()),
        Optional.empty());
  }

  private interface Change {
    void by(Staff staff, Form form);
  }

  private HttpResponse<?> change(HttpRequest<?> request, String id, String body, Change change) {
    var staff = administrator(request);
    var form = consoles.form(request, body);
    try {
      change.by(staff, form);
      return HttpResponse.seeOther(URI.create(PATH + "/" + id));
    } catch (Problem e) {
      var said = messages.said(pages.texts(request), e);
      return account(
              request, staff, accounts.keptBy(staff, id), Optional.empty(), Optional.of(said))
          .status(e.status());
    }
  }

  /** What no number stands for is -1. */
  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
