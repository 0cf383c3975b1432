package yikao.questionnaire;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.web.Pages;
import yikao.web.Problem;

/** Questionnaires, by staff. */
@Controller("/api/questionnaires")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "questionnaires")
final class QuestionnaireApi {
  private static final int MOST = 100;

  private final Questionnaires questionnaires;
  private final QuestionnaireRights rights;
  private final ResultTables tables;
  private final Organisations organisations;
  private final Pages pages;

  QuestionnaireApi(
      Questionnaires questionnaires,
      QuestionnaireRights rights,
      ResultTables tables,
      Organisations organisations,
      Pages pages) {
    this.questionnaires = questionnaires;
    this.rights = rights;
    this.tables = tables;
    this.organisations = organisations;
    this.pages = pages;
  }

  /**
   * A question to ask; what belongs to another kind is left out.
   *
   * @param choices of single and multiple, 2 to 20
   * @param from the lower end of a scale, 0 or 1
   * @param to its upper end, at most 10
   * @param limit characters of a text, at most 1,000
   */
  @Serdeable
  @Schema(name = "QuestionnaireQuestionBody")
  record QuestionBody(
      @Nullable QuestionKind kind,
      @Nullable String text,
      @Nullable Boolean required,
      @Nullable List<String> choices,
      @Nullable Integer from,
      @Nullable Integer to,
      @Nullable String low,
      @Nullable String high,
      @Nullable Integer limit) {
    Asking.Given given() {
      return new Asking.Given(kind, text, required, choices, from, to, low, high, limit);
    }
  }

  /** A questionnaire to be made. */
  @Serdeable
  @Schema(
      name = "QuestionnaireCreation",
      examples =
          """
          {"organisation":"D1","title":"组织生活质量问卷","purpose":"改进组织生活","anonymous":true,"questions":[
          {"kind":"scale","text":"您对今年的组织生活满意吗？","required":true,"from":1,"to":5,"low":"不满意","high":"满意"},
          {"kind":"single","text":"每月一次的主题党日，时间合适吗？","required":true,"choices":["合适","太长","太短"]},
          {"kind":"text","text":"您有什么建议？","limit":500}]}\
          """)
  record CreationBody(
      @Nullable String organisation,
      @Nullable String title,
      @Nullable String purpose,
      @Nullable Boolean anonymous,
      @Nullable Boolean digits,
      @Nullable List<QuestionBody> questions) {}

  /** A draft as it is to be from now on; version is the one that was seen. */
  @Serdeable
  @Schema(name = "QuestionnaireEdit")
  record EditBody(
      @Nullable String title,
      @Nullable String purpose,
      @Nullable Boolean anonymous,
      @Nullable Boolean digits,
      @Nullable List<QuestionBody> questions,
      @Nullable Integer version) {}

  private static Asking content(
      @Nullable String title,
      @Nullable String purpose,
      @Nullable Boolean anonymous,
      @Nullable Boolean digits,
      @Nullable List<QuestionBody> questions) {
    return Asking.read(
        title,
        purpose,
        present("anonymous", anonymous),
        Boolean.TRUE.equals(digits),
        questions == null ? List.of() : questions.stream().map(QuestionBody::given).toList());
  }

