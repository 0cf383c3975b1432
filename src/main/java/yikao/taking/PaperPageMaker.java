package yikao.taking;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import yikao.attempt.Attempt;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Attempts.Open;
import yikao.attempt.Audience;
import yikao.attempt.Responses.Given;
import yikao.question.Question;
import yikao.question.Response;
import yikao.quiz.Policies.EntryPolicy;
import yikao.taking.AttemptView.QuestionView;
import yikao.taking.Inputs.ResponseBody;
import yikao.taking.PaperPage.Item;
import yikao.taking.PaperPage.Notice;
import yikao.taking.PaperPage.SectionView;
import yikao.web.Page;
import yikao.web.Texts;
import yikao.web.Times;

/** Gathers what the pages of a running attempt show. */
@Singleton
final class PaperPageMaker {
  private final Takers takers;
  private final Times times;

  PaperPageMaker(Takers takers, Times times) {
    this.takers = takers;
    this.times = times;
  }

  /**
   * The paper.
   *
   * @param unsaved what a form brought that could not be saved; it stands in the place of what is
   */
  PaperPage paper(Page page, Open open, Optional<Notice> notice, List<ResponseBody> unsaved) {
    var paper = open.paper();
    var attempt = open.attempt();
    return new PaperPage(
        page.withForm("paper"),
        paper.id(),
        paper.quiz().code(),
        paper.quiz().title(),
        takers.of(page.texts(), attempt),
        paper.quiz().entry() == EntryPolicy.EVERYONE,
        open.now(),
        attempt.deadline().map(Deadline::at),
        deadline(page, attempt),
        paper.quiz().grace().toMillis(),
        paper.quiz().entry() == EntryPolicy.JOIN_CODE,
        paper.quiz().grading().marking().penalty().signum() == 0,
        sections(page.texts(), paper, attempt, unsaved),
        QuizPageMaker.answered(attempt),
        paper.questions().size(),
        notice);
  }

  CheckPage check(Page page, Open open, Optional<String> problem) {
    var paper = open.paper();
    var attempt = open.attempt();
    return new CheckPage(
        page,
        paper.id(),
        paper.quiz().title(),
        open.now(),
        attempt.deadline().map(Deadline::at),
        deadline(page, attempt),
        paper.questions().size(),
        unanswered(paper, attempt),
        problem);
  }

  private Optional<String> deadline(Page page, Attempt attempt) {
    return attempt.deadline().map(deadline -> times.second(page.texts(), deadline.at()));
  }

  private static List<Integer> unanswered(AttemptPaper paper, Attempt attempt) {
    return IntStream.rangeClosed(1, paper.questions().size())
        .filter(n -> attempt.responses().get(n).filter(g -> !g.response().isEmpty()).isEmpty())
        .boxed()
        .toList();
  }

  private static List<SectionView> sections(
      Texts texts, AttemptPaper paper, Attempt attempt, List<ResponseBody> unsaved) {
    var views = AttemptView.questions(paper, Audience.PARTICIPANT);
    var sections = new ArrayList<SectionView>();
    var from = 0;
    while (from < views.size()) {
      var section = paper.paper().slot(from + 1).section();
      var items = new ArrayList<Item>();
      while (from < views.size() && paper.paper().slot(from + 1).section() == section) {
        var view = views.get(from);
        var saved = item(texts, paper, attempt, view);
        items.add(
            unsaved.stream()
                .filter(body -> Objects.equals(body.number(), view.number()))
                .findFirst()
                .map(body -> typed(saved, body))
                .orElse(saved));
        from++;
      }
      sections.add(new SectionView(heading(texts, sections.size(), items), items));
    }
    return sections;
  }

  private static String heading(Texts texts, int index, List<Item> items) {
    var first = items.getFirst();
    var type = texts.of("type.heading." + first.question().type().code());
    var numerals = texts.of("paper.numerals").split(" ", -1);
    return index < numerals.length
        ? texts.of("paper.section", numerals[index], type, items.size(), first.points())
        : texts.of("paper.section.unnumbered", type, items.size(), first.points());
  }

  private static Item item(Texts texts, AttemptPaper paper, Attempt attempt, QuestionView view) {
    var given = attempt.responses().get(view.number());
    var response = given.map(Given::response);
    return new Item(
        view,
        stem(texts, texts.ofBank(view.stem()), view.texts()),
        response.orElse(null) instanceof Response.Chosen(var chosen)
            ? Set.copyOf(paper.choices(view.number()).names(chosen, Audience.PARTICIPANT))
            : Set.of(),
        response.orElse(null) instanceof Response.Written(var written)
            ? written
            : Collections.nCopies(view.texts(), ""),
        given.map(Given::sequence).orElse(-1),
        FormResponses.digest(paper, view.number(), response),
        response.filter(r -> !r.isEmpty()).isPresent(),
        false);
  }

  /** A question with what was typed, which differs from what is saved. */
  private static Item typed(Item saved, ResponseBody body) {
    var chosen = body.choices() == null ? Set.<String>of() : Set.copyOf(body.choices());
    var texts = new ArrayList<>(body.text() == null ? List.<String>of() : body.text());
    while (texts.size() < saved.texts().size()) {
      texts.add("");
    }
    return new Item(
        saved.question(),
        saved.stem(),
        chosen,
        texts,
        saved.sequence(),
        saved.digest(),
        !chosen.isEmpty() || texts.stream().anyMatch(t -> !t.isBlank()),
        true);
  }

  /** A stem whose blanks are numbered where it has several, as the inputs below it are. */
  static String stem(Texts texts, String stem, int blanks) {
    if (blanks < 2) {
      return stem;
    }
    var parts = stem.split(Question.BLANK, -1);
    var numbered = new StringBuilder(parts[0]);
    for (var i = 1; i < parts.length; i++) {
      numbered.append(texts.of("paper.stem.blank", i)).append(parts[i]);
    }
    return numbered.toString();
  }
}
