package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import yikao.org.Finding.Verdict;

final class FindingTest {
  private static final List<Finding> KINDS =
      List.of(
          Finding.of(Verdict.NEW),
          Finding.of(Verdict.UNTOUCHED),
          Finding.noted(Verdict.NEW, "phone", "import.phone-as-line", 12),
          Finding.noted(Verdict.MOVED, "phone", "import.phone-as-number", "3*0"),
          Finding.refused("organisation", "import.which-organisation", "2*甲\n乙\t丙"),
          Finding.refused("organisation", "import.which-organisation", ""));

  @Test
  void packed_comesBackWholeAndIsCountedAsItIs() {
    var random = new Random(14);
    for (var round = 0; round < 200; round++) {
      var findings = new ArrayList<Finding>();
      while (findings.size() < round) {
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        for (var times = random.nextInt(4); times >= 0; times--) {
          findings.add(kind);
        }
      }
      var packed = Finding.packed(findings);
      assertThat(Finding.unpacked(packed)).isEqualTo(findings);
      Map<Verdict, Integer> counts =
          findings.stream()
              .map(Finding::verdict)
              .collect(Collectors.toMap(Function.identity(), _ -> 1, Integer::sum));
      assertThat(Finding.counts(packed)).isEqualTo(counts);
    }
  }

  @Test
  void alike_standThereOnce() {
    var packed = Finding.packed(Collections.nCopies(5_000, Finding.of(Verdict.NEW)));
    assertThat(packed).isEqualTo("5000*0");
  }
}
