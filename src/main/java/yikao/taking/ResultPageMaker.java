package yikao.taking;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.attempt.AttemptState;
import yikao.attempt.Attempts.Open;
import yikao.attempt.ReviewView;
import yikao.attempt.ReviewView.CitationView;
import yikao.attempt.ReviewView.ReviewedQuestion;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Response;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.scoring.Points;
import yikao.taking.ResultPage.Option;
import yikao.taking.ResultPage.Reviewed;
import yikao.web.Page;
import yikao.web.Texts;
import yikao.web.Times;

/** Gathers what the page of a result shows, from the review that the policy allows. */
@Singleton
final class ResultPageMaker {
  private final NextTry next;
  private final Quizzes quizzes;
  private final Takers takers;
  private final Times times;

  ResultPageMaker(NextTry next, Quizzes quizzes, Takers takers, Times times) {
    this.next = next;
    this.quizzes = quizzes;
    this.takers = takers;
    this.times = times;
  }

  ResultPage result(Page page, Open open, ReviewView review) {
    var quiz = quizzes.get(review.quiz());
    var annulled = review.annulled() != null;
    var scored = review.score() != null && !annulled;
    var texts = page.texts();
    return new ResultPage(
        page,
        review.id(),
        review.quiz(),
        review.title(),
        takers.of(texts, open.attempt()),
        review.state() == AttemptState.EXPIRED,
        annulled,
        scored ? text(review.score()) : "",
        text(review.maxScore()),
        annulled ? "" : outcome(texts, review),
        Optional.ofNullable(review.passed()),
        scored || annulled ? "" : hidden(texts, quiz),
        RevealWords.later(texts, quiz, review.shown(), times),
        review.receipt(),
        times.second(texts, review.endedAt()),
        Times.duration(texts, review.elapsedMillis()),
        review.questions() == null
            ? List.of()
            : review.questions().stream().map(q -> reviewed(texts, q, annulled)).toList(),
        review.shown().compareTo(What.SCORE) >= 0,
        next.isOpen(quiz, open.attempt().participantId(), open.now()));
  }

  private static String outcome(Texts texts, ReviewView review) {
    if (review.passed() != null) {
      return texts.of(review.passed() ? "result.passed" : "result.failed");
    }
    var pending = review.pending();
    return pending != null && pending > 0 ? texts.of("result.pending", pending) : "";
  }

  private String hidden(Texts texts, Quiz quiz) {
    if (quiz.reveal().what() == What.NOTHING) {
      return texts.of("result.hidden.never");
    }
    return quiz.reveal().when() == Reveal.When.AFTER_WINDOW && quiz.over().isPresent()
        ? texts.of("result.hidden.until", times.minute(texts, quiz.over().get()))
        : texts.of("result.hidden.now");
  }

  private static Reviewed reviewed(Texts texts, ReviewedQuestion q, boolean annulled) {
    var key = q.key() == null ? List.<String>of() : q.key();
    var chosen = q.chosen() == null ? List.<String>of() : q.chosen();
    var accepted = ReviewNotes.accepted(q);
    var options =
        q.choices().stream()
            .map(c ->
                new Option(
                    c.label(),
                    texts.ofBank(c.text()),
                    chosen.contains(c.id()),
                    key.contains(c.id()),
                    accepted.contains(c.id()) && !key.contains(c.id())))
            .toList();
    var written = q.written() == null ? List.<String>of() : q.written();
    var empty = chosen.isEmpty() && new Response.Written(written).isEmpty();
    var tone = tone(q);
    return new Reviewed(
        q.number(),
        q.type(),
        PaperPageMaker.stem(
            texts, texts.ofBank(q.stem()), q.type() == QuestionType.BLANK ? blanks(q.stem()) : 0),
        verdict(texts, q, tone, empty),
        tone,
        annulled ? "" : marks(texts, q),
        options,
        empty ? List.of() : written,
        accepted(texts, q),
        empty,
        q.explanation() == null ? "" : texts.ofBank(q.explanation()),
        Optional.ofNullable(q.citation()).map(c -> cited(texts, c)),
        ReviewNotes.isVoided(q),
        ReviewNotes.of(texts, q));
  }

  private static CitationView cited(Texts texts, CitationView citation) {
    return new CitationView(
        texts.ofBank(citation.title()),
        texts.ofBank(citation.version()),
        texts.ofBank(citation.locator()),
        texts.ofBank(citation.words()));
  }

  private static int blanks(String stem) {
    return (stem.length() - stem.replace(Question.BLANK, "").length()) / Question.BLANK.length();
  }

  private static String tone(ReviewedQuestion q) {
    if (q.maxMark() == null || q.mark() == null || q.maxMark().signum() == 0) {
      return "plain";
    }
    if (q.mark().compareTo(q.maxMark()) >= 0) {
      return "right";
    }
    return q.mark().signum() > 0 ? "part" : "wrong";
  }

  private static String verdict(Texts texts, ReviewedQuestion q, String tone, boolean empty) {
    if (q.maxMark() == null) {
      return "";
    }
    if (q.mark() == null) {
      return texts.of("result.verdict.pending");
    }
    if (q.maxMark().signum() == 0) {
      return texts.of("result.verdict.not-counted");
    }
    if (ReviewNotes.isVoided(q)) {
      return texts.of("result.verdict.full");
    }
    return switch (tone) {
      case "right" -> texts.of("result.verdict.right");
      case "part" -> texts.of("result.verdict.part");
      default -> texts.of(empty ? "result.verdict.none" : "result.verdict.wrong");
    };
  }

  private static String marks(Texts texts, ReviewedQuestion q) {
    return q.mark() == null || q.maxMark() == null || q.maxMark().signum() == 0
        ? ""
        : texts.of("result.marks", text(q.mark()), text(q.maxMark()));
  }

  private static List<String> accepted(Texts texts, ReviewedQuestion q) {
    if (q.accepted() == null) {
      return List.of();
    }
    if (q.type() == QuestionType.ESSAY) {
      return q.accepted().stream().flatMap(List::stream).map(texts::ofBank).toList();
    }
    var lines = new ArrayList<String>();
    for (var i = 0; i < q.accepted().size(); i++) {
      var words = texts.ofBank(String.join(" / ", q.accepted().get(i)));
      lines.add(q.accepted().size() == 1 ? words : texts.of("result.accepted.nth", i + 1, words));
    }
    return lines;
  }

  private static String text(@Nullable BigDecimal number) {
    return number == null ? "" : Points.text(number);
  }
}
