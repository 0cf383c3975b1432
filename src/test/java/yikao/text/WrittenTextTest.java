package yikao.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u200b",
        "\u3164",
        "\u00a0\u3000",
        "\u2800",
        "\ufeff\u200d",
        "\u115f",
        "\uffa0",
        "\u202e",
        "王\u202e明",
        "\u2066王",
        "王\u0000明",
        "王\u0007",
        "王\n明",
        "\ud800",
        "\ue000",
        "\u2028"
      })
  void shown_notToBeSeenOrTurned_isRefused(String text) {
    assertThat(WrittenText.shown(text, 1, 50, false)).isEmpty();
  }

  @Test
  void shown_visible_isTidied() {
    assertThat(WrittenText.shown("\u3000王\u200b小明\u00a0", 1, 50, false)).contains("王小明");
    assertThat(WrittenText.shown("𠮷田", 1, 50, false)).contains("𠮷田");
    assertThat(WrittenText.shown("买买提·艾力", 1, 50, false)).contains("买买提·艾力");
    assertThat(WrittenText.shown("一\n二", 0, 50, true)).contains("一\n二");
    assertThat(WrittenText.shown("", 0, 50, false)).contains("");
    assertThat(WrittenText.shown("王小明", 1, 2, false)).isEmpty();
  }

  @Test
  void core_edgesAndInvisible_doNotCount() {
    assertThat(WrittenText.core("“三分之\u200b二”。")).isEqualTo("三分之二");
    assertThat(WrittenText.core(" 民主集中制， ")).isEqualTo("民主集中制");
    assertThat(WrittenText.core("《中国共产党章程》")).isEqualTo("《中国共产党章程》");
    assertThat(WrittenText.core("\u200b")).isEmpty();
    assertThat(WrittenText.core("。")).isEmpty();
  }

  @Test
  void isStorable_halvesAndNul_areNot() {
    for (var text : List.of("", "王小明", "😀", "\u202e\u200b", "\u0007", "\uffff", "a\ud83d\ude00")) {
      assertThat(WrittenText.isStorable(text)).as(text).isTrue();
    }
    for (var text : List.of("\u0000", "a\u0000b", "\ud83d", "\ude00", "\ude00\ud83d", "\ud83da")) {
      assertThat(WrittenText.isStorable(text)).isFalse();
    }
  }

  @Test
  void blanksInBetween_takeNoLongerThanTheyAreLong() {
    var text = "甲" + " ".repeat(1_000_000) + "a" + " ".repeat(1_000_000) + "乙";
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(WrittenText.tidy(text)).isEqualTo(text);
          assertThat(WrittenText.core(text)).isEqualTo(text);
          assertThat(WrittenText.shown(text, 1, 50, false)).isEmpty();
          assertThat(NameFolding.fold(text)).isEqualTo("甲a乙");
          assertThat(NameFolding.words(text)).containsExactly("甲", "a", "乙");
        });
  }
}
