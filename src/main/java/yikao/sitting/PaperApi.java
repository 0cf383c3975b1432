package yikao.sitting;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Audience;
import yikao.attempt.Input;
import yikao.attempt.PaperEntries;
import yikao.attempt.Responses.Given;
import yikao.attempt.Result;
import yikao.question.Response;
import yikao.sitting.TypedAnswers.JudgeWords;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;
import yikao.web.Reasons;

/** Papers of a session that are printed and typed in. */
@Controller("/api/sittings/{sitting}/papers")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sittings")
final class PaperApi {
  private static final JudgeWords LETTERS_ALONE = JudgeWords.of("T", "F");

  private final SittingRights rights;
  private final PrintedPapers papers;

  PaperApi(SittingRights rights, PrintedPapers papers) {
    this.rights = rights;
    this.papers = papers;
  }

  /**
   * A paper that was given out.
   *
   * @param number on the sheet
   * @param name of the member
   * @param state {@code out}, {@code entered} or {@code withdrawn}
   * @param enteredBy who has typed it in or, before that, given it out
   */
  @Serdeable
  @Schema(name = "PrintedPaper")
  record PaperView(
      int number, UUID member, String name, UUID attempt, String state, String enteredBy) {
    static PaperView of(PrintedPaper paper) {
      return new PaperView(
          paper.number().orElseThrow(),
          paper.member(),
          paper.name(),
          paper.attempt().orElseThrow(),
          paper.state().code(),
          paper.enteredBy().orElse(""));
    }
  }

  /** The members who get a paper. */
  @Serdeable
  @Schema(
      name = "PaperPrint",
      examples =
          """
          {"members":["01890a5d-ac96-774b-bcce-b302099a8057"]}\
          """)
  record PrintBody(@Nullable List<@Nullable UUID> members) {}

  /** What was answered to a question, by the letters of the paper. */
  @Serdeable
  @Schema(name = "PaperAnswer")
  record AnswerView(int number, @Nullable List<String> choices, @Nullable List<String> text) {}

  /**
   * A paper with its questions, and what was typed in.
   *
   * @param version names what was seen when something is typed in; 0 before
   * @param score absent before it was typed in, and before results are shown
   */
  @Serdeable
  @Schema(name = "PaperContent")
  record ContentView(
      int number,
      String name,
      String state,
      int version,
      List<PrintedQuestion> questions,
      List<AnswerView> responses,
      @Nullable BigDecimal score,
      @Nullable BigDecimal maxScore,
      @Nullable Boolean passed) {}

  /** An answer that is typed in; of choices and text one is there. */
  @Serdeable
  @Schema(name = "PaperAnswerEntry")
  record AnswerBody(
      @Nullable Integer number,
      @Nullable List<@Nullable String> choices,
      @Nullable List<@Nullable String> text) {}

  /**
   * All that was answered on a paper.
   *
   * @param version that was seen
   */
  @Serdeable
  @Schema(
      name = "PaperEntry",
      examples =
          """
          {"version":0,"responses":[{"number":1,"choices":["B"]},{"number":2,"choices":["A","C"]}]}\
          """)
  record EntryBody(@Nullable Integer version, @Nullable List<AnswerBody> responses) {}

  /** Why a paper is taken back. */
  @Serdeable
  @Schema(
      name = "PaperWithdrawal",
      examples =
          """
          {"reason":"改用手机作答"}\
          """)
  record WithdrawalBody(@Nullable String reason) {}

  @Get
  @Operation(summary = "The papers of a session that were given out in print (staff)")
  List<PaperView> list(HttpRequest<?> request, UUID sitting) {
    var running = rights.runner(request, sitting);
    return papers.papers(running.sitting()).stream().map(PaperView::of).toList();
  }

  @Post
  @Operation(
      summary = "Gives out papers in print to members without a phone (staff)",
      description =
          "Who has one already keeps it. A member who has begun with a phone gets none, and who has"
              + " a paper cannot begin with a phone.")
  HttpResponse<List<PaperView>> print(HttpRequest<?> request, UUID sitting, @Body PrintBody body) {
    var running = rights.runner(request, sitting);
    var members = body.members() == null ? List.<UUID>of() : body.members();
    if (members.stream().anyMatch(m -> m == null)) {
      throw Problem.invalid("members", "missing");
    }
    var given =
        papers.print(
            running.staff().actor(), running.sitting(), members.stream().distinct().toList());
    return HttpResponse.created(given.stream().map(PaperView::of).toList());
  }

  @Get("/{number}")
  @Operation(summary = "A printed paper, without keys, and what was typed in (staff)")
  ContentView get(HttpRequest<?> request, UUID sitting, int number) {
    var running = rights.runner(request, sitting);
    var paper = papers.paper(running.sitting(), number);
    return view(paper, papers.content(paper), papers.attempt(paper));
  }

