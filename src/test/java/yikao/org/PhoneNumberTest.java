package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones as people and spreadsheets write them. */
final class PhoneNumberTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "13812345678",
        " 13812345678\u3000",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "008613812345678",
        "8613812345678",
        "\u200b13812345678\ufeff",
        "１３８１２３４５６７８",
        "13812345678.0",
        "1.3812345678E10",
        "1.3812345678e+10"
      })
  void phone_isReadWhole(String written) {
    assertThat(PhoneNumber.of(written, false)).contains("13812345678");
  }

  /** A text has lost its last digits; the number of a cell is what it says. */
  @Test
  void scientificNotation_isWholeOnlyWhereItIsANumber() {
    assertThat(PhoneNumber.of("1.38E+10", false)).isEmpty();
    assertThat(PhoneNumber.of("1.38E+10", true)).contains("13800000000");
    assertThat(PhoneNumber.of("1.5E0", true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "123", "无", "1381234567x", "12345678901234567890", "138.5"})
  void noPhone_isNone(String written) {
    assertThat(PhoneNumber.of(written, true)).isEmpty();
  }

  @Test
  void landline_isAPhone() {
    assertThat(PhoneNumber.of("(0571) 8888-6666", false)).contains("057188886666");
  }
}
