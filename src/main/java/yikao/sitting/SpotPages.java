package yikao.sitting;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.bank.Bank;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.sitting.SpotListPage.Line;
import yikao.sitting.SpotListPage.Option;
import yikao.sitting.SpotQuestionStore.Period;
import yikao.web.Form;
import yikao.web.Messages;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Texts;
import yikao.web.Times;

/** The console's pages on which somebody is asked on the spot. */
@Controller(SpotPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class SpotPages {
  static final String PATH = Callers.CONSOLE + "/spot-questions";
  private static final int FOUND = 30;
  private static final int LAST = 50;

  private final Consoles consoles;
  private final Pages pages;
  private final Messages messages;
  private final Times times;
  private final SpotQuestions questions;
  private final Organisations organisations;
  private final Bank bank;
  private final Templates templates;

  SpotPages(
      Consoles consoles,
      Pages pages,
      Messages messages,
      Times times,
      SpotQuestions questions,
      Organisations organisations,
      Bank bank,
      Templates templates) {
    this.consoles = consoles;
    this.pages = pages;
    this.messages = messages;
    this.times = times;
    this.questions = questions;
    this.organisations = organisations;
    this.bank = bank;
    this.templates = templates;
  }

  private Staff reader(HttpRequest<?> request) {
    var staff = consoles.require(request);
    staff.check(staff.canReadOrganisationsAnywhere());
    return staff;
  }

  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String organisation,
      @QueryValue(defaultValue = "") String find) {
    var staff = reader(request);
    return list(request, staff, organisation, find, null);
  }

  private MutableHttpResponse<?> list(
      HttpRequest<?> request, Staff staff, String code, String find, @Nullable Problem problem) {
    var texts = pages.texts(request);
    var in = code.isEmpty() ? only(staff) : Optional.of(questions.organisation(staff, code));
    var page =
        templates.page(
            "console/spots.jte",
            new SpotListPage(
                consoles.of(request, staff, texts.of("spot.title")),
                in.map(Organisation::code).orElse(""),
                in.map(Organisation::name).orElse(""),
                find,
                in.isPresent() ? List.of() : found(staff, find),
                in
                    .filter(o -> staff.canAskOnTheSpot(o.id()))
                    .map(questions::people)
                    .orElse(List.of())
                    .stream()
                    .map(p -> new Option(p.id().toString(), p.name()))
                    .toList(),
                bank.areas().stream().map(a -> new Option(a.code(), a.name())).toList(),
                in.map(o -> last(texts, staff, o)).orElse(List.of()),
                Optional.ofNullable(problem).map(p -> said(texts, p))));
    return problem == null ? page : page.status(problem.status());
  }

  private String said(Texts texts, Problem problem) {
    if (problem.errors().isEmpty()) {
      return messages.textForPage(texts.locale(), problem.code(), problem.arguments());
    }
    var first = problem.errors().getFirst();
    return messages.textForPage(texts.locale(), first.code(), first.arguments());
  }

  /** Who sees one branch alone need not look for it. */
  private Optional<Organisation> only(Staff staff) {
    var all = open(staff).stream().limit(2).toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private List<Organisation> open(Staff staff) {
    return organisations.tree().open().stream().filter(o -> staff.canReadSittings(o.id())).toList();
  }

  private List<Option> found(Staff staff, String find) {
    var tree = organisations.tree();
    var wanted = find.strip().toLowerCase(Locale.ROOT);
    return open(staff).stream()
        .filter(o ->
            o.name().toLowerCase(Locale.ROOT).contains(wanted)
                || o.code().toLowerCase(Locale.ROOT).equals(wanted))
        .limit(FOUND)
        .map(o -> new Option(o.code(), tree.path(o)))
        .toList();
  }

  private List<Line> last(Texts texts, Staff staff, Organisation in) {
    var all = new Period(Optional.empty(), Optional.empty());
    return questions.list(staff, in.code(), all, Optional.empty(), LAST).stream()
        .map(q ->
            new Line(
                q.id().toString(),
                q.name(),
                times.minute(texts, q.askedAt()),
                questions.content(q).stem(),
                q.isRight()))
        .toList();
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> ask(HttpRequest<?> request, @Body String body) {
    var staff = consoles.require(request);
    staff.check(staff.canAskOnTheSpotAnywhere());
    var form = consoles.form(request, body);
    try {
      var asked = questions.ask(staff, member(form), form.one("area"), number(form, "count"));
      return HttpResponse.seeOther(URI.create(PATH + "/" + asked.getFirst().id()));
    } catch (Problem e) {
      return list(request, staff, form.one("organisation"), "", e);
    }
  }

  private static UUID member(Form form) {
    try {
      return UUID.fromString(form.one("member"));
    } catch (IllegalArgumentException _) {
      throw Problem.invalid("member", "no-such-member");
    }
  }

  private static int number(Form form, String name) {
    try {
      return Integer.parseInt(form.one(name));
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  @Get("/{id}")
  HttpResponse<?> get(HttpRequest<?> request, UUID id) {
    var staff = reader(request);
    return page(request, staff, questions.get(staff, id), null);
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request, Staff staff, SpotQuestion asked, @Nullable Problem problem) {
    var texts = pages.texts(request);
    var all = questions.together(asked);
    var place = all.stream().map(SpotQuestion::id).toList().indexOf(asked.id());
    var page =
        templates.page(
            "console/spot.jte",
            new SpotPage(
                consoles.of(
                    request, staff, texts.of("spot.of", asked.name(), place + 1, all.size())),
                asked.id().toString(),
                organisations
                    .tree()
                    .byId(asked.organisationId())
                    .map(Organisation::code)
                    .orElse(""),
                AskedQuestion.of(questions.content(asked), asked.isRight().isPresent()),
                asked.isRight(),
                asked.version(),
                staff.canAskOnTheSpot(asked.organisationId()),
                place + 1 < all.size()
                    ? Optional.of(all.get(place + 1).id().toString())
                    : Optional.empty(),
                Optional.ofNullable(problem).map(p -> said(texts, p))));
    return problem == null ? page : page.status(problem.status());
  }

  @Post("/{id}/mark")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> mark(HttpRequest<?> request, UUID id, @Body String body) {
    var staff = reader(request);
    var form = consoles.form(request, body);
    var asked = questions.get(staff, id);
    try {
      questions.mark(staff, asked, number(form, "version"), form.one("right").equals("true"));
      return HttpResponse.seeOther(URI.create(PATH + "/" + id));
    } catch (Problem e) {
      return page(request, staff, asked, e);
    }
  }
}
