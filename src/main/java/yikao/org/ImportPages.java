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
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Callers;
import yikao.access.Staff;
import yikao.org.Finding.Verdict;
import yikao.org.ImportStore.Kind;
import yikao.org.ImportsApi.ImportView;
import yikao.web.Form;
import yikao.web.Problem;
import yikao.web.SentFile;
import yikao.web.Templates;
import yikao.web.Texts;
import yikao.web.Times;

/** Imports in the console: a file is brought, looked at row by row, confirmed, imported. */
@Controller(ImportPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class ImportPages {
  static final String PATH = Callers.CONSOLE + "/imports";
  private static final int ROWS = 100;
  private static final int FILES = 20;
  private static final String BRING = "bring";

  private final PeoplePages pages;
  private final ImportsApi api;
  private final Imports imports;
  private final PeopleWords words;
  private final OrgRights rights;
  private final Times times;
  private final Templates templates;

  ImportPages(
      PeoplePages pages,
      ImportsApi api,
      Imports imports,
      PeopleWords words,
      OrgRights rights,
      Times times,
      Templates templates) {
    this.pages = pages;
    this.api = api;
    this.imports = imports;
    this.words = words;
    this.rights = rights;
    this.times = times;
    this.templates = templates;
  }

  private Staff importer(HttpRequest<?> request) {
    var staff = pages.reader(request);
    rights.scope(request);
    return staff;
  }

  @Get
  HttpResponse<?> list(HttpRequest<?> request) {
    return list(request, importer(request), Draft.NONE);
  }

  private MutableHttpResponse<?> list(HttpRequest<?> request, Staff staff, Draft draft) {
    var texts = pages.texts(request);
    var files =
        imports.of(staff.actor(), FILES).stream()
            .map(f ->
                new ImportListPage.Brought(
                    f.id().toString(),
                    texts.of("imports.kind." + f.kind().code()),
                    times.minute(texts, f.createdAt()),
                    texts.of("imports.state." + f.state().code()),
                    f.total()))
            .toList();
    return templates.page(
        "console/imports.jte",
        new ImportListPage(
            pages.console(request, staff, texts.of("imports.title")),
            staff.canEditOrganisations(),
            files,
            pages.offer(texts, staff),
            draft));
  }

  /** A form with a file, as a browser sends it. */
  @Post
  @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
  HttpResponse<?> bring(HttpRequest<?> request, @Body byte[] body) {
    var staff = importer(request);
    var sent = SentFile.of(request, body);
    var form = pages.form(request, sent.form());
    try {
      if (sent.bytes().length == 0) {
        throw Problem.invalid("file", "import.no-file");
      }
      var answer = api.bring(request, form.one("kind"), datedOrToday(form), sent.bytes());
      var brought = answer.getBody().orElseThrow();
      return HttpResponse.seeOther(URI.create(PATH + "/" + brought.id()));
    } catch (Problem e) {
      var draft = pages.refused(pages.texts(request), BRING, withFile(form), ofFile(e));
      return list(request, staff, draft).status(e.status());
    }
  }

  /** Organisations hold from today; a day is for members alone. */
  private static String datedOrToday(Form form) {
    return form.one("kind").equals(Kind.ORGANISATIONS.code()) ? "" : form.one("date");
  }

  private static Form withFile(Form form) {
    var fields = new HashMap<>(form.fields());
    fields.put("file", List.of());
    return new Form(fields);
  }

  /** What the API says of its body is said here of the file. */
  private static Problem ofFile(Problem problem) {
    if (problem.errors().isEmpty()) {
      return problem;
    }
    return Problem.invalid(
        problem.errors().stream()
            .map(e ->
                e.field().equals("date") || e.field().equals("kind")
                    ? e
                    : Problem.FieldError.of("file", e.code(), e.arguments().toArray()))
            .toList());
  }

  @Get("/{id}")
  HttpResponse<?> show(
      HttpRequest<?> request,
      UUID id,
      @QueryValue(defaultValue = "") String verdict,
      @QueryValue(defaultValue = "0") int after) {
    return show(request, importer(request), api.get(request, id), verdict, after, List.of());
  }

  private MutableHttpResponse<?> show(
      HttpRequest<?> request,
      Staff staff,
      ImportView view,
      String verdict,
      int after,
      List<String> problems) {
    var texts = pages.texts(request);
    var kind = Kind.of(view.kind()).orElse(Kind.MEMBERS);
    // the first page shows what needs somebody's eyes
    var rows = api.rows(request, view.id(), verdict, after, ROWS + 1);
    var shown = rows.subList(0, Math.min(ROWS, rows.size()));
    return templates.page(
        "console/import.jte",
        new ImportPage(
            pages.console(request, staff, texts.of("imports.of." + view.kind())),
            view.id().toString(),
            view.kind(),
            times.minute(texts, view.createdAt()),
            view.state(),
            view.rows(),
            Math.min(view.done(), view.rows()),
            view.imported(),
            counts(texts, view),
            verdict,
            shown.stream().map(row -> line(texts, kind, row)).toList(),
            rows.size() > ROWS ? Optional.of(shown.getLast().line()) : Optional.empty(),
            view.refused(),
            problems));
  }

  private static List<ImportPage.Count> counts(Texts texts, ImportView view) {
    return Arrays.stream(Verdict.values())
        .map(v -> new ImportPage.Count(v.code(), verdict(texts, v.code()), count(view, v)))
        .filter(c -> c.rows() > 0)
        .toList();
  }

  private static String verdict(Texts texts, String code) {
    return texts.of("imports.verdict." + code);
  }

  private static int count(ImportView view, Verdict verdict) {
    return switch (verdict) {
      case NEW -> view.added();
      case CHANGED -> view.changed();
      case MOVED -> view.moved();
      case UNTOUCHED -> view.untouched();
      case REFUSED -> view.refused();
    };
  }

  private ImportLine line(Texts texts, Kind kind, ImportsApi.RowView row) {
    var wrong =
        row.reason() == null
            ? ""
            : texts.of(
                "imports.wrong",
                column(texts, kind, Optional.ofNullable(row.field()).orElse("")),
                row.reason());
    return new ImportLine(
        row.line(), row.key(), row.name(), row.verdict(), verdict(texts, row.verdict()), wrong);
  }

  private String column(Texts texts, Kind kind, String field) {
    return words
        .column(field)
        .map(column -> words.heading(texts.locale(), kind, column))
        .orElseGet(() -> texts.of("imports.line"));
  }

  @Post("/{id}/confirmation")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> confirm(HttpRequest<?> request, UUID id, @Body String body) {
    var staff = importer(request);
    var form = pages.form(request, body);
    try {
      api.confirm(request, id, new ImportsApi.ConfirmBody(form.one("rows")));
      return HttpResponse.seeOther(URI.create(PATH + "/" + id));
    } catch (Problem e) {
      var draft = pages.refused(pages.texts(request), "", form, e);
      return show(request, staff, api.get(request, id), "", 0, draft.problems()).status(e.status());
    }
  }
}
