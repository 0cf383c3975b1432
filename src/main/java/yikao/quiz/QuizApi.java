package yikao.quiz;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import yikao.access.Editors;
import yikao.db.NodeClock;
import yikao.quiz.QuizEdit.StartedQuizzes;

/** Quizzes: what may be taken, and how editors make them. */
@Controller("/api/quizzes")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "quizzes")
final class QuizApi {
  private final Quizzes quizzes;
  private final StartedQuizzes started;
  private final Editors editors;
  private final NodeClock clock;

  QuizApi(Quizzes quizzes, StartedQuizzes started, Editors editors, NodeClock clock) {
    this.quizzes = quizzes;
    this.started = started;
    this.editors = editors;
    this.clock = clock;
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
  @Operation(summary = "One quiz as its editor wrote it (editor)")
  QuizSpec content(HttpRequest<?> request, String quiz) {
    editors.require(request);
    return quizzes.spec(quizzes.get(quiz));
  }

  @Post
  @Operation(summary = "Creates a quiz (editor)")
  HttpResponse<QuizView> create(HttpRequest<?> request, @Body QuizSpec spec) {
    var actor = editors.require(request);
    var quiz = quizzes.create(actor, spec);
    return HttpResponse.created(
        QuizView.of(quiz, clock.instant()), URI.create("/api/quizzes/" + quiz.code()));
  }

  @Put("/{quiz}")
  @Operation(
      summary = "Edits a quiz (editor)",
      description = "After the first attempt only what cannot hurt a running one may change.")
  QuizView edit(HttpRequest<?> request, String quiz, @Body QuizSpec spec) {
    var actor = editors.require(request);
    return QuizView.of(quizzes.edit(actor, quiz, spec, started), clock.instant());
  }
}
