package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names are searched by. */
final class NameKeyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"阿依古丽•买买提", "阿依古丽・买买提", "阿依古丽‧买买提", "阿依古丽 · 买买提", "阿依古丽\u200b·买买提　", "阿依古丽･买买提"})
  void everyDot_isTheSame(String name) {
    assertThat(NameKey.of(name)).isEqualTo("阿依古丽·买买提");
  }

  @Test
  void rareCharacters_stayWhole() {
    assertThat(NameKey.of("𠮷田")).isEqualTo("𠮷田");
    assertThat(NameKey.parts(NameKey.of("𠮷田昇"))).containsExactly("\n𠮷", "𠮷田", "田昇");
    assertThat(NameKey.parts("㛃")).containsExactly("\n㛃");
    assertThat(NameKey.sought("田昇")).containsExactly("田昇");
    assertThat(NameKey.sought("𠮷")).containsExactly("\n𠮷");
  }

  @Test
  void latinLetters_areFolded() {
    assertThat(NameKey.of("Ｔｏｍ  Lee")).isEqualTo("tom lee");
  }

  @Test
  void longKey_isCutBetweenCharacters() {
    assertThat(NameKey.of("𠮷".repeat(60))).isEqualTo("𠮷".repeat(50));
  }
}
