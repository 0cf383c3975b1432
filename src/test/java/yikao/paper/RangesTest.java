package yikao.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import yikao.question.Pool.Range;

class RangesTest {
  @Test
  void randomRanges_someEmpty_eachPlaceInItsOrder() {
    var random = new SplittableRandom(7);
    for (var n = 0; n < 1_000; n++) {
      var ranges = new ArrayList<Range>();
      var places = new ArrayList<Integer>();
      for (var i = random.nextInt(12); i > 0; i--) {
        var from = random.nextInt(1_000);
        var to = from + (random.nextBoolean() ? 0 : random.nextInt(20));
        ranges.add(new Range(from, to));
        for (var place = from; place < to; place++) {
          places.add(place);
        }
      }
      var counted = Ranges.of(ranges);
      assertThat(counted.size()).isEqualTo(places.size());
      for (var offset = 0; offset < places.size(); offset++) {
        assertThat(counted.place(offset))
            .as("%d of %s", offset, ranges)
            .isEqualTo(places.get(offset));
      }
    }
  }

  @Test
  void none_hasNoPlace() {
    assertThat(Ranges.of(List.of()).size()).isZero();
  }
}
