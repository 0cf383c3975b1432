package yikao.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import yikao.text.WrittenText;

/**
 * Which passwords will do: long ones that are not among the first anybody would try. No rule asks
 * for a digit or a sign, since such rules make passwords worse (NIST SP 800-63B, 3.1.1.2). Pure.
 */
final class PasswordPolicy {
  static final int LEAST = 10;
  static final int MOST = 128;

  private static final int FEWEST_DIFFERENT = 5;

  /** What common passwords are made of, most often with digits before or after. */
  private static final List<String> COMMON =
      List.of(
          "password",
          "passw0rd",
          "p@ssword",
          "p@ssw0rd",
          "admin",
          "administrator",
          "root",
          "guest",
          "welcome",
          "iloveyou",
          "letmein",
          "monkey",
          "dragon",
          "sunshine",
          "princess",
          "football",
          "baseball",
          "superman",
          "batman",
          "trustno1",
          "master",
          "shadow",
          "login",
          "secret",
          "changeme",
          "default",
          "qwerty",
          "qwertyuiop",
          "asdfgh",
          "asdfghjkl",
          "zxcvbn",
          "zxcvbnm",
          "qazwsx",
          "qazwsxedc",
          "1qaz2wsx",
          "zaq12wsx",
          "1q2w3e4r",
          "1q2w3e4r5t",
          "q1w2e3r4",
          "abc",
          "abcd",
          "abcdef",
          "abcdefg",
          "aaa",
          "test",
          "user",
          "wang",
          "zhang",
          "li",
          "liu",
          "woaini",
          "woaini1314",
          "woaizhongguo",
          "wodemima",
          "mima",
          "nihao",
          "yikao",
          "dangyuan",
          "zhibu",
          "dangwei",
          "zhongguo",
          "china",
          "beijing",
          "shanghai",
          "a",
          "q",
          "qq",
          "aa",
          "woai",
          "caonima",
          "xiaoming",
          "computer",
          "internet",
          "huawei",
          "tencent",
          "taobao",
          "alibaba",
          "baidu",
          "五星红旗",
          "中国共产党",
          "为人民服务");

  /** Keys that lie beside each other, and letters and digits in their order. */
  private static final List<String> ROWS =
      List.of(
          "01234567890123456789",
          "98765432109876543210",
          "qwertyuiopasdfghjklzxcvbnm",
          "abcdefghijklmnopqrstuvwxyz",
          "zyxwvutsrqponmlkjihgfedcba",
          "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
          "!@#$%^&*()");

  private PasswordPolicy() {}

  /**
   * What is wrong with a password, as the code of a text; absent where it will do.
   *
   * @param names of the account, which it may not be made of
   */
  static Optional<String> wrong(String password, List<String> names) {
    var length = password.codePointCount(0, password.length());
    if (length < LEAST || length > MOST) {
      return Optional.of("password.length");
    }
    if (!WrittenText.isStorable(password) || password.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("password.not-typed");
    }
    var folded = password.toLowerCase(Locale.ROOT);
    var isNamed =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .anyMatch(name -> name.length() > 1 && isMadeOf(folded, name));
    return isNamed || isCommon(folded) ? Optional.of("password.common") : Optional.empty();
  }

  private static boolean isCommon(String folded) {
    return folded.codePoints().distinct().count() < FEWEST_DIFFERENT
        || ROWS.stream().anyMatch(row -> row.contains(folded))
        || isRepeated(folded)
        || COMMON.stream().anyMatch(word -> isMadeOf(folded, word));
  }

  /** Whether it is the word, once or more, with digits and signs around it. */
  private static boolean isMadeOf(String folded, String word) {
    var rest = folded.replace(word, "");
    return rest.length() < folded.length()
        && rest.chars().noneMatch(Character::isLetter)
        && (rest.length() <= 6 || ROWS.stream().anyMatch(row -> row.contains(rest)));
  }

  private static boolean isRepeated(String folded) {
    for (var length = 1; length <= folded.length() / 2; length++) {
      if (folded.startsWith(folded.substring(length))) {
        return true;
      }
    }
    return false;
  }
}
