package yikao.quiz;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.access.Staff;
import yikao.db.Jobs;
import yikao.db.NodeClock;
import yikao.quiz.QuizEdit.StartedQuizzes;
import yikao.quiz.QuizEdit.WindowMoves;
import yikao.web.SeenVersion;

/** Quizzes: what may be taken, and how staff makes them. */
@Controller("/api/quizzes")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "quizzes")
final class QuizApi {
  private final Quizzes quizzes;
  private final BlueprintCheck blueprints;
  private final StartedQuizzes started;
  private final WindowMoves moves;
  private final Callers callers;
  private final QuizRights rights;
  private final Jobs jobs;
  private final NodeClock clock;
  private final Duration atOnce;

  QuizApi(
      Quizzes quizzes,
      BlueprintCheck blueprints,
      StartedQuizzes started,
      WindowMoves moves,
      Callers callers,
      QuizRights rights,
      Jobs jobs,
      NodeClock clock,
      @Value("${yikao.jobs.at-once}") Duration atOnce) {
    this.quizzes = quizzes;
    this.blueprints = blueprints;
    this.started = started;
    this.moves = moves;
    this.callers = callers;
    this.rights = rights;
    this.jobs = jobs;
    this.clock = clock;
    this.atOnce = atOnce;
  }

  @Get
  @Operation(summary = "The quizzes that the caller may take now or later")
  List<QuizView> list() {
    var now = clock.instant();
    return quizzes.listed().stream().map(quiz -> QuizView.of(quiz, now)).toList();
  }

  @Get("/{quiz}")
  @Operation(summary = "One quiz")
  QuizView get(String quiz) {
    return QuizView.of(quizzes.get(quiz), clock.instant());
  }

  @Get("/{quiz}/content")
  @Operation(summary = "One quiz as its editor wrote it (staff)")
  QuizSpec content(HttpRequest<?> request, String quiz) {
    rights.requireReader(request, quiz);
    return quizzes.spec(quizzes.get(quiz));
  }

  /**
   * A quiz that was made or edited.
   *
   * @param scarceSections sections, counted from 1, whose questions who tries again meets again
   * @param moves the job by which the deadlines of running attempts follow the window, where it
   *     moved: look at {@code /api/jobs/}
   */
  @Serdeable
  @Schema(name = "EditedQuiz")
  record EditedView(
      @JsonUnwrapped QuizView quiz, List<Integer> scarceSections, @Nullable UUID moves) {}

  private EditedView edited(Quizzes.Edited edited) {
    return new EditedView(
        QuizView.of(edited.quiz(), clock.instant()),
        blueprints.scarce(edited.quiz()),
        edited.moves().orElse(null));
  }

  private static Optional<String> organisation(QuizSpec spec) {
    return Optional.ofNullable(spec.about().organisation());
  }

  /** The organisations of a roster; those of the quiz itself are asked beside. */
  private void checkRoster(Staff staff, QuizSpec spec) {
    var roster = spec.entrance().roster();
    if (roster != null && roster.organisations() != null) {
      for (var code : roster.organisations()) {
        rights.requireRosterOf(staff, code);
      }
    }
  }

  @Post
  @Operation(summary = "Creates a quiz (staff)")
  HttpResponse<EditedView> create(HttpRequest<?> request, @Body QuizSpec spec) {
    var staff = callers.require(request);
    var actor = rights.organiserOf(staff, organisation(spec));
    checkRoster(staff, spec);
    var quiz = quizzes.create(actor, spec);
    return HttpResponse.created(
        edited(new Quizzes.Edited(quiz, Optional.empty())),
        URI.create("/api/quizzes/" + quiz.code()));
  }

  @Put("/{quiz}")
  @Operation(
      summary = "Edits a quiz (staff)",
      description =
          "After the first attempt only what cannot hurt a running one may change. The header"
              + " If-Match may name the revision that was seen; another since is a 412.")
  EditedView edit(
      HttpRequest<?> request,
      String quiz,
      @Header("If-Match") @Nullable String seen,
      @Body QuizSpec spec) {
    var staff = callers.require(request);
    var old = quizzes.get(quiz);
    var actor = rights.organiser(staff, old);
    if (!organisation(spec).equals(old.about().organisation())) {
      actor = rights.organiserOf(staff, organisation(spec));
    }
    checkRoster(staff, spec);
    var edited =
        quizzes.edit(actor, quiz, SeenVersion.of(seen), spec, new Quizzes.Attempts(started, moves));
    edited.moves().ifPresent(job -> jobs.run(job, atOnce));
    return edited(edited);
  }
}
