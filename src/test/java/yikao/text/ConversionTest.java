package yikao.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionTest {

  private static Stream<String> lines(String resource) {
    try (var stream =
        Objects.requireNonNull(ConversionTest.class.getResourceAsStream(resource), resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && line.charAt(0) != '#');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<String> golden() {
    return lines("/conversion/golden.txt");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void words_ofPartyRulesAndLaw_inBothDirections(String pair) {
    var words = pair.split(" ", -1);
    assertThat(words).hasSize(2);
    assertThat(Conversion.toTraditional(words[0])).isEqualTo(words[1]);
    assertThat(Conversion.toSimplified(words[1])).isEqualTo(words[0]);
  }

  /** What a word becomes does not depend on where it stands. */
  @Test
  void words_inASentence_areTheSame() {
    assertThat(Conversion.toTraditional("发展党员要征求群众意见，经支部大会表决；干部不准干预，范围由准则规定，几个后备人选复议后批准。"))
        .isEqualTo("發展黨員要徵求群眾意見，經支部大會表決；幹部不准干預，範圍由準則規定，幾個後備人選復議後批准。");
  }

  @ParameterizedTest
  @CsvSource({
    "臺帳, 台账",
    "台帳, 台账",
    "裡面, 里面",
    "裏面, 里面",
    "貪汙, 贪污",
    "洩露, 泄露",
    "隨著, 随着",
    "意味著, 意味着",
    "顯著, 显著",
    "著作, 著作",
    "啟動, 启动",
    "啓動, 启动",
    "衞生, 卫生",
    "説明, 说明",
    "群眾, 群众",
    "羣衆, 群众",
    "爲了, 为了",
    "乾坤, 乾坤",
    "藉口, 借口",
  })
  void whatPeopleTypeInHongKongAndTaiwan_isFolded(String typed, String simplified) {
    assertThat(Conversion.toSimplified(typed)).isEqualTo(simplified);
  }

  @ParameterizedTest
  @CsvSource({"''", "A1 {0} ____", "𠮷田", "我", "\ud842", "，。"})
  void otherSigns_stayAsTheyAre(String text) {
    assertThat(Conversion.toTraditional(text)).isEqualTo(text);
    assertThat(Conversion.toSimplified(text)).isEqualTo(text);
  }

  private static List<String> bank() {
    try (var files = Files.walk(Path.of("question-bank"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> {
            try {
              return Files.readAllLines(file).stream();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Characters that are written in simplified texts alone. */
  private static Set<String> onlySimplified() {
    var only =
        lines("/opencc/STCharacters.txt")
            .map(line -> line.split("\t", -1))
            .filter(line -> !List.of(line[1].split(" ", -1)).contains(line[0]))
            .map(line -> line[0])
            .collect(Collectors.toCollection(HashSet::new));
    lines("/conversion/variants.txt").forEach(line -> only.remove(line.split("\t", -1)[1]));
    return only;
  }

  @Test
  void everyLineOfTheBank_comesBackAsItWas() {
    var lines = bank();
    assertThat(lines).hasSizeGreaterThan(40_000);
    var changed = new TreeMap<String, String>();
    for (var line : lines) {
      var back = Conversion.toSimplified(Conversion.toTraditional(line));
      if (!back.equals(line)) {
        changed.put(line, back);
      }
    }
    assertThat(changed).isEmpty();
  }

  @Test
  void theBankInTraditional_hasNoCharacterThatIsOnlySimplified() {
    var only = onlySimplified();
    assertThat(only).hasSizeGreaterThan(3_000).contains("员", "发", "复");
    var left =
        bank().stream()
            .map(Conversion::toTraditional)
            .flatMapToInt(String::codePoints)
            .mapToObj(Character::toString)
            .filter(only::contains)
            .collect(Collectors.toCollection(HashSet::new));
    assertThat(left).isEmpty();
  }

  /** A replacement is by the longest phrase from the left, wherever the next one could begin. */
  @Test
  void phrases_theLongestFromTheLeft() {
    var phrases =
        new Phrases(new TreeMap<>(Map.of("a", "1", "ab", "2", "abcd", "3", "bc", "4", "d", "55")));
    assertThat(phrases.replace("abc")).isEqualTo("2c");
    assertThat(phrases.replace("abcd")).isEqualTo("3");
    assertThat(phrases.replace("abcabcd")).isEqualTo("2c3");
    assertThat(phrases.replace("xbcd")).isEqualTo("x455");
    assertThat(phrases.replace("aab")).isEqualTo("12");
    assertThat(new Phrases(new TreeMap<>()).replace("ab")).isEqualTo("ab");
  }

  @Test
  void wholeWords_areNotCutByAPhraseBeforeThem() {
    var phrases = new TreeMap<>(Map.of("ab", "xy", "b", "B", "bc", "bc", "zb", "zy"));
    assertThat(WholeWords.of(phrases, Set.of("bc")))
        .containsOnly(Map.entry("abc", "abc"), Map.entry("zbc", "zbc"));
    assertThat(WholeWords.of(phrases, Set.of("bc", "zb"))).containsOnlyKeys("abc");
  }
}
