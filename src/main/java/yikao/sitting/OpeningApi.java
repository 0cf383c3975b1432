package yikao.sitting;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.attempt.ChoiceView;
import yikao.question.QuestionType;
import yikao.sitting.BranchMemories.Proposed;
import yikao.web.Problem;

/** What a branch remembers of its sessions, as an opening for the next one. */
@Controller("/api/organisations/{code}/opening")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sittings")
final class OpeningApi {
  private final Callers callers;
  private final OpeningRights rights;
  private final BranchMemories memories;

  OpeningApi(Callers callers, OpeningRights rights, BranchMemories memories) {
    this.callers = callers;
    this.rights = rights;
    this.memories = memories;
  }

  /**
   * A question of the proposed opening.
   *
   * @param question its id
   * @param missedAt when the session was in which it was missed last
   * @param wrong how many had it wrong then
   * @param asked of how many
   */
  @Serdeable
  @Schema(name = "OpeningQuestion")
  record QuestionView(
      String question,
      QuestionType type,
      String stem,
      List<ChoiceView> choices,
      Instant missedAt,
      int wrong,
      int asked) {
    static QuestionView of(Proposed proposed) {
      var question = proposed.question().question();
      var shown = AskedQuestion.of(question, false);
      return new QuestionView(
          question.id(),
          question.type(),
          question.stem(),
          shown.choices(),
          proposed.missedAt(),
          proposed.wrong(),
          proposed.asked());
    }
  }

  /** The proposed opening; empty where nothing is remembered. */
  @Serdeable
  @Schema(name = "Opening")
  record OpeningView(List<QuestionView> questions) {}

  /** How a question was answered at an opening; right where most had it right. */
  @Serdeable
  @Schema(
      name = "OpeningAnswer",
      examples =
          """
          {"question":"01-charter-001","right":true}\
          """)
  record AnswerBody(@Nullable String question, @Nullable Boolean right) {}

  @Get
  @Operation(
      summary = "The opening that is proposed for the next session of a branch (staff)",
      description =
          "Three questions at most that were missed in the last sessions, until they are answered"
              + " rightly by most.")
  OpeningView get(HttpRequest<?> request, String code) {
    var branch = rights.reader(callers.require(request), code);
    return new OpeningView(memories.opening(branch).stream().map(QuestionView::of).toList());
  }

  @Post("/answers")
  @Operation(summary = "Keeps how a question of the opening was answered (staff)")
  HttpResponse<?> answer(HttpRequest<?> request, String code, @Body AnswerBody body) {
    var staff = callers.require(request);
    var branch = rights.runner(staff, code);
    if (body.question() == null) {
      throw Problem.invalid("question", "missing");
    }
    if (body.right() == null) {
      throw Problem.invalid("right", "missing");
    }
    memories.answered(staff.actor(), branch, body.question(), body.right());
    return HttpResponse.noContent();
  }
}
