package yikao.remark;

import io.micronaut.context.annotation.Value;
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
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Editors;
import yikao.access.JobView;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptChanges;
import yikao.attempt.AttemptState;
import yikao.attempt.ReviewView;
import yikao.attempt.Reviews;
import yikao.db.Job;
import yikao.db.Jobs;
import yikao.db.Transactions;
import yikao.quiz.Quizzes;
import yikao.remark.Extending.Extension;
import yikao.remark.ExtensionJob.Extended;
import yikao.scoring.Amendment;
import yikao.scoring.Points;
import yikao.web.Problem;
import yikao.web.ShownText;

/** What editors do about attempts: look them through, mark them, mark again, give more time. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "staff")
final class RemarkApi {
  private static final int MOST = 1_000;
  private static final int MAX_TEXT = 200;
  private static final int MAX_REASON = 500;

  private final Editors editors;
  private final Quizzes quizzes;
  private final Transactions transactions;
  private final AttemptChanges changes;
  private final Amending amending;
  private final Extending extending;
  private final EssayMarks essays;
  private final Reviews reviews;
  private final Jobs jobs;
  private final JobJson json;
  private final Duration atOnce;

  RemarkApi(
      Editors editors,
      Quizzes quizzes,
      Transactions transactions,
      AttemptChanges changes,
      Amending amending,
      Extending extending,
      EssayMarks essays,
      Reviews reviews,
      Jobs jobs,
      JobJson json,
      @Value("${yikao.jobs.at-once}") Duration atOnce) {
    this.editors = editors;
    this.quizzes = quizzes;
    this.transactions = transactions;
    this.changes = changes;
    this.amending = amending;
    this.extending = extending;
    this.essays = essays;
    this.reviews = reviews;
    this.jobs = jobs;
    this.json = json;
    this.atOnce = atOnce;
  }

  /**
   * An amendment.
   *
   * @param question id of the question
   * @param voided {@code full-points} for everybody, or {@code out-of-maximum}
   * @param choices another set of choices that is right
   * @param blank of which another text is right, counted from 1
   * @param text that other text
   * @param amendments how many amendments the preview knew; only to confirm
   * @param reason why; only to confirm
   */
  @Serdeable
  @Schema(
      name = "Amendment",
      examples =
          """
          {"question":"07-branch-001","voided":"full-points","amendments":0,"reason":"题干有歧义"}\
          """)
  record AmendmentBody(
      @Nullable String question,
      @Nullable String voided,
      @Nullable List<String> choices,
      @Nullable Integer blank,
      @Nullable String text,
      @Nullable Integer amendments,
      @Nullable String reason) {

    Amendment amendment() {
      if (question == null) {
        throw Problem.invalid("question", "missing");
      }
      var kinds = (voided == null ? 0 : 1) + (choices == null ? 0 : 1) + (text == null ? 0 : 1);
      if (kinds != 1) {
        throw Problem.invalid("voided", "amendment.one-kind");
      }
      if (voided != null) {
        return switch (voided) {
          case "full-points" -> new Amendment.Voided(question, true);
          case "out-of-maximum" -> new Amendment.Voided(question, false);
          default -> throw Problem.invalid("voided", "amendment.voided");
        };
      }
      if (choices != null) {
        if (choices.stream().anyMatch(Objects::isNull)) {
          throw Problem.invalid("choices", "response.no-such-choice");
        }
        return new Amendment.AcceptedChoices(question, new HashSet<>(choices));
      }
      if (blank == null) {
        throw Problem.invalid("blank", "missing");
      }
      return new Amendment.AcceptedText(
          question, blank - 1, ShownText.line("text", text, 1, MAX_TEXT));
    }
  }

  /** An attempt as staff sees it in a list. */
  @Serdeable
  @Schema(name = "AttemptSummary")
  record SummaryView(
      UUID id,
      int number,
      AttemptState state,
      @Nullable Instant endedAt,
      @Nullable BigDecimal score,
      @Nullable Boolean passed,
      int pending) {}

  /**
   * More time.
   *
   * @param since reopens attempts that expired from then on
   * @param extensions how many extensions there have been, so that a repeat does not extend twice
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
      @Nullable String reason) {}

  /** What a person gives an essay. */
  @Serdeable
  @Schema(
      name = "PersonMark",
      examples =
          """
          {"points":8.5,"comment":"要点三没有答到"}\
          """)
  record MarkBody(@Nullable BigDecimal points, @Nullable String comment) {}

  @Get("/quizzes/{quiz}/attempts")
  @Operation(summary = "The ended attempts of a quiz, in pages (editor)")
  List<SummaryView> list(
      HttpRequest<?> request,
      String quiz,
      @QueryValue(defaultValue = "false") boolean pending,
      @QueryValue @Nullable UUID after,
      @QueryValue(defaultValue = "50") int limit) {
    editors.require(request);
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", 1, MOST);
    }
    return changes
        .ended(
            transactions.read(), quizzes.get(quiz).id(), Optional.ofNullable(after), pending, limit)
        .stream()
        .map(RemarkApi::summary)
        .toList();
  }

  private static SummaryView summary(Attempt a) {
    var result = a.result();
    return new SummaryView(
        a.id(),
        a.number(),
        a.state(),
        a.ending().map(Attempt.Ending::at).orElse(null),
        result.map(r -> Points.plain(r.score().points())).orElse(null),
        result.flatMap(r -> r.passed()).orElse(null),
        result.map(r -> r.score().pending()).orElse(0));
  }

  @Post("/quizzes/{quiz}/amendments/preview")
  @Operation(
      summary = "What an amendment would change; changes nothing (editor)",
      description = "Where that takes long, 202 with the job that finds it out.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Differences.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  HttpResponse<?> preview(HttpRequest<?> request, String quiz, @Body AmendmentBody body) {
    var actor = editors.require(request);
    var job = amending.preview(actor, quizzes.changed(quiz), body.amendment());
    return answer(job, Differences.class);
  }

  @Post("/quizzes/{quiz}/amendments")
  @Operation(
      summary = "Amends a quiz and marks it again (editor)",
      description = "Where that takes long, 202 with the job that goes on with it.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Differences.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  HttpResponse<?> confirm(HttpRequest<?> request, String quiz, @Body AmendmentBody body) {
    var actor = editors.require(request);
    if (body.amendments() == null) {
      throw Problem.invalid("amendments", "missing");
    }
    var job =
        amending.confirm(
            actor, quizzes.get(quiz), body.amendment(), body.amendments(), reason(body.reason()));
    return answer(job, Differences.class);
  }

  private static String reason(@Nullable String reason) {
    return ShownText.lines("reason", reason, 1, MAX_REASON);
  }

  @Post("/quizzes/{quiz}/extensions")
  @Operation(
      summary = "Gives all attempts more time, and reopens those that expired since (editor)",
      description = "Where that takes long, 202 with the job that goes on with it.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Extended.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  HttpResponse<?> extend(HttpRequest<?> request, String quiz, @Body ExtensionBody body) {
    var actor = editors.require(request);
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
        new Extension(Duration.ofMinutes(body.minutes()), body.since(), reason(body.reason()));
    return answer(
        extending.extend(actor, quizzes.get(quiz), wanted, body.extensions()), Extended.class);
  }

  /** What a job has found or changed, where that takes no longer than a caller waits. */
  private HttpResponse<?> answer(UUID id, Class<?> result) {
    var job = jobs.run(id, atOnce);
    return job.state() == Job.State.DONE
        ? HttpResponse.ok(json.read(job.progress(), result))
        : JobView.accepted(job);
  }

  @Put("/attempts/{id}/marks/{number}")
  @Operation(summary = "Marks an essay (editor)")
  ReviewView mark(HttpRequest<?> request, UUID id, int number, @Body MarkBody body) {
    var actor = editors.require(request);
    if (body.points() == null) {
      throw Problem.invalid("points", "missing");
    }
    var comment =
        Optional.of(ShownText.lines("comment", body.comment(), 0, MAX_REASON))
            .filter(c -> !c.isEmpty());
    return reviews.whole(essays.mark(actor, id, number, body.points(), comment));
  }
}
