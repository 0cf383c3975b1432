package yikao.remark;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.access.JobView;
import yikao.quiz.QuizRights;
import yikao.quiz.Quizzes;
import yikao.remark.DeadlineJob.Moved;
import yikao.remark.WindowChanges.Extension;
import yikao.web.Problem;
import yikao.web.Reasons;

/** What staff does about the time of a quiz: give more, or close it. */
@Controller("/api/quizzes/{quiz}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "staff")
final class WindowApi {
  private final QuizRights rights;
  private final Quizzes quizzes;
  private final WindowChanges changes;
  private final JobAnswers answers;

  WindowApi(QuizRights rights, Quizzes quizzes, WindowChanges changes, JobAnswers answers) {
    this.rights = rights;
    this.quizzes = quizzes;
    this.changes = changes;
    this.answers = answers;
  }

  /**
   * More time.
   *
   * @param since reopens attempts that expired from then on
   * @param extensions how many extensions there have been, so that a repeat does not extend twice
   * @param freshPapers whether attempts that cannot be reopened, since their participants could see
   *     the keys, are set aside so that they may start again; default false
   */
  @Serdeable
  @Schema(
      name = "Extension",
      examples =
          """
          {"minutes":15,"since":"2026-11-22T11:05:00Z","extensions":0,"reason":"机房停电"}\
          """)
  record ExtensionBody(
      @Nullable Integer minutes,
      @Nullable Instant since,
      @Nullable Integer extensions,
      @Nullable Boolean freshPapers,
      @Nullable String reason) {}

  @Post("/extensions")
  @Operation(
      summary =
          "Gives all attempts more time, closes later by as much, and reopens those that expired"
              + " since (staff)",
      description =
          "The moment from which on nobody starts any more moves by as much, too. Attempts whose"
              + " participants could see the keys are not reopened; they are counted as seen, and"
              + " those whose time is over even so as tooLate. freshPapers is refused where nobody"
              + " may start after the extension. Where it takes long, 202 with the job that goes on"
              + " with it.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Moved.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  HttpResponse<?> extend(HttpRequest<?> request, String quiz, @Body ExtensionBody body) {
    var actor = rights.organiser(request, quiz);
    if (body.minutes() == null || body.minutes() < 1 || body.minutes() > 1440) {
      throw Problem.invalid("minutes", "range", 1, 1440);
    }
    if (body.since() == null) {
      throw Problem.invalid("since", "missing");
    }
    if (body.extensions() == null) {
      throw Problem.invalid("extensions", "missing");
    }
    var wanted =
        new Extension(
            Duration.ofMinutes(body.minutes()),
            body.since(),
            Boolean.TRUE.equals(body.freshPapers()),
            Reasons.required(body.reason()));
    return answers.of(
        changes.extend(actor, quizzes.get(quiz), wanted, body.extensions()), Moved.class);
  }

  /**
   * A close earlier than the quiz says.
   *
   * @param at when; default: now, or in a minute where somebody is answering
   * @param revision of the quiz that was seen
   */
  @Serdeable
  @Schema(
      name = "Closing",
      examples =
          """
          {"revision":3,"reason":"考场提前清场"}\
          """)
  record ClosingBody(@Nullable Instant at, @Nullable Integer revision, @Nullable String reason) {}

  @Post("/closing")
  @Operation(
      summary = "Closes a quiz, also one without an end (staff)",
      description =
          "Running attempts end with it, or where atClose is finish a time limit after it at the"
              + " latest. Who is answering is told at least a minute before. To refuse new starts"
              + " only, edit the quiz with startsUntil.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Moved.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  HttpResponse<?> close(HttpRequest<?> request, String quiz, @Body ClosingBody body) {
    var actor = rights.organiser(request, quiz);
    if (body.revision() == null) {
      throw Problem.invalid("revision", "missing");
    }
    var job =
        changes.close(
            actor,
            quizzes.get(quiz),
            body.revision(),
            Optional.ofNullable(body.at()),
            Reasons.required(body.reason()));
    return answers.of(job, Moved.class);
  }
}
