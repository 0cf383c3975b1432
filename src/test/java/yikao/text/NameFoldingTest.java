package yikao.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameFoldingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "第1支部",
        "第１支部",
        "第 1 支部",
        " 第 １ 支部\u3000",
        "第\u00a01\u2003支部",
        "第1\u200b支部",
        "\ufeff第1\t支部",
        "第①支部"
      })
  void fold_whatOnlyTheKeyboardMakesDifferent_isTheSame(String name) {
    assertThat(NameFolding.fold(name)).isEqualTo("第1支部");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "第一支部 | 第一支部",
        "IT  dept. | IT dept.",
        "ＩＴ\u3000\u3000Ｄｅｐｔ | IT Dept",
        "IT 支部 2 组 | IT支部2组",
        "第1 2支部 | 第1 2支部",
        "机关（一） 支部 | 机关(一)支部",
        "第十二支部 | 第十二支部",
        "ｶﾞｽ 支部 | ガス支部",
        "'' | ''",
        "'\u3000' | ''"
      })
  void fold_example_asWritten(String name, String folded) {
    assertThat(NameFolding.fold(name)).isEqualTo(folded);
  }

  @Test
  void fold_otherNames_stayOthers() {
    assertThat(NameFolding.fold("第1支部")).isNotEqualTo(NameFolding.fold("第11支部"));
    assertThat(NameFolding.fold("第1 1支部")).isNotEqualTo(NameFolding.fold("第11支部"));
    assertThat(NameFolding.fold("第一支部")).isNotEqualTo(NameFolding.fold("第1支部"));
  }

  /** Of letters, marks, blanks and forms of every kind. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void fold_anything_isNormalTidyAndStays(long seed) {
    var random = new Random(seed);
    for (var i = 0; i < 20_000; i++) {
      var name = name(random);
      var folded = NameFolding.fold(name);
      assertThat(NameFolding.fold(folded)).as(name).isEqualTo(folded);
      assertThat(Normalizer.isNormalized(folded, Normalizer.Form.NFKC)).as(name).isTrue();
      assertThat(WrittenText.tidy(folded)).as(name).isEqualTo(folded);
      assertThat(folded).as(name).doesNotContain("  ", "\t", "\u3000");
    }
  }

  private static final String SOME =
      "第一党支部１２３123ABcｄ①㈠ⅳ  \t\u3000\u00a0\u200b\u00a8\u0301\u3099か゛ｶﾞ〇、（）/／\u2800\u2028\u1100\u1161\u11a8豈";

  private static String name(Random random) {
    return random
        .ints(random.nextInt(12), 0, SOME.length() * 5 / 4)
        .map(i -> i < SOME.length() ? SOME.charAt(i) : random.nextInt(0x3000))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
