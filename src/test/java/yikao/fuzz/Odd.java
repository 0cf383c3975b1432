package yikao.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Values that nobody should send, and some that one may. */
final class Odd {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\u200b",
          "\u202e",
          "王\u202e明",
          "\u3164",
          "\ud800",
          "a\udc00",
          "\uffff",
          "\u0007\u001b[2J",
          "一\n二\t三\r\n",
          "\u2028",
          "👩‍👩‍👧‍👦",
          "𠮷野家",
          "e\u0301\u0301\u0301",
          "<script>alert(1)</script>",
          "' or 1=1 --",
          "${7*7}{0}%s%n",
          "../../etc/passwd",
          "null",
          "true",
          "-1",
          "1e309",
          "١٢٣",
          "2026-12-01T01:00:00Z",
          "2026-02-30T01:00:00Z",
          "+58882-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "-999999999-01-01T00:00:00Z",
          "1999-12-31T23:59:59Z",
          "single",
          "multiple",
          "blank",
          "essay",
          "full-points",
          "out-of-maximum",
          "least-used-first",
          "after-window",
          "finish",
          "average",
          "last",
          "partial",
          "per-choice",
          "nothing",
          "answers",
          "members",
          "party-constitution",
          "00000000-0000-0000-0000-000000000000",
          "王小明");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "2",
          "-1",
          "1.5",
          "0.1",
          "0.001",
          "1e2",
          "100",
          "500",
          "1000",
          "1440",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999999999",
          "1e39",
          "1e-39",
          "1e999999999",
          "1e-999999999",
          "-1e2147483647",
          "1e99999999999999999999",
          "0e999999999",
          "1767225600000",
          "0.1000000000000000055511151231257827021181583404541015625");

  private static final List<String> OTHERS =
      List.of(
          "null", "true", "false", "[]", "{}", "[[]]", "[null]", "{\"a\":1}", "NaN", "01", "+1");

  private Odd() {}

  static <T> T one(RandomGenerator random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  static String text(RandomGenerator random) {
    return switch (random.nextInt(60)) {
      case 0 -> "长".repeat(random.nextInt(1, 6_000));
      case 1 -> "x".repeat(random.nextInt(90, 520));
      case 2 -> "a\u0301".repeat(60);
      case 3 -> random.nextInt(10) == 0 ? "大".repeat(340_000) : "y".repeat(20_000);
      case 4 -> Character.toString(random.nextInt(0x110000));
      default -> one(random, TEXTS);
    };
  }

  /** Any JSON value, as it is written. */
  static String json(RandomGenerator random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> Json.quoted(text(random));
      case 4, 5, 6 -> one(random, NUMBERS);
      case 7 -> random.nextInt(8) == 0 ? nested(random) : digits(random);
      default -> one(random, OTHERS);
    };
  }

  private static String digits(RandomGenerator random) {
    return (random.nextBoolean() ? "-" : "")
        + "9".repeat(random.nextInt(1, 1_200))
        + (random.nextBoolean() ? "." + "9".repeat(random.nextInt(1, 60)) : "");
  }

  static String nested(RandomGenerator random) {
    var depth = random.nextBoolean() ? 10_000 : random.nextInt(1, 1_100);
    return random.nextBoolean()
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }
}
