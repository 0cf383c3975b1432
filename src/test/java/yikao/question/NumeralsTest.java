package yikao.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {
  private static final String DIGITS = "零一二三四五六七八九";

  @ParameterizedTest
  @CsvSource({
    "十, 10",
    "十五, 15",
    "一五, 15",
    "二十, 20",
    "二十五, 25",
    "九十九, 99",
    "一百, 100",
    "百, 100",
    "一百零五, 105",
    "一百〇五, 105",
    "一百一十, 110",
    "一百一十五, 115",
    "两百, 200",
    "一千零一, 1001",
    "一千零二十, 1020",
    "两千零二十六, 2026",
    "二〇二六, 2026",
    "二零二六, 2026",
    "两, 2",
    "零, 0",
    "〇, 0",
    "三分之二, 3分之2",
    "十万, 100000",
    "10万, 100000",
    "3万, 30000",
    "3千, 3000",
    "100000, 100000",
    "一万零五百, 10500",
    "十二万三千四百五十六, 123456",
    "一千万, 10000000",
    "一亿, 100000000",
    "一亿零五百万, 105000000",
    "十四亿, 1400000000",
    "一万亿, 1000000000000",
    "第二十三条, 第23条",
    "三年以上十年以下, 3年以上10年以下",
    "党员, 党员",
    "2026年7月1日, 2026年7月1日",
    "00123, 00123",
  })
  void toArabic_numeral_digits(String numeral, String digits) {
    assertThat(Numerals.toArabic(numeral)).isEqualTo(digits);
  }

  @Test
  void toArabic_everyNumberWrittenOut_thatNumber() {
    var random = new SplittableRandom(1);
    for (var i = 0; i < 20_000; i++) {
      var number = i < 10_001 ? i : random.nextInt(1_000_000_000);
      assertThat(Numerals.toArabic(written(number)))
          .as(written(number))
          .isEqualTo(Integer.toString(number));
    }
  }

  @Test
  void toArabic_valueBeyondLong_staysAsItStands() {
    var monstrous = "九千亿亿亿亿";
    assertThat(Numerals.toArabic(monstrous)).isEqualTo(monstrous);
    assertThat(Numerals.toArabic("99999999999999999999亿")).isEqualTo("99999999999999999999亿");
  }

  @Test
  void toArabic_longRowOfDigits_everyDigit() {
    assertThat(Numerals.toArabic("一二三四五六七八九〇".repeat(5))).isEqualTo("1234567890".repeat(5));
  }

  /** The usual way to write a number: groups of four digits, 万 and 亿. */
  private static String written(int number) {
    if (number < 10) {
      return DIGITS.substring(number, number + 1);
    }
    var text = new StringBuilder();
    group(text, number / 100_000_000, "亿");
    group(text, number / 10_000 % 10_000, "万");
    group(text, number % 10_000, "");
    return text.toString();
  }

  private static void group(StringBuilder text, int value, String unit) {
    if (value == 0) {
      return;
    }
    var zero = !text.isEmpty() && value < 1000;
    for (var power : new int[] {1000, 100, 10, 1}) {
      var digit = value / power % 10;
      if (digit == 0) {
        zero |= !text.isEmpty() && value % (power * 10) != 0 && value > power;
        continue;
      }
      text.append(zero ? "零" : "").append(DIGITS.charAt(digit));
      text.append(power == 1000 ? "千" : power == 100 ? "百" : power == 10 ? "十" : "");
      zero = false;
    }
    text.append(unit);
  }

  @ParameterizedTest
  @CsvSource({
    "贰拾伍, 25",
    "壹仟零壹拾, 1010",
    "叁佰万, 3000000",
    "廿, 20",
    "廿一, 21",
    "卅年, 30年",
    "卌八, 48",
    "一百廿, 120",
    "陆拾贰, 62",
    "柒捌玖, 789",
    "两億, 200000000",
    "十五, 15",
    "第肆条, 第4条",
    "民主集中制, 民主集中制",
  })
  void read_financialNumeralsAndOldTens_too(String text, String digits) {
    assertThat(Numerals.read(text)).isEqualTo(digits);
  }

  /** A word is a word, where a text is looked through for numbers. */
  @Test
  void toArabic_leavesWordsThatAreNumeralsInAccounts() {
    assertThat(Numerals.toArabic("队伍陆续收拾")).isEqualTo("队伍陆续收拾");
  }
}
