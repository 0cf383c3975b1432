package yikao.taking;

import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
import yikao.web.EnumSerde;
import yikao.web.Texts;
import yikao.web.Times;

/** What a quiz shows of an ended attempt, and when, in the words of a page. */
final class RevealWords {
  private RevealWords() {}

  /** When what is more than the score is shown, where that is after the last try. */
  private enum Moment {
    /** One attempt is all that can count. */
    FIRST_TRY,
    TRIES,
    TRIES_OR_CLOSE,
    CLOSE;

    static Moment of(Quiz quiz) {
      if (quiz.tries().isOver(1)) {
        return FIRST_TRY;
      }
      if (quiz.tries().count().isEmpty()) {
        return CLOSE;
      }
      return quiz.over().isPresent() ? TRIES_OR_CLOSE : TRIES;
    }
  }

  /** As a rule of the quiz. */
  static String rule(Texts texts, Quiz quiz) {
    var reveal = quiz.reveal();
    var what = texts.of("facts.shown." + EnumSerde.word(reveal.what()));
    if (reveal.what() == What.NOTHING) {
      return what;
    }
    if (reveal.when() != Reveal.When.AFTER_LAST_TRY) {
      return texts.of("facts.reveal." + EnumSerde.word(reveal.when()), what);
    }
    var moment = Moment.of(quiz);
    return reveal.what() == What.SCORE || moment == Moment.FIRST_TRY
        ? texts.of("facts.reveal.at-once", what)
        : texts.of("facts.reveal.last-try." + EnumSerde.word(moment), beyondScore(texts, reveal));
  }

  /** What is shown of a result later than now; empty where nothing more is. */
  static String later(Texts texts, Quiz quiz, What shown, Times times) {
    var reveal = quiz.reveal();
    if (reveal.when() != Reveal.When.AFTER_LAST_TRY || shown.compareTo(reveal.what()) >= 0) {
      return "";
    }
    return texts.of(
        "result.later." + EnumSerde.word(Moment.of(quiz)),
        beyondScore(texts, reveal),
        quiz.over().map(at -> times.minute(texts, at)).orElse(""));
  }

  private static String beyondScore(Texts texts, Reveal reveal) {
    return texts.of("reveal.beyond-score." + EnumSerde.word(reveal.what()));
  }
}
