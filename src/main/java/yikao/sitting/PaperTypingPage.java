package yikao.sitting;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;
import yikao.attempt.ChoiceView;

/**
 * The model of the page on which a paper is typed in.
 *
 * @param version that is seen
 * @param previews whether it shows what was typed, before it counts
 * @param score absent before it was typed in
 */
public record PaperTypingPage(
    Console console,
    String sitting,
    int number,
    String state,
    boolean confirmed,
    int version,
    List<Line> lines,
    boolean previews,
    Optional<String> score,
    Optional<String> problem) {
  /**
   * One question.
   *
   * @param typed the letters, or a text for each blank
   * @param chosen the choices that the letters stand for
   * @param wrong what is wrong; empty: nothing
   */
  public record Line(
      PrintedQuestion question, List<String> typed, List<ChoiceView> chosen, String wrong) {
    /** The field of the form. */
    public String field() {
      return "q" + question.number();
    }

    /** Whether nothing was typed. */
    public boolean isEmpty() {
      return typed.stream().allMatch(String::isBlank);
    }
  }

  /** How many questions have an answer. */
  public long answered() {
    return lines.stream().filter(line -> !line.isEmpty()).count();
  }
}
