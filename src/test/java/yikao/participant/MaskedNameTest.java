package yikao.participant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedNameTest {

  @ParameterizedTest
  @CsvSource({
    "王小明, 王*明",
    "李明, 李*",
    "王, *",
    "'', *",
    "' ', *",
    "欧阳娜娜, 欧**娜",
    "' 王小明 ', 王*明",
    "买买提·吐尔逊, 买***逊",
    "Alexander Smith, A***h",
    "Li, L*",
    "𠮷田, 𠮷*",
    "王𠮷, 王*",
    "𠮷小𠮷, 𠮷*𠮷",
    "王𠮷明, 王*明",
  })
  void mask_name_firstAndLastCharacterAtMost(String name, String masked) {
    assertThat(MaskedName.of(name)).isEqualTo(masked);
  }
}
