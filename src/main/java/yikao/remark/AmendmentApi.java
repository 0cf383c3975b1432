package yikao.remark;

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
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.access.JobView;
import yikao.db.Transactions;
import yikao.quiz.QuizRights;
import yikao.quiz.Quizzes;
import yikao.remark.Amending.Wanted;
import yikao.remark.AmendmentStore.Stored;
import yikao.scoring.Amendment;
import yikao.web.Problem;
import yikao.web.Reasons;
import yikao.web.ShownText;

/** What staff does about the questions of a quiz after the fact: void them, accept more, or not. */
@Controller("/api/quizzes/{quiz}/amendments")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "staff")
final class AmendmentApi {
  private static final int MAX_TEXT = 200;

  private final QuizRights rights;
  private final Quizzes quizzes;
  private final Transactions transactions;
  private final Amending amending;
  private final AmendmentStore store;
  private final JobAnswers answers;

  AmendmentApi(
      QuizRights rights,
      Quizzes quizzes,
      Transactions transactions,
      Amending amending,
      AmendmentStore store,
      JobAnswers answers) {
    this.rights = rights;
    this.quizzes = quizzes;
    this.transactions = transactions;
    this.amending = amending;
    this.store = store;
    this.answers = answers;
  }

  /**
   * An amendment.
   *
   * @param question id of the question
   * @param voided {@code full-points} for everybody, or {@code out-of-maximum}
   * @param choices another set of choices that is right; where one chooses one, each of them is
   * @param version whose choices they are; needed where the identifiers say something else in
   *     different versions of the question
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
      @Nullable Integer version,
      @Nullable Integer blank,
      @Nullable String text,
      @Nullable Integer amendments,
      @Nullable String reason) {

    Wanted wanted() {
      return new Wanted(amendment(), Optional.ofNullable(version));
    }

    private Amendment amendment() {
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
        return new Amendment.AcceptedIdentifiers(question, new HashSet<>(choices));
      }
      var other = ShownText.line("text", text, 1, MAX_TEXT);
      if (blank == null) {
        throw Problem.invalid("blank", "missing");
      }
      return new Amendment.AcceptedText(question, blank - 1, other);
    }
  }

  /**
   * An amendment as it stands; of its kinds one is there.
   *
   * @param number names it
   * @param statements what the choices say that are right as well
   * @param choices the same by their identifiers, of an amendment of before statements were kept
   * @param withdrawn that it was taken back
   */
  @Serdeable
  @Schema(name = "StoredAmendment")
  record StoredView(
      int number,
      String question,
      @Nullable String voided,
      @Nullable List<String> statements,
      @Nullable List<String> choices,
      @Nullable Integer blank,
      @Nullable String text,
      String reason,
      String actor,
      Instant createdAt,
      @Nullable WithdrawnView withdrawn) {}

  /** By whom an amendment was taken back, when and why. */
  @Serdeable
  @Schema(name = "WithdrawnAmendment")
  record WithdrawnView(String reason, String actor, Instant at) {}

  /**
   * The amendments of a quiz.
   *
   * @param amendments how many there were, withdrawals counted: what who amends next has seen
   */
  @Serdeable
  @Schema(name = "Amendments")
  record AmendmentsView(int amendments, List<StoredView> entries) {}

  /**
   * A withdrawal.
   *
   * @param amendments how many amendments and withdrawals were seen
   */
  @Serdeable
  @Schema(
      name = "Withdrawal",
      examples =
          """
          {"amendments":1,"reason":"复核后原答案无误"}\
          """)
  record WithdrawalBody(@Nullable Integer amendments, @Nullable String reason) {}

  @Get
  @Operation(summary = "The amendments of a quiz (staff)")
  AmendmentsView list(HttpRequest<?> request, String quiz) {
    rights.requireReader(request, quiz);
    var found = quizzes.changed(quiz);
    return new AmendmentsView(
        found.changes().amendments(),
        store.all(transactions.read(), found.id()).stream().map(AmendmentApi::view).toList());
  }

  private static StoredView view(Stored s) {
    var amendment = s.amendment();
    return new StoredView(
        s.number(),
        amendment.questionId(),
        amendment instanceof Amendment.Voided v ? v.code() : null,
        amendment instanceof Amendment.AcceptedChoices(_, var statements)
            ? statements.stream().sorted().toList()
            : null,
        amendment instanceof Amendment.AcceptedIdentifiers(_, var choices)
            ? choices.stream().sorted().toList()
            : null,
        amendment instanceof Amendment.AcceptedText(_, var blank, _) ? blank + 1 : null,
        amendment instanceof Amendment.AcceptedText(_, _, var text) ? text : null,
        s.reason(),
        s.actor(),
        s.createdAt(),
        s.withdrawal().map(w -> new WithdrawnView(w.reason(), w.actor(), w.at())).orElse(null));
  }

  @Post("/{number}/withdrawal")
  @Operation(
      summary = "Takes an amendment back and marks again (staff)",
      description = "Where that takes long, 202 with the job that goes on with it.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Differences.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  HttpResponse<?> withdraw(
      HttpRequest<?> request, String quiz, int number, @Body WithdrawalBody body) {
    var actor = rights.organiser(request, quiz);
    if (body.amendments() == null) {
      throw Problem.invalid("amendments", "missing");
    }
    var job =
        amending.withdraw(
            actor, quizzes.get(quiz), number, body.amendments(), Reasons.required(body.reason()));
    return answers.of(job, Differences.class);
  }

  @Post("/preview")
  @Operation(
      summary = "What an amendment would change; changes nothing (staff)",
      description = "Where that takes long, 202 with the job that finds it out.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Differences.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  HttpResponse<?> preview(HttpRequest<?> request, String quiz, @Body AmendmentBody body) {
    var actor = rights.organiser(request, quiz);
    var job = amending.preview(actor, quizzes.changed(quiz), body.wanted());
    return answers.of(job, Differences.class);
  }

  @Post
  @Operation(
      summary = "Amends a quiz and marks it again (staff)",
      description = "Where that takes long, 202 with the job that goes on with it.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Differences.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  HttpResponse<?> confirm(HttpRequest<?> request, String quiz, @Body AmendmentBody body) {
    var actor = rights.organiser(request, quiz);
    if (body.amendments() == null) {
      throw Problem.invalid("amendments", "missing");
    }
    var job =
        amending.confirm(
            actor,
            quizzes.get(quiz),
            body.wanted(),
            body.amendments(),
            Reasons.required(body.reason()));
    return answers.of(job, Differences.class);
  }
}
