package yikao.sitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import yikao.question.QuestionVersion;
import yikao.question.Questions;

class SpotDrawTest {
  private static final Instant DAY = Instant.parse("2026-07-01T01:00:00Z");

  private static List<QuestionVersion> area(int size) {
    var all = new ArrayList<QuestionVersion>();
    for (var i = 0; i < size; i++) {
      all.add(
          new QuestionVersion(
              i, Questions.single("q%02d".formatted(i), Questions.free("a", "b"), "a")));
    }
    return all;
  }

  private static List<String> ids(List<QuestionVersion> drawn) {
    return drawn.stream().map(q -> q.question().id()).toList();
  }

  @Test
  void sameArguments_giveTheSame() {
    var all = area(20);
    assertThat(SpotDraw.draw(all, Map.of(), 5, 7))
        .isEqualTo(SpotDraw.draw(all.reversed(), Map.of(), 5, 7))
        .isNotEqualTo(SpotDraw.draw(all, Map.of(), 5, 8));
  }

  @Test
  void thoseAskedLongestAgo_comeAgainFirst_whenNoneIsLeft() {
    var asked = Map.of("q00", DAY.plusSeconds(2), "q01", DAY.plusSeconds(1), "q02", DAY);
    assertThat(ids(SpotDraw.draw(area(4), asked, 3, 1))).containsExactly("q03", "q02", "q01");
    assertThat(SpotDraw.draw(area(2), Map.of(), 5, 1)).hasSize(2);
  }

  /** Round after round: nothing twice in a draw, and nothing again before all had their turn. */
  @Test
  void rounds_neverRepeatWhileOthersAreLeft() {
    var random = new Random(15);
    for (var round = 0; round < 300; round++) {
      var size = 1 + random.nextInt(30);
      var asked = new HashMap<String, Instant>();
      for (var time = 0; time < 12; time++) {
        var drawn = ids(SpotDraw.draw(area(size), asked, 1 + random.nextInt(5), random.nextLong()));
        assertThat(drawn).doesNotHaveDuplicates().isNotEmpty();
        var left = size - asked.size();
        assertThat(drawn.stream().filter(q -> !asked.containsKey(q)).count())
            .isEqualTo(Math.min(left, drawn.size()));
        for (var id : drawn) {
          asked.put(id, DAY.plusSeconds(time));
        }
      }
    }
  }

  @Test
  void everyQuestion_isAboutEquallyLikely() {
    var counts = new HashMap<String, Integer>();
    for (var seed = 0; seed < 10_000; seed++) {
      ids(SpotDraw.draw(area(10), Map.of(), 2, seed * 0x9E3779B97F4A7C15L))
          .forEach(id -> counts.merge(id, 1, Integer::sum));
    }
    assertThat(counts).hasSize(10);
    assertThat(counts.values()).allMatch(n -> n > 1_800 && n < 2_200);
  }
}
