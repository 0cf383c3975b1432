package yikao.questionnaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import yikao.questionnaire.Results.Bar;
import yikao.questionnaire.Results.Tally;

/** Counting what came back, by example. */
final class ResultsTest {
  private static Tally tally(int question, int choice) {
    return new Tally(question, Optional.of(choice));
  }

  @Test
  void choices_areCounted_ofThoseWhoAnswered() {
    var questions =
        List.of(SheetQuestion.choosing(QuestionKind.SINGLE, "一", false, List.of("甲", "乙", "丙")));
    var tallies = Map.of(tally(1, 1), 2, tally(1, 3), 1, new Tally(1, Optional.empty()), 7);
    var of = Results.of(questions, 20, 10, tallies, Map.of()).questions().getFirst();
    assertThat(of.answered()).isEqualTo(3);
    assertThat(of.left()).isEqualTo(7);
    assertThat(of.bars())
        .containsExactly(new Bar(1, "甲", 2, 67), new Bar(2, "乙", 0, 0), new Bar(3, "丙", 1, 33));
    assertThat(of.mean()).isEmpty();
  }

  @Test
  void aScale_hasAMean_fromItsLowerEndOn() {
    var questions = List.of(SheetQuestion.scale("分", true, 0, 3, "", ""));
    var tallies = Map.of(tally(1, 0), 1, tally(1, 1), 1, tally(1, 3), 1);
    var of = Results.of(questions, 3, 3, tallies, Map.of()).questions().getFirst();
    assertThat(of.bars()).extracting(Bar::count).containsExactly(1, 1, 0, 1);
    assertThat(of.mean().orElseThrow()).isEqualByComparingTo("1.33");
  }

  @Test
  void whereNobodyAnswered_nothingIsDividedByNought() {
    var questions =
        List.of(SheetQuestion.scale("分", false, 1, 5, "", ""), SheetQuestion.text("话", false, 9));
    var results = Results.of(questions, 5, 0, Map.of(), Map.of(2, List.of())).questions();
    assertThat(results.getFirst().mean()).isEmpty();
    assertThat(results.getFirst().bars()).allMatch(bar -> bar.percent() == 0);
    assertThat(results.getLast().texts()).isEmpty();
  }
}
