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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.UUID;
import yikao.access.AuditHistory;
import yikao.access.Staff;
import yikao.web.Form;
import yikao.web.Problem;
import yikao.web.Templates;

/** The page of one organisation in the console, and what staff does to it there. */
@Controller(OrganisationListPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class OrganisationPages {
  /** More cannot be chosen from by hand; a file moves them. */
  private static final int MOST_TO_CHOOSE = 200;

  private final PeoplePages pages;
  private final RestructuringApi api;
  private final Organisations organisations;
  private final OrganisationChoice choice;
  private final OrganisationNodes nodes;
  private final Members members;
  private final PeopleHistory history;
  private final AuditHistory audit;
  private final Templates templates;

  OrganisationPages(
      PeoplePages pages,
      RestructuringApi api,
      Organisations organisations,
      OrganisationChoice choice,
      OrganisationNodes nodes,
      Members members,
      PeopleHistory history,
      AuditHistory audit,
      Templates templates) {
    this.pages = pages;
    this.api = api;
    this.organisations = organisations;
    this.choice = choice;
    this.nodes = nodes;
    this.members = members;
    this.history = history;
    this.audit = audit;
    this.templates = templates;
  }

  @Get("/{code}")
  HttpResponse<?> show(HttpRequest<?> request, String code) {
    return show(request, pages.reader(request), code, Draft.NONE);
  }

  private MutableHttpResponse<?> show(
      HttpRequest<?> request, Staff staff, String code, Draft draft) {
    var texts = pages.texts(request);
    var versions = api.history(request, code);
    var tree = organisations.tree();
    var shown = tree.byCode(code).orElseThrow(() -> Problem.notFound("no-such-organisation"));
    var edits = staff.canEditOrganisation(shown.id());
    var above =
        tree.way(shown).stream()
            .filter(o -> o.id() != shown.id() && staff.canReadOrganisation(o.id()))
            .map(o -> nodes.node(texts, o, false))
            .toList();
    return templates.page(
        "console/organisation.jte",
        new OrganisationPage(
            pages.console(request, staff, shown.name()),
            nodes.node(texts, shown, false),
            tree.path(shown),
            above,
            shown.version(),
            shown.kind().code(),
            nodes.page(texts, tree.below(shown), "", false),
            members.belonging(List.of(shown)),
            members.belonging(tree.subtree(shown)),
            history.of(texts, versions),
            audit.of(texts, "organisation:" + shown.id()),
            edits,
            edits ? people(shown) : List.of(),
            pages.offer(texts, staff),
            draft));
  }

  /** Those who are in it alone. */
  private List<Draft.Choice> people(Organisation of) {
    var all = members.in(of, MOST_TO_CHOOSE + 1);
    if (all.size() > MOST_TO_CHOOSE) {
      return List.of();
    }
    return all.stream()
        .map(m ->
            new Draft.Choice(
                m.id().toString(), m.number().map(n -> m.name() + " " + n).orElse(m.name())))
        .toList();
  }

  private interface Change {
    OrganisationView by(Staff staff, Form form);
  }

  private HttpResponse<?> change(
      HttpRequest<?> request, String code, String name, String body, Change change) {
    return pages.change(
        request,
        name,
        body,
        sent -> OrganisationNodes.href(change.by(sent.staff(), sent.form()).code()),
        (staff, draft) -> show(request, staff, code, draft));
  }

  @Post("/{code}/edit")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> edit(HttpRequest<?> request, String code, @Body String body) {
    return change(
        request,
        code,
        "edit",
        body,
        (_, form) ->
            api.edit(
                request,
                code,
                new RestructuringApi.EditBody(
                    form.one("name"),
                    OrganisationKind.of(form.one("kind")).orElse(null),
                    PeoplePages.version(form),
                    form.one("date"),
                    form.one("reason"))));
  }

  @Post("/{code}/move")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> move(HttpRequest<?> request, String code, @Body String body) {
    return change(
        request,
        code,
        "move",
        body,
        (staff, form) ->
            api.move(
                request,
                code,
                new RestructuringApi.MoveBody(
                    choice.code(staff, form, "parent"),
                    PeoplePages.version(form),
                    form.one("date"),
                    form.one("reason"))));
  }

  @Post("/{code}/merge")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> merge(HttpRequest<?> request, String code, @Body String body) {
    return change(
        request,
        code,
        "merge",
        body,
        (staff, form) ->
            api.merge(
                request,
                code,
                new RestructuringApi.MergeBody(
                    choice.code(staff, form, "target"),
                    PeoplePages.version(form),
                    form.one("date"),
                    form.one("reason"))));
  }

  @Post("/{code}/split")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> split(HttpRequest<?> request, String code, @Body String body) {
    return change(
        request,
        code,
        "split",
        body,
        (_, form) ->
            api.split(
                    request,
                    code,
                    new RestructuringApi.SplitBody(
                        form.one("code"),
                        form.one("name"),
                        OrganisationKind.of(form.one("kind")).orElse(null),
                        null,
                        form.all("children"),
                        form.all("members").stream().map(OrganisationPages::member).toList(),
                        PeoplePages.version(form),
                        form.one("date"),
                        form.one("reason")))
                .getBody()
                .orElseThrow());
  }

  private static UUID member(String written) {
    return MemberPages.identifier(written)
        .orElseThrow(() -> Problem.invalid("members", "field.identifier"));
  }

  @Post("/{code}/closing")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> close(HttpRequest<?> request, String code, @Body String body) {
    return change(
        request, code, "closing", body, (_, form) -> api.close(request, code, state(form)));
  }

  @Post("/{code}/reopening")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> reopen(HttpRequest<?> request, String code, @Body String body) {
    return change(
        request, code, "reopening", body, (_, form) -> api.reopen(request, code, state(form)));
  }

  private static RestructuringApi.StateBody state(Form form) {
    return new RestructuringApi.StateBody(
        PeoplePages.version(form), form.one("date"), form.one("reason"));
  }
}
