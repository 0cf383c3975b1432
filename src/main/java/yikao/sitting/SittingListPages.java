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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Account;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.org.Draft;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.quiz.Quiz;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Texts;
import yikao.web.Times;

/** The sessions in the console, and the opening of one: what, for how long, go. */
@Controller(SittingPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class SittingListPages {
  private static final int ROWS = 30;
  private static final int MOST_BRANCHES = 300;
  private static final String OPEN = "open";

  private final Sittings sittings;
  private final SittingRights rights;
  private final Openings openings;
  private final BranchMemories memories;
  private final SittingForms forms;
  private final Organisations organisations;
  private final Consoles consoles;
  private final Pages pages;
  private final Templates templates;
  private final Times times;

  SittingListPages(
      Sittings sittings,
      SittingRights rights,
      Openings openings,
      BranchMemories memories,
      SittingForms forms,
      Organisations organisations,
      Consoles consoles,
      Pages pages,
      Templates templates,
      Times times) {
    this.sittings = sittings;
    this.rights = rights;
    this.openings = openings;
    this.memories = memories;
    this.forms = forms;
    this.organisations = organisations;
    this.consoles = consoles;
    this.pages = pages;
    this.templates = templates;
    this.times = times;
  }

  private Staff staff(HttpRequest<?> request) {
    consoles.require(request);
    return rights.readerAnywhere(request);
  }

  @Get
  HttpResponse<?> list(HttpRequest<?> request, @QueryValue(defaultValue = "") String before) {
    return list(request, staff(request), before, Draft.NONE);
  }

  private MutableHttpResponse<?> list(
      HttpRequest<?> request, Staff staff, String before, Draft draft) {
    var texts = pages.texts(request);
    var found = sittings.list(rights.readable(staff), moment(before), ROWS + 1);
    var shown = found.stream().limit(ROWS).toList();
    var runnable = rights.runnable(staff);
    var only =
        runnable.size() == 1 ? Optional.of(runnable.getFirst()) : Optional.<Organisation>empty();
    return templates.page(
        "console/sittings.jte",
        new SittingListPage(
            consoles.of(request, staff, texts.of("sittings.title")),
            shown.stream().map(s -> row(texts, s)).toList(),
            !runnable.isEmpty(),
            UUID.randomUUID(),
            only.flatMap(memories::hint),
            branches(runnable),
            openings.prepared(only).stream().map(SittingListPages::choice).toList(),
            openings.areas().stream().map(a -> new Draft.Choice(a.code(), a.name())).toList(),
            staff.account().map(Account::fullName).orElse(""),
            found.size() > ROWS ? shown.getLast().openedAt().toString() : "",
            draft));
  }

  private static Optional<Instant> moment(String written) {
    try {
      return written.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(written));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private List<Draft.Choice> branches(List<Organisation> runnable) {
    var tree = organisations.tree();
    return runnable.size() > MOST_BRANCHES
        ? List.of()
        : runnable.stream()
            .map(o -> new Draft.Choice(o.code(), tree.path(o)))
            .sorted(java.util.Comparator.comparing(Draft.Choice::text))
            .toList();
  }

  private static Draft.Choice choice(Quiz quiz) {
    return new Draft.Choice(quiz.code(), quiz.title());
  }

  private SittingListPage.Row row(Texts texts, Sitting sitting) {
    var tree = organisations.tree();
    return new SittingListPage.Row(
        sitting.id(),
        sittings.quiz(sitting).title(),
        tree.byId(sitting.organisationId()).map(tree::path).orElse(""),
        times.minute(texts, sitting.openedAt()),
        sitting.host(),
        sitting.isOpen());
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> open(HttpRequest<?> request, @Body String body) {
    var staff = staff(request);
    var form = consoles.form(request, body);
    var texts = pages.texts(request);
    try {
      var opened = sittings.open(staff.actor(), openings.read(staff, texts, asked(form)));
      return HttpResponse.seeOther(URI.create(SittingPages.PATH + "/" + opened.id()));
    } catch (Problem e) {
      return list(request, staff, "", forms.refused(texts, OPEN, form, e)).status(e.status());
    }
  }

  private static Openings.Asked asked(Form form) {
    var isTopic = form.one("what").equals("topic");
    return new Openings.Asked(
        id(form.one("once")),
        form.one("organisation"),
        isTopic ? "" : form.one("quiz"),
        isTopic ? form.one("area") : "",
        number(form.one("questions")),
        number(form.one("minutes")),
        form.one("host"),
        form.one("place"));
  }

  private static @Nullable UUID id(String written) {
    try {
      return UUID.fromString(written);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static @Nullable Integer number(String written) {
    try {
      return Integer.valueOf(written.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
