package yikao.sitting;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import yikao.access.Consoles;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Audience;
import yikao.attempt.Input;
import yikao.attempt.PaperEntries;
import yikao.org.Organisations;
import yikao.question.Response;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.sitting.PaperTypingPage.Line;
import yikao.sitting.SittingRights.Seen;
import yikao.sitting.TypedAnswers.JudgeWords;
import yikao.web.Form;
import yikao.web.Messages;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;
import yikao.web.Texts;

/** Makes the models of the pages on which papers are printed and typed in. */
@Singleton
final class PaperPageMaker {
  private final Consoles consoles;
  private final Pages pages;
  private final Messages messages;
  private final PrintedPapers papers;
  private final Quizzes quizzes;
  private final Organisations organisations;

  PaperPageMaker(
      Consoles consoles,
      Pages pages,
      Messages messages,
      PrintedPapers papers,
      Quizzes quizzes,
      Organisations organisations) {
    this.consoles = consoles;
    this.pages = pages;
    this.messages = messages;
    this.papers = papers;
    this.quizzes = quizzes;
    this.organisations = organisations;
  }

  PaperListPage list(
      HttpRequest<?> request, Seen running, Optional<Problem> problem, String number) {
    var texts = pages.texts(request);
    var sitting = running.sitting();
    return new PaperListPage(
        consoles.of(request, running.staff(), texts.of("papers.title")),
        sitting.id().toString(),
        quizzes.get(sitting.quiz()).title(),
        sitting.isOpen(),
        papers.members(sitting).stream().map(p -> row(texts, p)).toList(),
        papers.papers(sitting).stream().map(p -> row(texts, p)).toList(),
        number,
        problem.map(p -> said(texts, p)));
  }

  private static PaperListPage.Row row(Texts texts, PrintedPaper paper) {
    return new PaperListPage.Row(
        paper.member().toString(),
        paper.name(),
        paper.number().map(String::valueOf).orElse(""),
        paper.state().code(),
        texts.of("papers.state." + paper.state().code()),
        paper.isPrintable());
  }

  private String said(Texts texts, Problem problem) {
    return problem.errors().isEmpty()
        ? messages.textForPage(texts.locale(), problem.code(), problem.arguments())
        : said(texts, problem.errors().getFirst());
  }

  private String said(Texts texts, FieldError error) {
    return messages.textForPage(texts.locale(), error.code(), error.arguments());
  }

  PaperPrintPage print(
      HttpRequest<?> request,
      Quiz quiz,
      Sitting sitting,
      List<PrintedPaper> chosen,
      boolean large) {
    var texts = pages.texts(request);
    var tree = organisations.tree();
    return new PaperPrintPage(
        pages.of(request, texts.of("print.title", quiz.title())),
        sitting.id().toString(),
        quiz.title(),
        tree.byId(sitting.organisationId()).map(o -> o.name()).orElse(""),
        large,
        chosen.stream()
            .map(p ->
                new PaperPrintPage.Sheet(
                    p.number().orElseThrow(), p.name(), PrintedQuestion.of(papers.content(p))))
            .toList());
  }

  /**
   * What a form had.
   *
   * @param errors what is wrong with its fields
   * @param problem why it was refused as a whole
   */
  record Typed(List<Input> inputs, List<FieldError> errors, Optional<Problem> problem) {
    Typed refused(Problem because) {
      return new Typed(inputs, errors, Optional.of(because));
    }
  }

  Typed read(HttpRequest<?> request, PrintedPaper paper, Form form) {
    var texts = pages.texts(request);
    var content = papers.content(paper);
    var typed =
        new TypedAnswers(
            content, JudgeWords.of(texts.of("typing.right"), texts.of("typing.wrong")));
    var inputs = new ArrayList<Input>();
    for (var number = 1; number <= content.questions().size(); number++) {
      typed.read(field(number), number, form.all(field(number))).ifPresent(inputs::add);
    }
    return new Typed(inputs, typed.errors(), Optional.empty());
  }

  private static String field(int number) {
    return "q" + number;
  }

