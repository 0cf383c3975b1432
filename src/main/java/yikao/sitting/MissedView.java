package yikao.sitting;

import java.util.ArrayList;
import java.util.List;
import yikao.question.Key;
import yikao.question.Question;
import yikao.sitting.Account.Missed;
import yikao.web.Texts;

/**
 * A question that many have missed, as it is talked through.
 *
 * @param type its code
 * @param percent of those who had it that missed it
 * @param choices in the order of the bank
 * @param accepted what is right where one writes
 */
public record MissedView(
    String type,
    String stem,
    int percent,
    int had,
    int missed,
    List<Option> choices,
    List<String> accepted,
    String explanation,
    String words,
    String title,
    String locator,
    String version) {

  /** A choice. */
  public record Option(String label, String text, boolean right) {}

  static MissedView of(Texts texts, Missed missed) {
    var question = missed.question();
    var citation = question.citation();
    return new MissedView(
        question.type().code(),
        texts.ofBank(question.stem()),
        missed.percent(),
        missed.had(),
        missed.missed(),
        options(texts, question),
        accepted(texts, question),
        texts.ofBank(question.explanation()),
        texts.ofBank(citation.words()),
        texts.ofBank(citation.title()),
        texts.ofBank(citation.locator()),
        texts.ofBank(citation.version()));
  }

  private static List<Option> options(Texts texts, Question question) {
    var options = new ArrayList<Option>();
    for (var choice : question.choices()) {
      options.add(
          new Option(
              String.valueOf((char) ('A' + options.size())),
              texts.ofBank(choice.text()),
              question.isRight(choice)));
    }
    return options;
  }

  private static List<String> accepted(Texts texts, Question question) {
    return question.key() instanceof Key.OfBlanks blanks
        ? blanks.blanks().stream().map(all -> texts.ofBank(String.join(" / ", all))).toList()
        : List.of();
  }
}
