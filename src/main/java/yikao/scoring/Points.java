package yikao.scoring;

import java.math.BigDecimal;

/** Points as people write them: without zeros at the end, and without an exponent. */
public final class Points {
  private Points() {}

  /** The same number in its plain form. */
  public static BigDecimal plain(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** The plain form as text. */
  public static String text(BigDecimal number) {
    return plain(number).toPlainString();
  }
}
