package yikao.participant;

/** Names as public pages show them. */
public final class MaskedName {
  private MaskedName() {}

  /** The first and, from three characters on, the last: 王*明, 李*; A***n. */
  public static String of(String name) {
    var points = name.strip().codePoints().toArray();
    if (points.length <= 1) {
      return "*";
    }
    var first = Character.toString(points[0]);
    if (points.length == 2) {
      return first + "*";
    }
    var hidden = "*".repeat(Math.min(3, points.length - 2));
    return first + hidden + Character.toString(points[points.length - 1]);
  }
}
