package yikao.remark;

import io.micronaut.http.HttpRequest;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Actor;
import yikao.access.Callers;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptChanges;
import yikao.attempt.AttemptCorrections;
import yikao.attempt.AttemptState;
import yikao.attempt.Attempts;
import yikao.attempt.Credential;
import yikao.attempt.Result;
import yikao.attempt.ReviewView;
import yikao.attempt.Reviews;
import yikao.db.Transactions;
import yikao.org.OrganisationTree;
import yikao.org.Organisations;
import yikao.participant.Guests;
import yikao.participant.ShownBranch;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.QuizRights;
import yikao.quiz.Quizzes;
import yikao.scoring.Points;
import yikao.web.Problem;
import yikao.web.Reasons;

/** What staff does about single attempts: look them through, mark, correct, or set them aside. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "staff")
final class RemarkApi {
  private static final int MOST = 1_000;

  private final Callers callers;
  private final QuizRights rights;
  private final Attempts attempts;
  private final Quizzes quizzes;
  private final Transactions transactions;
  private final AttemptChanges changes;
  private final AttemptCorrections corrections;
  private final Guests guests;
  private final Organisations organisations;
  private final EssayMarks essays;
  private final Reviews reviews;

  RemarkApi(
      Callers callers,
      QuizRights rights,
      Attempts attempts,
      Quizzes quizzes,
      Transactions transactions,
      AttemptChanges changes,
      AttemptCorrections corrections,
      Guests guests,
      Organisations organisations,
      EssayMarks essays,
      Reviews reviews) {
    this.callers = callers;
    this.rights = rights;
    this.attempts = attempts;
    this.quizzes = quizzes;
    this.transactions = transactions;
    this.changes = changes;
    this.corrections = corrections;
    this.guests = guests;
    this.organisations = organisations;
    this.essays = essays;
    this.reviews = reviews;
  }

  /**
   * An attempt as staff sees it in a list.
   *
   * @param name in full
   * @param branch with as much of its path as tells it apart, or as it was written
   * @param branchCode of a branch of the list
   * @param branchPath of a branch of the list: the names from the top down to it
   * @param annulled whether it was set aside
   * @param corrections how often its name and branch were corrected, by whomever
   * @param enteredBy who of the staff has given it out on paper or typed in what was answered
   *     there; absent where the participant answered
   */
  @Serdeable
  @Schema(name = "AttemptSummary")
  record SummaryView(
      UUID id,
      int number,
      AttemptState state,
      String name,
      String branch,
      @Nullable String branchCode,
      @Nullable String branchPath,
      Instant startedAt,
      @Nullable Instant deadline,
      @Nullable Instant endedAt,
      @Nullable BigDecimal score,
      @Nullable BigDecimal maxScore,
      @Nullable Boolean passed,
      int pending,
      boolean annulled,
      int corrections,
      @Nullable String enteredBy) {}

  /**
   * A correction of who took an attempt.
   *
   * @param branch code or name of a branch where there is a list, otherwise any text
   * @param version how many corrections were seen, as listed; 0 where there was none
   */
  @Serdeable
  @Schema(
      name = "Correction",
      examples =
          """
          {"name":"王小明","branch":"第一支部","reason":"姓名写错","version":0}\
          """)
  record CorrectionBody(
      @Nullable String name,
      @Nullable String branch,
      @Nullable String reason,
      @Nullable Integer version) {}

  /** Why an attempt is set aside. */
  @Serdeable
  @Schema(
      name = "Annulment",
      examples =
          """
          {"reason":"停电中断，另发新卷"}\
          """)
  record AnnulmentBody(@Nullable String reason) {}

  /**
   * What a person gives an essay.
   *
   * @param comment which the participant reads
   * @param version of the mark that was seen; 0 where there was none
   */
  @Serdeable
  @Schema(
      name = "PersonMark",
      examples =
          """
          {"points":8.5,"comment":"要点三没有答到","version":0}\
          """)
  record MarkBody(
      @Nullable BigDecimal points, @Nullable String comment, @Nullable Integer version) {}

  @Get("/quizzes/{quiz}/attempts")
  @Operation(
      summary = "The attempts of a quiz with the names of who took them, in pages (staff)",
      description =
          "state is ended (default) or running; pending shows those that wait for a person. The"
              + " next page is that after the last id.")
  List<SummaryView> list(
      HttpRequest<?> request,
      String quiz,
      @QueryValue(defaultValue = "ended") String state,
      @QueryValue(defaultValue = "false") boolean pending,
      @QueryValue @Nullable UUID after,
      @QueryValue(defaultValue = "50") int limit) {
    rights.requireReader(request, quiz);
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", 1, MOST);
    }
    var dsl = transactions.read();
    var quizId = quizzes.get(quiz).id();
    var from = Optional.ofNullable(after);
    var tree = organisations.tree();
    var page =
        switch (state) {
          case "ended" -> changes.ended(dsl, quizId, from, pending, limit);
          case "running" -> changes.running(dsl, quizId, from, limit);
          default -> throw Problem.invalid("state", "attempts.state");
        };
    var corrected = corrections.count(dsl, page.stream().map(Attempt::id).toList());
    return page.stream().map(a -> summary(a, tree, corrected.getOrDefault(a.id(), 0))).toList();
  }

  private SummaryView summary(Attempt a) {
    var corrected = corrections.count(transactions.read(), List.of(a.id()));
    return summary(a, organisations.tree(), corrected.getOrDefault(a.id(), 0));
  }

  private static SummaryView summary(Attempt a, OrganisationTree tree, int corrected) {
    var result = a.result();
    var branch = ShownBranch.of(a.takenBy().branch(), tree);
    return new SummaryView(
        a.id(),
        a.number(),
        a.state(),
        a.takenBy().name(),
        branch.name(),
        branch.code().orElse(null),
        branch.path().orElse(null),
        a.startedAt(),
        a.deadline().map(Attempt.Deadline::at).orElse(null),
        a.ending().map(Attempt.Ending::at).orElse(null),
        result.map(r -> Points.plain(r.score().points())).orElse(null),
        result.map(r -> Points.plain(r.score().maximum())).orElse(null),
        result.flatMap(Result::passed).orElse(null),
        result.map(r -> r.score().pending()).orElse(0),
        a.annulled(),
        corrected,
        a.enteredBy().orElse(null));
  }

  private Actor organiser(HttpRequest<?> request, UUID attempt) {
    var staff = callers.require(request);
    return rights.organiser(staff, attempts.paper(attempt).quiz());
  }

  @Post("/attempts/{id}/corrections")
  @Operation(
      summary = "Corrects the name and branch of an attempt (staff)",
      description =
          "version is how many corrections were seen, as corrections in the list of attempts; 412"
              + " where there is another since, also one by the participant.")
  SummaryView correct(HttpRequest<?> request, UUID id, @Body CorrectionBody body) {
    var actor = organiser(request, id);
    var reason = Reasons.required(body.reason());
    var name = body.name() == null ? "" : body.name();
    var branch = body.branch() == null ? "" : body.branch();
    if (body.version() == null) {
      throw Problem.invalid("version", "missing");
    }
    var open =
        corrections.correct(
            actor, id, body.version(), p -> guests.named(p.id(), name, branch, ""), reason);
    return summary(open.attempt());
  }

  @Post("/attempts/{id}/annulment")
  @Operation(
      summary = "Sets an ended attempt aside: it counts for nothing and uses up no try (staff)")
  SummaryView annul(HttpRequest<?> request, UUID id, @Body AnnulmentBody body) {
    var actor = organiser(request, id);
    var open = corrections.annul(actor, id, Reasons.required(body.reason()));
    return summary(open.attempt());
  }

  @Post("/attempts/{id}/release")
  @Operation(
      summary = "Releases a member's attempt from the phone it was begun with (staff)",
      description =
          "For who has no phone on record, or another by now: the member goes on with the next"
              + " phone without the last four digits. Whoever keeps the member's list may do it,"
              + " and whoever organises the quiz.")
  SummaryView release(HttpRequest<?> request, UUID id) {
    var staff = callers.require(request);
    var quiz = attempts.paper(id).quiz();
    var attempt = attempts.get(id, new Credential.Service()).attempt();
    var keepsList = attempt.takenBy().branch().known().filter(staff::canEditMembers).isPresent();
    var actor = keepsList ? staff.actor() : rights.organiser(staff, quiz);
    if (quiz.entry() == EntryPolicy.EVERYONE) {
      throw Problem.conflict("attempt.of-guest");
    }
    return summary(corrections.release(actor, id).attempt());
  }

  @Put("/attempts/{id}/marks/{number}")
  @Operation(summary = "Marks an essay (staff)")
  ReviewView mark(HttpRequest<?> request, UUID id, int number, @Body MarkBody body) {
    var actor = organiser(request, id);
    if (body.points() == null) {
      throw Problem.invalid("points", "missing");
    }
    if (body.version() == null) {
      throw Problem.invalid("version", "missing");
    }
    var given =
        new EssayMarks.Given(body.points(), Reasons.comment(body.comment()), body.version());
    return reviews.whole(essays.mark(actor, id, number, given));
  }
}
