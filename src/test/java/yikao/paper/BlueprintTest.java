package yikao.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import yikao.question.QuestionType;

class BlueprintTest {

  @Test
  void points_decimals_addUpExactly() {
    var tenth = new BigDecimal("0.1");
    var blueprint =
        Papers.blueprint(
            new Section(QuestionType.SINGLE, 3, tenth, List.of(), Map.of()),
            new Section(QuestionType.JUDGE, 7, tenth, List.of(), Map.of()));
    assertThat(blueprint.points()).isEqualByComparingTo("1");
    assertThat(blueprint.questions()).isEqualTo(10);
  }

  @Test
  void largestRemainders_randomWeights_addUpAndStayWithinOneOfTheirShare() {
    var random = new SplittableRandom(12);
    for (var n = 0; n < 5_000; n++) {
      var weights = new LinkedHashMap<Integer, Integer>();
      var size = 1 + random.nextInt(17);
      for (var i = 0; i < size; i++) {
        weights.put(i, 1 + random.nextInt(1000));
      }
      var total = random.nextInt(500);
      var sum = weights.values().stream().mapToInt(i -> i).sum();
      var parts = Apportionment.largestRemainders(weights, total);
      assertThat(parts.values().stream().mapToInt(i -> i).sum()).isEqualTo(total);
      parts.forEach((key, part) ->
          assertThat((double) part)
              .isBetween(
                  Math.floor((double) weights.get(key) * total / sum),
                  Math.floor((double) weights.get(key) * total / sum) + 1));
    }
  }
}