  @Put("/{number}")
  @Operation(
      summary = "Types in what was answered on a paper, and marks it (staff)",
      description =
          "responses has all that was answered. Typed in again, with the version that was seen, it"
              + " replaces what was mistyped, until the account of the session is confirmed.")
  ContentView enter(HttpRequest<?> request, UUID sitting, int number, @Body EntryBody body) {
    var running = rights.runner(request, sitting);
    var paper = papers.paper(running.sitting(), number);
    if (body.version() == null) {
      throw Problem.invalid("version", "missing");
    }
    var content = papers.content(paper);
    var open =
        papers.enter(
            running.staff().actor(),
            running.sitting(),
            paper,
            body.version(),
            inputs(content, body));
    return view(papers.paper(running.sitting(), number), content, open.attempt());
  }

  @Post("/{number}/withdrawal")
  @Operation(
      summary = "Takes back a paper that will not be typed in (staff)",
      description = "It counts for nothing, and the member may begin with a phone.")
  PaperView withdraw(HttpRequest<?> request, UUID sitting, int number, @Body WithdrawalBody body) {
    var running = rights.runner(request, sitting);
    var paper = papers.paper(running.sitting(), number);
    papers.withdraw(
        running.staff().actor(), running.sitting(), paper, Reasons.required(body.reason()));
    return PaperView.of(papers.paper(running.sitting(), number));
  }

  private static List<Input> inputs(AttemptPaper paper, EntryBody body) {
    if (body.responses() == null || body.responses().size() > paper.questions().size()) {
      throw Problem.invalid("responses", "size", 0, paper.questions().size());
    }
    var typed = new TypedAnswers(paper, LETTERS_ALONE);
    var errors = new ArrayList<FieldError>();
    var inputs = new ArrayList<Input>();
    var seen = new HashSet<Integer>();
    for (var i = 0; i < body.responses().size(); i++) {
      var at = "responses[" + i + "].";
      var answer = body.responses().get(i);
      if (answer == null || answer.number() == null || !paper.paper().has(answer.number())) {
        errors.add(FieldError.of(at + "number", "no-such-question"));
      } else if (!seen.add(answer.number())) {
        errors.add(FieldError.of(at + "number", "duplicate", answer.number()));
      } else {
        input(paper, answer, at, typed, errors).ifPresent(inputs::add);
      }
    }
    errors.addAll(typed.errors());
    if (!errors.isEmpty()) {
      throw Problem.invalidBody(errors);
    }
    return inputs;
  }

  private static Optional<Input> input(
      AttemptPaper paper,
      AnswerBody answer,
      String at,
      TypedAnswers typed,
      List<FieldError> errors) {
    var number = Optional.ofNullable(answer.number()).orElseThrow();
    var chooses = paper.question(number).type().hasChoices();
    var given = chooses ? answer.choices() : answer.text();
    var other = chooses ? answer.text() : answer.choices();
    var field = at + (chooses ? "choices" : "text");
    if (given == null || other != null || given.stream().anyMatch(t -> t == null)) {
      errors.add(
          FieldError.of(field, chooses ? "response.choices-wanted" : "response.text-wanted"));
      return Optional.empty();
    }
    var texts = given.stream().map(String::valueOf).toList();
    return typed.read(field, number, chooses ? List.of(String.join("", texts)) : texts);
  }

  private ContentView view(PrintedPaper paper, AttemptPaper content, Attempt attempt) {
    var result = papers.result(paper, attempt);
    return new ContentView(
        paper.number().orElseThrow(),
        paper.name(),
        paper.state().code(),
        PaperEntries.version(attempt),
        PrintedQuestion.of(content),
        answers(content, attempt),
        result.map(r -> plain(r.score().points())).orElse(null),
        result.map(r -> plain(r.score().maximum())).orElse(null),
        result.flatMap(Result::passed).orElse(null));
  }

  static BigDecimal plain(BigDecimal points) {
    return new BigDecimal(points.stripTrailingZeros().toPlainString());
  }

  static List<AnswerView> answers(AttemptPaper paper, Attempt attempt) {
    return attempt.responses().byNumber().entrySet().stream()
        .map(e -> answer(paper, e.getKey(), e.getValue()))
        .toList();
  }

  private static AnswerView answer(AttemptPaper paper, int number, Given given) {
    return switch (given.response()) {
      case Response.Chosen(var ids) ->
          new AnswerView(number, paper.choices(number).names(ids, Audience.PARTICIPANT), null);
      case Response.Written(var texts) -> new AnswerView(number, null, texts);
    };
  }
}