  private static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw Problem.invalid(field, "missing");
    }
    return value;
  }

  @Post
  @Operation(
      summary = "Makes a questionnaire, as a draft (staff)",
      description =
          "Of an anonymous one nothing is stored that says who answered what, and results are shown"
              + " only where five sheets or more came back.")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = QuestionnaireView.class)))
  HttpResponse<QuestionnaireView> create(HttpRequest<?> request, @Body CreationBody body) {
    var staff = rights.readerAnywhere(request);
    var of = rights.organisation(staff, body.organisation() == null ? "" : body.organisation());
    var content =
        content(body.title(), body.purpose(), body.anonymous(), body.digits(), body.questions());
    return HttpResponse.created(view(questionnaires.create(staff.actor(), of, content)));
  }

  private QuestionnaireView view(Questionnaire of) {
    var content = of.content();
    return new QuestionnaireView(
        of.id(),
        organisations.tree().byId(of.organisationId()).map(Organisation::code).orElse(""),
        content.title(),
        content.purpose(),
        questionnaires.phase(of).code(),
        content.anonymous(),
        content.asksDigits(),
        content.questions(),
        of.openedAt().orElse(null),
        of.closesAt().orElse(null),
        of.closedAt().orElse(null),
        of.given(),
        questionnaires.returned(of),
        of.version());
  }

  @Get
  @Operation(
      summary = "The questionnaires that one may see, the last made first (staff)",
      description = "At most 100; after is the id of the last one of the page before.")
  List<QuestionnaireView> list(
      HttpRequest<?> request,
      @QueryValue @Nullable String organisation,
      @QueryValue @Nullable UUID after) {
    var staff = rights.readerAnywhere(request);
    var among =
        organisation == null || organisation.isEmpty()
            ? rights.readable(staff)
            : Optional.of(rights.below(staff, organisation));
    return questionnaires.list(among, Optional.ofNullable(after), MOST).stream()
        .map(this::view)
        .toList();
  }

  @Get("/{id}")
  @Operation(summary = "A questionnaire, with how many sheets are out and back (staff)")
  QuestionnaireView get(HttpRequest<?> request, UUID id) {
    rights.reader(request, id);
    return view(questionnaires.get(id));
  }

  @Put("/{id}")
  @Operation(summary = "Edits a draft (staff)", description = "409 questionnaire.not-draft later.")
  QuestionnaireView edit(HttpRequest<?> request, UUID id, @Body EditBody body) {
    var staff = rights.keeper(request, id);
    var version = present("version", body.version());
    var content =
        content(body.title(), body.purpose(), body.anonymous(), body.digits(), body.questions());
    return view(questionnaires.edit(staff.actor(), id, version, content));
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(summary = "Deletes a draft of the version that was seen (staff)")
  void delete(HttpRequest<?> request, UUID id, @QueryValue @Nullable Integer version) {
    var staff = rights.keeper(request, id);
    questionnaires.delete(staff.actor(), id, present("version", version));
  }

  /** Until when sheets are taken. */
  @Serdeable
  @Schema(
      name = "QuestionnaireClosesAt",
      examples =
          """
          {"closesAt":"2027-01-15T10:00:00Z","version":2}\
          """)
  record ClosesAtBody(@Nullable Instant closesAt, @Nullable Integer version) {}

  /** The version that was seen. */
  @Serdeable
  @Schema(name = "QuestionnaireVersion")
  record VersionBody(@Nullable Integer version) {}

  @Post("/{id}/opening")
  @Operation(
      summary = "Opens a draft (staff)",
      description = "Each member of the organisation and below is given a sheet, as of now.")
  @Status(HttpStatus.OK)
  QuestionnaireView open(HttpRequest<?> request, UUID id, @Body ClosesAtBody body) {
    var staff = rights.keeper(request, id);
    var version = present("version", body.version());
    return view(
        questionnaires.open(staff.actor(), id, version, present("closesAt", body.closesAt())));
  }

  @Post("/{id}/prolongation")
  @Status(HttpStatus.OK)
  @Operation(summary = "Gives an open one another closing time (staff)")
  QuestionnaireView prolong(HttpRequest<?> request, UUID id, @Body ClosesAtBody body) {
    var staff = rights.keeper(request, id);
    var version = present("version", body.version());
    return view(
        questionnaires.prolong(staff.actor(), id, version, present("closesAt", body.closesAt())));
  }

  @Post("/{id}/closing")
  @Status(HttpStatus.OK)
  @Operation(summary = "Closes an open one now, for good (staff)")
  QuestionnaireView close(HttpRequest<?> request, UUID id, @Body VersionBody body) {
    var staff = rights.keeper(request, id);
    return view(questionnaires.close(staff.actor(), id, present("version", body.version())));
  }

  /** What came back. */
  @Serdeable
  @Schema(name = "QuestionnaireResults")
  record ResultsView(int given, int returned, List<OfQuestionView> questions) {}

  /**
   * What came back to a question.
   *
   * @param answered sheets with an answer to it
   * @param left sheets without one
   * @param mean of a scale
   * @param texts in no order
   */
  @Serdeable
  @Schema(name = "QuestionnaireResultsOfQuestion")
  record OfQuestionView(
      int number,
      QuestionKind kind,
      String text,
      int answered,
      int left,
      List<BarView> counts,
      @Nullable BigDecimal mean,
      List<String> texts) {}

  /** How many have taken one of the answers. */
  @Serdeable
  @Schema(name = "QuestionnaireCount")
  record BarView(int value, String label, int count) {}

  @Get("/{id}/results")
  @Operation(
      summary = "What came back, once it is closed (staff)",
      description = "409 questionnaire.withheld where fewer than five anonymous sheets came back.")
  ResultsView results(HttpRequest<?> request, UUID id) {
    rights.reader(request, id);
    var results = questionnaires.results(questionnaires.get(id));
    return new ResultsView(
        results.given(),
        results.returned(),
        results.questions().stream().map(QuestionnaireApi::view).toList());
  }

  private static OfQuestionView view(Results.OfQuestion of) {
    return new OfQuestionView(
        of.number(),
        of.question().kind(),
        of.question().text(),
        of.answered(),
        of.left(),
        of.bars().stream().map(b -> new BarView(b.value(), b.label(), b.count())).toList(),
        of.mean().orElse(null),
        of.texts());
  }

  @Get("/{id}/results/table")
  @Operation(summary = "What came back as a table, in xlsx or csv (staff)")
  HttpResponse<InputStream> table(
      HttpRequest<?> request, UUID id, @QueryValue(defaultValue = "xlsx") String format) {
    var staff = rights.reader(request, id);
    return tables.results(staff, pages.texts(request), questionnaires.get(id), format);
  }

  @Get("/{id}/sheets/table")
  @Operation(summary = "The sheets of a named one as a table, in xlsx or csv (staff)")
  HttpResponse<InputStream> sheets(
      HttpRequest<?> request, UUID id, @QueryValue(defaultValue = "xlsx") String format) {
    var staff = rights.reader(request, id);
    return tables.sheets(staff, pages.texts(request), questionnaires.get(id), format);
  }
}