  PaperTypingPage typing(HttpRequest<?> request, Seen running, PrintedPaper paper) {
    return typing(request, running, paper, Optional.empty());
  }

  /** As it stands, with what was typed in before. */
  PaperTypingPage typing(
      HttpRequest<?> request, Seen running, PrintedPaper paper, Optional<Problem> problem) {
    var content = papers.content(paper);
    var attempt = papers.attempt(paper);
    var values = new HashMap<Integer, List<String>>();
    for (var answer : PaperApi.answers(content, attempt)) {
      values.put(
          answer.number(),
          answer.choices() != null
              ? List.of(String.join("", answer.choices()))
              : Optional.ofNullable(answer.text()).orElseThrow());
    }
    return page(
        request,
        running,
        paper,
        attempt,
        lines(content, values, Map.of()),
        PaperEntries.version(attempt),
        false,
        problem);
  }

  /** With what a form had. */
  PaperTypingPage typed(
      HttpRequest<?> request,
      Seen running,
      PrintedPaper paper,
      Form form,
      Typed typed,
      boolean previews) {
    var texts = pages.texts(request);
    var content = papers.content(paper);
    var values = new HashMap<Integer, List<String>>();
    for (var number = 1; number <= content.questions().size(); number++) {
      values.put(number, form.all(field(number)));
    }
    var wrong = new HashMap<String, String>();
    typed.errors().forEach(e -> wrong.putIfAbsent(e.field(), said(texts, e)));
    var isRight = typed.errors().isEmpty() && previews;
    if (isRight) {
      // as it will count: letters in their order
      values.clear();
      values.putAll(asTyped(content, typed.inputs()));
    }
    var seen = form.one("version").matches("\\d{1,9}") ? Integer.parseInt(form.one("version")) : -1;
    return page(
        request,
        running,
        paper,
        papers.attempt(paper),
        lines(content, values, wrong),
        seen,
        isRight,
        typed.problem());
  }

  /** What inputs stand for, as one would type it. */
  private static Map<Integer, List<String>> asTyped(AttemptPaper content, List<Input> inputs) {
    var values = new HashMap<Integer, List<String>>();
    for (var input : inputs) {
      var number = input.number();
      values.put(
          number,
          switch (input.response()) {
            case Response.Chosen(var ids) ->
                List.of(String.join("", content.choices(number).names(ids, Audience.PARTICIPANT)));
            case Response.Written(var texts) -> texts;
          });
    }
    return values;
  }

  private PaperTypingPage page(
      HttpRequest<?> request,
      Seen running,
      PrintedPaper paper,
      Attempt attempt,
      List<Line> lines,
      int version,
      boolean previews,
      Optional<Problem> problem) {
    var texts = pages.texts(request);
    var number = paper.number().orElseThrow();
    var result = papers.result(paper, attempt);
    return new PaperTypingPage(
        consoles.of(request, running.staff(), texts.of("typing.title", number, paper.name())),
        running.sitting().id().toString(),
        number,
        paper.state().code(),
        running.sitting().confirmed().isPresent(),
        version,
        lines,
        previews,
        result.map(r ->
            texts.of(
                "typing.score",
                PaperApi.plain(r.score().points()).toPlainString(),
                PaperApi.plain(r.score().maximum()).toPlainString())),
        problem.map(p -> said(texts, p)));
  }

  private static List<Line> lines(
      AttemptPaper content, Map<Integer, List<String>> values, Map<String, String> wrong) {
    var lines = new ArrayList<Line>();
    for (var question : PrintedQuestion.of(content)) {
      var texts = new ArrayList<>(values.getOrDefault(question.number(), List.of()));
      var most = Math.max(1, question.texts());
      while (texts.size() < most) {
        texts.add("");
      }
      var chosen = new HashSet<String>();
      if (question.texts() == 0) {
        chosen.addAll(List.of(texts.getFirst().split("", -1)));
      }
      lines.add(
          new Line(
              question,
              List.copyOf(texts),
              question.choices().stream().filter(c -> chosen.contains(c.label())).toList(),
              wrong.getOrDefault(field(question.number()), "")));
    }
    return lines;
  }
}
