package yikao.taking;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import yikao.attempt.AttemptState;
import yikao.attempt.Attempts;
import yikao.attempt.Attempts.Open;
import yikao.attempt.ReviewView;
import yikao.attempt.ReviewView.ReviewedQuestion;
import yikao.question.QuestionType;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.scoring.Points;
import yikao.taking.ResultPage.Option;
import yikao.taking.ResultPage.Reviewed;
import yikao.web.Page;
import yikao.web.Times;

/** Gathers what the page of a result shows, from the review that the policy allows. */
@Singleton
final class ResultPageMaker {
  private final Attempts attempts;
  private final Quizzes quizzes;
  private final Times times;

  ResultPageMaker(Attempts attempts, Quizzes quizzes, Times times) {
    this.attempts = attempts;
    this.quizzes = quizzes;
    this.times = times;
  }

  ResultPage result(Page page, Open open, ReviewView review) {
    var quiz = quizzes.get(review.quiz());
    var scored = review.score() != null;
    return new ResultPage(
        page,
        review.id(),
        review.quiz(),
        review.title(),
        review.state() == AttemptState.EXPIRED,
        scored ? text(review.score()) : "",
        text(review.maxScore()),
        outcome(review),
        Optional.ofNullable(review.passed()),
        scored ? "" : hidden(quiz),
        review.receipt(),
        times.second(review.endedAt()),
        Times.duration(review.elapsedMillis()),
        review.questions() == null
            ? List.of()
            : review.questions().stream().map(ResultPageMaker::reviewed).toList(),
        review.shown().compareTo(What.SCORE) >= 0,
        quiz.window().isOpen(open.now()) && quiz.tries().allows(tried(quiz, open) + 1));
  }

  private int tried(Quiz quiz, Open open) {
    return attempts.ofParticipant(List.of(quiz), open.attempt().participantId()).size();
  }

  private static String outcome(ReviewView review) {
    if (review.passed() != null) {
      return review.passed() ? "及格" : "未及格";
    }
    var pending = review.pending();
    return pending != null && pending > 0 ? "有 " + pending + " 题等待人工评分" : "";
  }

  private String hidden(Quiz quiz) {
    if (quiz.reveal().what() == What.NOTHING) {
      return "这个测验不公布成绩。";
    }
    return quiz.reveal().when() == Reveal.When.AFTER_WINDOW && quiz.window().closes().isPresent()
        ? "成绩在测验结束后公布（" + times.minute(quiz.window().closes().get()) + "），届时再来看这一页。"
        : "成绩现在不公布。";
  }

  private static Reviewed reviewed(ReviewedQuestion q) {
    var key = q.key() == null ? List.<String>of() : q.key();
    var chosen = q.chosen() == null ? List.<String>of() : q.chosen();
    var options =
        q.choices().stream()
            .map(
                c -> new Option(c.label(), c.text(), chosen.contains(c.id()), key.contains(c.id())))
            .toList();
    var written = q.written() == null ? List.<String>of() : q.written();
    var empty = chosen.isEmpty() && written.stream().allMatch(String::isBlank);
    var tone = tone(q);
    return new Reviewed(
        q.number(),
        q.type().label(),
        PaperPageMaker.stem(q.stem(), q.type() == QuestionType.BLANK ? blanks(q.stem()) : 0),
        verdict(q, tone, empty),
        tone,
        marks(q),
        options,
        empty ? List.of() : written,
        accepted(q),
        empty ? "没有作答" : labels(options, Option::chosen),
        labels(options, Option::right),
        q.explanation() == null ? "" : q.explanation(),
        Optional.ofNullable(q.citation()));
  }

  private static int blanks(String stem) {
    return (stem.length() - stem.replace(yikao.question.Question.BLANK, "").length())
        / yikao.question.Question.BLANK.length();
  }

  private static String labels(List<Option> options, java.util.function.Predicate<Option> which) {
    return options.stream().filter(which).map(Option::label).collect(Collectors.joining("、"));
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

  private static String verdict(ReviewedQuestion q, String tone, boolean empty) {
    if (q.maxMark() == null) {
      return "";
    }
    if (q.mark() == null) {
      return "等待人工评分";
    }
    if (q.maxMark().signum() == 0) {
      return "不计分";
    }
    return switch (tone) {
      case "right" -> "答对";
      case "part" -> "部分得分";
      default -> empty ? "未答" : "答错";
    };
  }

  private static String marks(ReviewedQuestion q) {
    return q.mark() == null || q.maxMark() == null
        ? ""
        : "得 " + text(q.mark()) + " / " + text(q.maxMark()) + " 分";
  }

  private static List<String> accepted(ReviewedQuestion q) {
    if (q.accepted() == null) {
      return List.of();
    }
    if (q.type() == QuestionType.ESSAY) {
      return q.accepted().stream().flatMap(List::stream).toList();
    }
    var lines = new ArrayList<String>();
    for (var i = 0; i < q.accepted().size(); i++) {
      var number = q.accepted().size() == 1 ? "" : "第 " + (i + 1) + " 空：";
      lines.add(number + String.join(" / ", q.accepted().get(i)));
    }
    return lines;
  }

  private static String text(@Nullable BigDecimal number) {
    return number == null ? "" : Points.text(number);
  }
}
