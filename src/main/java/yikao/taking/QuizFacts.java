package yikao.taking;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import yikao.quiz.Quiz;
import yikao.scoring.Points;
import yikao.web.EnumSerde;
import yikao.web.Texts;
import yikao.web.Times;

/**
 * A quiz in the words of a page.
 *
 * @param code names it in addresses
 * @param summary size and time in one line
 * @param status when it may be taken; empty where always
 * @param open whether an attempt may start now
 * @param rules everything one should know before starting
 */
public record QuizFacts(
    String code,
    String title,
    String description,
    String summary,
    String status,
    boolean open,
    List<Rule> rules) {

  /** One thing to know. */
  public record Rule(String name, String text) {}

  /** The facts of a quiz at a moment. */
  public static QuizFacts of(Quiz quiz, Instant now, Times times, Texts texts) {
    var limit = limit(texts, quiz);
    return new QuizFacts(
        quiz.code(),
        quiz.title(),
        quiz.about().description(),
        texts.of(
            "facts.summary",
            quiz.blueprint().questions(),
            Points.text(quiz.blueprint().points()),
            limit),
        status(quiz, now, times, texts),
        quiz.window().isOpen(now),
        rules(quiz, limit, times, texts));
  }

  /** How long one has. */
  public static String limit(Texts texts, Quiz quiz) {
    return quiz.schedule()
        .timeLimit()
        .map(t -> length(texts, t))
        .orElseGet(() -> texts.of("facts.no-limit"));
  }

  private static String status(Quiz quiz, Instant now, Times times, Texts texts) {
    var window = quiz.window();
    if (window.isBefore(now)) {
      return texts.of("facts.opens", times.minute(texts, window.opens().orElseThrow()));
    }
    if (window.isAfter(now)) {
      return texts.of("facts.closed", times.minute(texts, window.closes().orElseThrow()));
    }
    return window.closes().map(c -> texts.of("facts.closes", times.minute(texts, c))).orElse("");
  }

  private static List<Rule> rules(Quiz quiz, String limit, Times times, Texts texts) {
    var rules = new ArrayList<Rule>();
    rules.add(
        new Rule(
            texts.of("facts.questions"),
            texts.of(
                "facts.questions.text",
                quiz.blueprint().questions(),
                Points.text(quiz.blueprint().points()))));
    rules.add(
        new Rule(
            texts.of("facts.pass"),
            texts.of("facts.pass.text", Points.text(quiz.grading().passMark()))));
    rules.add(new Rule(texts.of("facts.limit"), limit));
    if (quiz.window().opens().isPresent() || quiz.window().closes().isPresent()) {
      rules.add(new Rule(texts.of("facts.open"), window(quiz, times, texts)));
    }
    rules.add(new Rule(texts.of("facts.tries"), tries(quiz, texts)));
    if (!quiz.schedule().minimumTime().isZero()) {
      rules.add(
          new Rule(
              texts.of("facts.hand-in"),
              texts.of("facts.hand-in.text", length(texts, quiz.schedule().minimumTime()))));
    }
    marking(quiz, rules, texts);
    rules.add(new Rule(texts.of("facts.reveal"), RevealWords.rule(texts, quiz)));
    return rules;
  }

  private static String window(Quiz quiz, Times times, Texts texts) {
    var opens = quiz.window().opens().map(t -> times.minute(texts, t));
    var closes = quiz.window().closes().map(t -> times.minute(texts, t));
    if (opens.isPresent() && closes.isPresent()) {
      return texts.of("facts.window", opens.get(), closes.get());
    }
    return opens
        .map(t -> texts.of("facts.opens", t))
        .or(() -> closes.map(t -> texts.of("facts.closes", t)))
        .orElse("");
  }

  private static String tries(Quiz quiz, Texts texts) {
    var count = quiz.tries().count();
    if (count.isPresent() && count.get() == 1) {
      return texts.of("facts.tries.once");
    }
    var counting = texts.of("facts.counting." + EnumSerde.word(quiz.tries().counting()));
    return count
        .map(n -> texts.of("facts.tries.some", n, counting))
        .orElseGet(() -> texts.of("facts.tries.any", counting));
  }

  private static void marking(Quiz quiz, List<Rule> rules, Texts texts) {
    var marking = quiz.grading().marking();
    switch (marking.multiple()) {
      case ALL_OR_NOTHING -> {}
      case PARTIAL ->
          rules.add(
              new Rule(
                  texts.of("facts.multiple"),
                  texts.of("facts.multiple.partial", percent(marking.partialShare()))));
      case PER_CHOICE ->
          rules.add(new Rule(texts.of("facts.multiple"), texts.of("facts.multiple.per-choice")));
    }
    if (marking.penalty().signum() > 0) {
      rules.add(
          new Rule(
              texts.of("facts.penalty"),
              texts.of("facts.penalty.text", percent(marking.penalty()))));
    }
  }

  private static String percent(BigDecimal share) {
    return Points.text(share.movePointRight(2));
  }

  private static String length(Texts texts, Duration time) {
    if (time.toMinutes() == 0) {
      return texts.of("facts.length.seconds", time.toSecondsPart());
    }
    return time.toSecondsPart() == 0
        ? texts.of("facts.length.minutes", time.toMinutes())
        : texts.of("facts.length.minutes-seconds", time.toMinutes(), time.toSecondsPart());
  }
}
