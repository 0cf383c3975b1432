package yikao.questionnaire;

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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.org.Draft;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.questionnaire.Questionnaire.Phase;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Texts;

/** The console's list of questionnaires, where one is made. */
@Controller(QuestionnairePages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class QuestionnaireListPages {
  private static final int ROWS = 50;
  private static final int MOST_ORGANISATIONS = 200;

  private final Questionnaires questionnaires;
  private final QuestionnaireRights rights;
  private final Refusals refusals;
  private final Organisations organisations;
  private final Consoles consoles;
  private final Pages pages;
  private final Templates templates;

  QuestionnaireListPages(
      Questionnaires questionnaires,
      QuestionnaireRights rights,
      Refusals refusals,
      Organisations organisations,
      Consoles consoles,
      Pages pages,
      Templates templates) {
    this.questionnaires = questionnaires;
    this.rights = rights;
    this.refusals = refusals;
    this.organisations = organisations;
    this.consoles = consoles;
    this.pages = pages;
    this.templates = templates;
  }

  private Staff reader(HttpRequest<?> request) {
    consoles.require(request);
    return rights.readerAnywhere(request);
  }

  @Get
  HttpResponse<?> list(HttpRequest<?> request, @QueryValue @Nullable UUID after) {
    return page(request, reader(request), Optional.ofNullable(after), Draft.NONE);
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request, Staff staff, Optional<UUID> after, Draft draft) {
    var texts = pages.texts(request);
    var found = questionnaires.list(rights.readable(staff), after, ROWS + 1);
    var shown = found.stream().limit(ROWS).toList();
    var own = rights.own(staff);
    return templates.page(
        "console/questionnaires.jte",
        new QuestionnaireListPage(
            consoles.of(request, staff, texts.of("questionnaires.title")),
            !own.isEmpty(),
            choices(own),
            shown.stream().map(q -> row(texts, q)).toList(),
            found.size() > ROWS ? shown.getLast().id().toString() : "",
            draft));
  }

  private List<Draft.Choice> choices(List<Organisation> own) {
    var tree = organisations.tree();
    return own.size() > MOST_ORGANISATIONS
        ? List.of()
        : own.stream()
            .map(o -> new Draft.Choice(o.code(), tree.path(o)))
            .sorted(Comparator.comparing(Draft.Choice::text))
            .toList();
  }

  private QuestionnaireListPage.Row row(Texts texts, Questionnaire of) {
    var tree = organisations.tree();
    var phase = questionnaires.phase(of);
    return new QuestionnaireListPage.Row(
        of.id().toString(),
        of.content().title(),
        tree.byId(of.organisationId()).map(tree::path).orElse(""),
        of.content().anonymous(),
        phase == Phase.DRAFT
            ? ""
            : texts.of("questionnaire.counts", of.given(), questionnaires.returned(of)),
        phase.code());
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, @Body String body) {
    var staff = reader(request);
    var form = consoles.form(request, body);
    var of = organisation(staff, form.one("organisation"));
    try {
      var isAnonymous = form.one("anonymous").equals("true");
      var content = Asking.read(form.one("title"), "", isAnonymous, false, List.of());
      var organisation =
          of.orElseThrow(() -> Problem.invalid("organisation", "no-such-organisation"));
      var made = questionnaires.create(staff.actor(), organisation, content);
      return HttpResponse.seeOther(URI.create(QuestionnairePages.PATH + "/" + made.id()));
    } catch (Problem e) {
      var texts = pages.texts(request);
      var draft = refusals.of(texts, "make", form, e, UnaryOperator.identity());
      return page(request, staff, Optional.empty(), draft).status(e.status());
    }
  }

  /** Where it is not for the caller that is said before anything is read. */
  private Optional<Organisation> organisation(Staff staff, String code) {
    staff.check(staff.canKeepQuestionnairesAnywhere());
    return organisations.tree().byCode(code.strip()).isEmpty()
        ? Optional.empty()
        : Optional.of(rights.organisation(staff, code.strip()));
  }
}
