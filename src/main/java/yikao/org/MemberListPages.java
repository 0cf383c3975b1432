package yikao.org;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.access.Staff;
import yikao.org.MemberListPage.Asked;
import yikao.web.Form;
import yikao.web.Problem;
import yikao.web.Templates;

/** The list of members in the console, with those below an organisation, and somebody new. */
@Controller(MemberListPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class MemberListPages {
  static final String PATH = Callers.CONSOLE + "/members";
  private static final int ROWS = 50;
  private static final String FIND = "find";
  private static final String CREATE = "create";
  private static final MembersApi.MembersView NOBODY = new MembersApi.MembersView(List.of(), null);

  private final PeoplePages pages;
  private final MembersApi api;
  private final Organisations organisations;
  private final OrganisationChoice choice;
  private final OrganisationNodes nodes;
  private final PeopleWords words;
  private final OrgRights rights;
  private final Templates templates;

  MemberListPages(
      PeoplePages pages,
      MembersApi api,
      Organisations organisations,
      OrganisationChoice choice,
      OrganisationNodes nodes,
      PeopleWords words,
      OrgRights rights,
      Templates templates) {
    this.pages = pages;
    this.api = api;
    this.organisations = organisations;
    this.choice = choice;
    this.nodes = nodes;
    this.words = words;
    this.rights = rights;
    this.templates = templates;
  }

  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String organisation,
      @QueryValue("organisation" + OrganisationChoice.CHOSEN) @Nullable String chosen,
      @QueryValue(defaultValue = "") String state,
      @QueryValue(defaultValue = "") String name,
      @QueryValue @Nullable UUID after) {
    var staff = pages.reader(request);
    var asked = new Asked(organisation, state, name);
    var sent =
        new Form(
            Map.of(
                "organisation",
                List.of(organisation),
                "organisation" + OrganisationChoice.CHOSEN,
                chosen == null ? List.of() : List.of(chosen),
                "name",
                List.of(name)));
    try {
      var code = choice.code(staff, sent, "organisation");
      return list(request, staff, new Asked(code, state, name), after, Draft.NONE);
    } catch (Problem e) {
      var draft = pages.refused(pages.texts(request), FIND, sent, e);
      return page(request, staff, asked, Optional.empty(), NOBODY, draft).status(e.status());
    }
  }

  private MutableHttpResponse<?> list(
      HttpRequest<?> request, Staff staff, Asked asked, @Nullable UUID after, Draft draft) {
    var within = within(staff, asked.organisation());
    if (within.isEmpty() && !rights.canReadAllMembers(staff)) {
      return page(request, staff, asked, within, NOBODY, draft); // nothing is there yet
    }
    var found =
        api.list(
            request,
            within.map(Organisation::code).orElse(null),
            MemberState.of(asked.state()).orElse(null),
            asked.name().strip(),
            after,
            ROWS,
            null);
    return page(request, staff, asked, within, found, draft);
  }

  /** Who does not see everybody begins with the first that is seen. */
  private Optional<Organisation> within(Staff staff, String code) {
    if (code.isEmpty()) {
      return rights.canReadAllMembers(staff)
          ? Optional.empty()
          : rights.tops(staff).stream().findFirst();
    }
    return Optional.of(
        organisations
            .tree()
            .byCode(code)
            .orElseThrow(() -> Problem.invalid("organisation", "no-such-organisation")));
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request,
      Staff staff,
      Asked asked,
      Optional<Organisation> within,
      MembersApi.MembersView found,
      Draft draft) {
    var texts = pages.texts(request);
    var tops = rights.canReadAllMembers(staff) ? List.<Organisation>of() : rights.tops(staff);
    return templates.page(
        "console/members.jte",
        new MemberListPage(
            pages.console(request, staff, texts.of("members.title")),
            within.map(o -> new Asked(o.code(), asked.state(), asked.name())).orElse(asked),
            within.map(o -> nodes.node(texts, o, true)),
            tops.size() > 1
                ? tops.stream().map(o -> nodes.node(texts, o, true)).toList()
                : List.of(),
            found.members().stream().map(m -> line(texts.locale(), m)).toList(),
            Optional.ofNullable(found.next()).map(UUID::toString),
            rights.canEditMembersAnywhere(staff),
            within
                .map(o -> staff.canSeePhones(o.id()))
                .orElseGet(() -> rights.canSeeAllPhones(staff)),
            pages.offer(texts, staff),
            draft));
  }

  private MemberLine line(Locale locale, MembersApi.MemberView member) {
    return line(words, locale, member);
  }

  static MemberLine line(PeopleWords words, Locale locale, MembersApi.MemberView member) {
    return new MemberLine(
        member.id().toString(),
        member.name(),
        member.organisation(),
        member.path(),
        member.state(),
        words.of(locale, MemberState.stored(member.state())),
        Optional.ofNullable(member.number()).orElse(""),
        Optional.ofNullable(member.post()).orElse(""),
        member.hasPhone(),
        member.version());
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, @Body String body) {
    return pages.change(
        request,
        CREATE,
        body,
        sent -> MemberPages.href(created(request, sent).id().toString()),
        (staff, draft) -> list(request, staff, new Asked("", "", ""), null, draft));
  }

  private MembersApi.MemberView created(HttpRequest<?> request, PeoplePages.Sent sent) {
    var form = sent.form();
    return api.create(
            request,
            new MembersApi.NewBody(
                form.one("name"),
                choice.code(sent.staff(), form, "organisation"),
                MemberState.of(form.one("state")).orElse(null),
                form.one("number"),
                form.one("phone"),
                form.one("post"),
                form.one("date"),
                form.one("reason")))
        .getBody()
        .orElseThrow();
  }
}
