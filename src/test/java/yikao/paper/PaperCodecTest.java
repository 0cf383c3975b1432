package yikao.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaperCodecTest {

  @Test
  void encode_paper_asDocumented() {
    var paper =
        new Paper(
            List.of(
                new Paper.Slot(0, 17, List.of(2, 0, 1, 3)),
                new Paper.Slot(0, 4, List.of(1, 0)),
                new Paper.Slot(1, 230, List.of())));
    assertThat(PaperCodec.encode(paper)).isEqualTo("17:2013 4:10|230");
    assertThat(PaperCodec.decode("17:2013 4:10|230")).isEqualTo(paper);
  }

  @Test
  void decode_ofEncode_theSamePaper() {
    var random = new Random(11);
    for (var n = 0; n < 5_000; n++) {
      var slots = new ArrayList<Paper.Slot>();
      var section = 0;
      var size = random.nextInt(30);
      for (var i = 0; i < size; i++) {
        section += random.nextInt(5) == 0 ? 1 + random.nextInt(2) : 0;
        var order = new ArrayList<>(Papers.indices(random.nextInt(37)));
        Collections.shuffle(order, random);
        slots.add(new Paper.Slot(section, random.nextInt(Integer.MAX_VALUE), List.copyOf(order)));
      }
      var paper = new Paper(slots);
      assertThat(PaperCodec.decode(PaperCodec.encode(paper))).isEqualTo(paper);
    }
  }

  @Test
  void has_numbers_countedFromOne() {
    var paper = PaperCodec.decode("7 8|9");
    assertThat(paper.slot(3).version()).isEqualTo(9);
    assertThat(paper.has(0)).isFalse();
    assertThat(paper.has(1)).isTrue();
    assertThat(paper.has(3)).isTrue();
    assertThat(paper.has(4)).isFalse();
  }
}
