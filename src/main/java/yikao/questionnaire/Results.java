package yikao.questionnaire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What came back to a questionnaire. Pure.
 *
 * @param given sheets given out
 * @param returned sheets that came back
 */
record Results(int given, int returned, List<OfQuestion> questions) {
  private static final int WHOLE = 100;

  /**
   * How often something was answered.
   *
   * @param choice absent: the question was left out
   */
  record Tally(int question, Optional<Integer> choice) {}

  /**
   * What came back to a question.
   *
   * @param answered sheets with an answer to it
   * @param left sheets without one
   * @param bars one for each choice or place, in their order; empty for a text
   * @param mean of a scale, with two decimals; absent where nobody answered, or it is no scale
   * @param texts in an order that says nothing; empty where it is no text
   */
  record OfQuestion(
      int number,
      SheetQuestion question,
      int answered,
      int left,
      List<Bar> bars,
      Optional<BigDecimal> mean,
      List<String> texts) {}

  /**
   * How many have taken one of the answers.
   *
   * @param percent of those who answered, rounded
   */
  record Bar(int value, String label, int count, int percent) {}

  /**
   * Counts.
   *
   * @param tallies of what was chosen and of what was left out
   * @param texts by question
   */
  static Results of(
      List<SheetQuestion> questions,
      int given,
      int returned,
      Map<Tally, Integer> tallies,
      Map<Integer, List<String>> texts) {
    return new Results(
        given,
        returned,
        IntStream.rangeClosed(1, questions.size())
            .mapToObj(n -> of(n, questions.get(n - 1), returned, tallies, texts))
            .toList());
  }

  private static OfQuestion of(
      int number,
      SheetQuestion question,
      int returned,
      Map<Tally, Integer> tallies,
      Map<Integer, List<String>> texts) {
    var left = tallies.getOrDefault(new Tally(number, Optional.empty()), 0);
    var answered = returned - left;
    var bars =
        question.values().stream()
            .map(value -> {
              var count = tallies.getOrDefault(new Tally(number, Optional.of(value)), 0);
              return new Bar(value, question.label(value), count, percent(count, answered));
            })
            .toList();
    return new OfQuestion(
        number,
        question,
        answered,
        left,
        bars,
        question.kind() == QuestionKind.SCALE ? mean(bars) : Optional.empty(),
        texts.getOrDefault(number, List.of()));
  }

  static int percent(int part, int whole) {
    return whole == 0 ? 0 : (2 * WHOLE * part + whole) / (2 * whole);
  }

  private static Optional<BigDecimal> mean(List<Bar> bars) {
    var count = bars.stream().mapToInt(Bar::count).sum();
    var sum = bars.stream().mapToLong(bar -> (long) bar.value() * bar.count()).sum();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP));
  }
}
