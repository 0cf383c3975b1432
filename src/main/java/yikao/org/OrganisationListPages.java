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
import java.util.Optional;
import yikao.access.Callers;
import yikao.access.Staff;
import yikao.web.Form;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Texts;

/** The tree of organisations in the console, level by level, and its search. */
@Controller(OrganisationListPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class OrganisationListPages {
  static final String PATH = Callers.CONSOLE + "/organisations";
  static final String CREATE = "create";

  private final PeoplePages pages;
  private final RestructuringApi api;
  private final Organisations organisations;
  private final OrganisationChoice choice;
  private final OrganisationNodes nodes;
  private final OrgRights rights;
  private final Templates templates;

  OrganisationListPages(
      PeoplePages pages,
      RestructuringApi api,
      Organisations organisations,
      OrganisationChoice choice,
      OrganisationNodes nodes,
      OrgRights rights,
      Templates templates) {
    this.pages = pages;
    this.api = api;
    this.organisations = organisations;
    this.choice = choice;
    this.nodes = nodes;
    this.rights = rights;
    this.templates = templates;
  }

  /** What a page is of. */
  private record Asked(String sought, String under, String after) {}

  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String q,
      @QueryValue(defaultValue = "") String under,
      @QueryValue(defaultValue = "") String after) {
    return list(request, pages.reader(request), new Asked(q.strip(), under, after), Draft.NONE);
  }

  private MutableHttpResponse<?> list(
      HttpRequest<?> request, Staff staff, Asked asked, Draft draft) {
    var texts = pages.texts(request);
    var under = PeoplePages.given(asked.under()).map(code -> seen(staff, code));
    var creates =
        asked.sought().isEmpty()
            && under
                .map(o -> o.open() && staff.canEditOrganisation(o.id()))
                .orElseGet(staff::canEditOrganisations);
    return templates.page(
        "console/organisations.jte",
        new OrganisationListPage(
            pages.console(request, staff, texts.of("organisations.title")),
            asked.sought(),
            under.map(o -> nodes.node(texts, o, false)),
            under.map(o -> way(texts, staff, o)).orElse(List.of()),
            found(texts, staff, asked, under),
            creates,
            pages.offer(texts, staff),
            draft));
  }

  private Organisation seen(Staff staff, String code) {
    var found =
        organisations
            .tree()
            .byCode(code)
            .orElseThrow(() -> Problem.notFound("no-such-organisation"));
    staff.check(staff.canReadOrganisation(found.id()));
    return found;
  }

  private List<OrganisationNode> way(Texts texts, Staff staff, Organisation to) {
    return organisations.tree().way(to).stream()
        .filter(o -> staff.canReadOrganisation(o.id()))
        .map(o -> nodes.node(texts, o, false))
        .toList();
  }

  private OrganisationNodePage found(
      Texts texts, Staff staff, Asked asked, Optional<Organisation> under) {
    if (!asked.sought().isEmpty()) {
      var found = choice.search(staff, asked.sought(), OrganisationNodes.ROWS);
      return new OrganisationNodePage(
          found.stream().map(o -> nodes.node(texts, o, true)).toList(), Optional.empty());
    }
    return under
        .map(o -> nodes.page(texts, organisations.tree().below(o), asked.after(), false))
        .orElseGet(() -> nodes.page(texts, rights.tops(staff), asked.after(), true));
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, @Body String body) {
    return pages.change(
        request,
        CREATE,
        body,
        sent -> OrganisationNodes.href(created(request, sent.form()).code()),
        (staff, draft) ->
            list(request, staff, new Asked("", draft.typed(CREATE, "parent", ""), ""), draft));
  }

  private OrganisationView created(HttpRequest<?> request, Form form) {
    return api.create(
            request,
            new RestructuringApi.NewBody(
                form.one("code"),
                form.one("name"),
                OrganisationKind.of(form.one("kind")).orElse(null),
                form.one("parent"),
                form.one("date"),
                form.one("reason")))
        .getBody()
        .orElseThrow();
  }
}
