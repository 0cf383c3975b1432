package yikao.org;

import io.micronaut.http.HttpHeaders;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Actor;
import yikao.access.AuditHistory;
import yikao.access.AuditTexts;
import yikao.access.Staff;
import yikao.web.Form;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Times;

/** The page of one member in the console, and what staff does about one there. */
@Controller(MemberListPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class MemberPages {
  private final PeoplePages pages;
  private final MembersApi api;
  private final Members members;
  private final OrganisationChoice choice;
  private final Retention retention;
  private final PeopleHistory history;
  private final AuditHistory audit;
  private final AuditTexts auditTexts;
  private final PeopleWords words;
  private final Times times;
  private final Templates templates;

  MemberPages(
      PeoplePages pages,
      MembersApi api,
      Members members,
      OrganisationChoice choice,
      Retention retention,
      PeopleHistory history,
      AuditHistory audit,
      AuditTexts auditTexts,
      PeopleWords words,
      Times times,
      Templates templates) {
    this.pages = pages;
    this.api = api;
    this.members = members;
    this.choice = choice;
    this.retention = retention;
    this.history = history;
    this.audit = audit;
    this.auditTexts = auditTexts;
    this.words = words;
    this.times = times;
    this.templates = templates;
  }

  static String href(String id) {
    return MemberListPages.PATH + "/" + id;
  }

  @Get("/{id}")
  HttpResponse<?> show(HttpRequest<?> request, UUID id) {
    var staff = pages.reader(request);
    var erased = members.erased(id);
    return erased.isPresent()
        ? erased(request, staff, erased.get())
        : show(request, staff, api.get(request, id, false), Draft.NONE);
  }

  /** Links in logs and letters still lead here. */
  private HttpResponse<?> erased(HttpRequest<?> request, Staff staff, Members.Erased erased) {
    staff.check(staff.canReadMembers(erased.organisationId()));
    var texts = pages.texts(request);
    var at = times.minute(texts, erased.at());
    var about =
        erased.actor().equals(Actor.SYSTEM.code())
            ? texts.of("members.erased.by-time", at)
            : texts.of("members.erased.by", at, auditTexts.actor(texts, erased.actor()));
    return templates.page(
        "console/erased.jte",
        new ErasedPage(
            pages.console(request, staff, texts.of("members.erased.title")),
            about,
            audit.of(texts, Members.subject(erased.id()))));
  }

  /** An identifier as it is written; absent where it is none. */
  static Optional<UUID> identifier(String written) {
    try {
      return Optional.of(UUID.fromString(written));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private MutableHttpResponse<?> show(
      HttpRequest<?> request, Staff staff, MembersApi.MemberView member, Draft draft) {
    var texts = pages.texts(request);
    var in = members.get(member.id()).organisationId();
    return templates.page(
        "console/member.jte",
        new MemberPage(
            pages.console(request, staff, member.name()),
            MemberListPages.line(words, texts.locale(), member),
            times.minute(texts, member.createdAt()),
            Optional.ofNullable(member.phone()),
            retention.ofFormer().toDays(),
            staff.canEditMembers(in),
            staff.canSeePhones(in),
            history.ofMember(texts, api.history(request, member.id())),
            audit.of(texts, Members.subject(member.id())),
            pages.offer(texts, staff),
            draft));
  }

  /** Shows the phone this once; that stands in the audit log. */
  @Post("/{id}/phone")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> phone(HttpRequest<?> request, UUID id, @Body String body) {
    var staff = pages.reader(request);
    pages.form(request, body);
    return show(request, staff, api.get(request, id, true), Draft.NONE);
  }

  private interface Change {
    void by(Staff staff, Form form);
  }

  private HttpResponse<?> change(
      HttpRequest<?> request, UUID id, String name, String body, Change change) {
    return pages.change(
        request,
        name,
        body,
        sent -> {
          change.by(sent.staff(), sent.form());
          return href(id.toString());
        },
        (staff, draft) -> show(request, staff, api.get(request, id, false), draft));
  }

  /** A phone that was left empty stays as it is, unless it is said to go. */
  @Post("/{id}/edit")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> edit(HttpRequest<?> request, UUID id, @Body String body) {
    return change(
        request,
        id,
        "edit",
        body,
        (_, form) ->
            api.edit(
                request,
                id,
                new MembersApi.EditBody(
                    form.one("name"),
                    form.one("number"),
                    form.one("no-phone").isEmpty()
                        ? PeoplePages.given(form.one("phone")).orElse(null)
                        : "",
                    form.one("post"),
                    PeoplePages.version(form))));
  }

  @Post("/{id}/move")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> move(HttpRequest<?> request, UUID id, @Body String body) {
    return change(
        request,
        id,
        "move",
        body,
        (staff, form) ->
            api.move(
                request,
                id,
                new MembersApi.MoveBody(
                    choice.code(staff, form, "organisation"),
                    PeoplePages.version(form),
                    form.one("date"),
                    form.one("reason"))));
  }

  @Post("/{id}/state")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> state(HttpRequest<?> request, UUID id, @Body String body) {
    return change(
        request,
        id,
        "state",
        body,
        (_, form) ->
            api.state(
                request,
                id,
                new MembersApi.StateBody(
                    MemberState.of(form.one("state")).orElse(null),
                    PeoplePages.version(form),
                    form.one("date"),
                    form.one("reason"))));
  }

  /** All that is held about a person, as a file to hand over. */
  @Post("/{id}/record")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<MembersApi.RecordView> record(HttpRequest<?> request, UUID id, @Body String body) {
    pages.reader(request);
    pages.form(request, body);
    return HttpResponse.ok(api.record(request, id))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s.json\"".formatted(id));
  }

  @Post("/{id}/erasure")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> erase(HttpRequest<?> request, UUID id, @Body String body) {
    var staff = pages.reader(request);
    var form = pages.form(request, body);
    var member = api.get(request, id, false);
    try {
      if (form.one("sure").isEmpty()) {
        staff.check(staff.canEditMembers(members.get(id).organisationId()));
        throw Problem.invalid("sure", "member.erase.not-sure");
      }
      api.erase(
          request, id, new MembersApi.ErasureBody(PeoplePages.version(form), form.one("reason")));
      return HttpResponse.seeOther(URI.create(MemberListPages.PATH));
    } catch (Problem e) {
      var draft = pages.refused(pages.texts(request), "erasure", form, e);
      return show(request, staff, member, draft).status(e.status());
    }
  }
}
