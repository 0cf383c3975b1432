package yikao.sitting;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.attempt.ChoiceView;
import yikao.attempt.ReviewView.CitationView;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.question.QuestionType;
import yikao.sitting.SpotQuestionStore.Period;
import yikao.web.Problem;

/** Questions asked on the spot. */
@Controller("/api/spot-questions")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "spot-questions")
final class SpotApi {
  private static final int MOST = 500;

  private final Callers callers;
  private final SpotQuestions questions;
  private final Organisations organisations;

  SpotApi(Callers callers, SpotQuestions questions, Organisations organisations) {
    this.callers = callers;
    this.questions = questions;
    this.organisations = organisations;
  }

  /** Who is to be asked, from what, and how many. */
  @Serdeable
  @Schema(
      name = "SpotDraw",
      examples =
          """
          {"member":"01890a5d-ac96-774b-bcce-b302099a8057","area":"charter","count":3}\
          """)
  record AskBody(@Nullable UUID member, @Nullable String area, @Nullable Integer count) {}

  /** Whether it was answered rightly; version is the one that was seen. */
  @Serdeable
  @Schema(
      name = "SpotMark",
      examples =
          """
          {"right":true,"version":0}\
          """)
  record MarkBody(@Nullable Boolean right, @Nullable Integer version) {}

  /**
   * A question that somebody was asked.
   *
   * @param organisation code of where the person was then
   * @param right absent until it is marked, as are key, explanation and citation
   * @param key the letters of the right choices
   * @param accepted what is accepted in each blank
   */
  @Serdeable
  @Schema(name = "SpotQuestion")
  record SpotView(
      UUID id,
      UUID member,
      String name,
      String organisation,
      Instant askedAt,
      String actor,
      String area,
      QuestionType type,
      String stem,
      List<ChoiceView> choices,
      int version,
      @Nullable Boolean right,
      @Nullable List<String> key,
      @Nullable List<List<String>> accepted,
      @Nullable String explanation,
      @Nullable CitationView citation) {}

  /**
   * Questions that were asked.
   *
   * @param next what to give as {@code after} for the next page; absent on the last
   */
  @Serdeable
  @Schema(name = "SpotQuestions")
  record SpotListView(List<SpotView> questions, @Nullable UUID next) {}

  @Post
  @Operation(
      summary = "Draws questions for a member who is asked on the spot (staff)",
      description = "None that this member was asked in the last year, while others are left.")
  HttpResponse<List<SpotView>> ask(HttpRequest<?> request, @Body AskBody body) {
    var staff = callers.require(request);
    staff.check(staff.canAskOnTheSpotAnywhere());
    if (body.member() == null) {
      throw Problem.invalid("member", "missing");
    }
    if (body.count() == null) {
      throw Problem.invalid("count", "missing");
    }
    var area = body.area() == null ? "" : body.area();
    var asked = questions.ask(staff, body.member(), area, body.count());
    return HttpResponse.created(asked.stream().map(this::view).toList());
  }

  @Get
  @Operation(summary = "What was asked in an organisation and below, the last first (staff)")
  SpotListView list(
      HttpRequest<?> request,
      @QueryValue @Nullable String organisation,
      @QueryValue @Nullable Instant from,
      @QueryValue @Nullable Instant to,
      @QueryValue @Nullable UUID after,
      @QueryValue(defaultValue = "100") int limit) {
    var staff = callers.require(request);
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", 1, MOST);
    }
    var found =
        questions.list(
            staff,
            organisation == null ? "" : organisation,
            new Period(Optional.ofNullable(from), Optional.ofNullable(to)),
            Optional.ofNullable(after),
            limit + 1);
    var page = found.subList(0, Math.min(limit, found.size()));
    return new SpotListView(
        page.stream().map(this::view).toList(),
        page.size() < found.size() ? page.getLast().id() : null);
  }

  @Get("/{id}")
  @Operation(summary = "A question that was asked; its key once it is marked (staff)")
  SpotView get(HttpRequest<?> request, UUID id) {
    return view(questions.get(callers.require(request), id));
  }

  @Put("/{id}/mark")
  @Operation(summary = "Marks a question that was asked, right or wrong (staff)")
  SpotView mark(HttpRequest<?> request, UUID id, @Body MarkBody body) {
    var staff = callers.require(request);
    var asked = questions.get(staff, id);
    staff.check(staff.canAskOnTheSpot(asked.organisationId()));
    if (body.right() == null) {
      throw Problem.invalid("right", "missing");
    }
    if (body.version() == null) {
      throw Problem.invalid("version", "missing");
    }
    return view(questions.mark(staff, asked, body.version(), body.right()));
  }

  private SpotView view(SpotQuestion asked) {
    var question = questions.content(asked);
    var shown = AskedQuestion.of(question, asked.isRight().isPresent());
    return new SpotView(
        asked.id(),
        asked.member(),
        asked.name(),
        organisations.tree().byId(asked.organisationId()).map(Organisation::code).orElse(""),
        asked.askedAt(),
        asked.actor(),
        question.area(),
        question.type(),
        question.stem(),
        shown.choices(),
        asked.version(),
        asked.isRight().orElse(null),
        shown.answer().map(AskedQuestion.Answer::letters).orElse(null),
        shown.answer().map(AskedQuestion.Answer::accepted).orElse(null),
        shown.answer().map(AskedQuestion.Answer::explanation).orElse(null),
        shown.answer().map(AskedQuestion.Answer::citation).orElse(null));
  }
}
