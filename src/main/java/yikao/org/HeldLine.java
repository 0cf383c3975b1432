package yikao.org;

import java.util.List;

/**
 * What held for a while.
 *
 * @param when from which day, and until which
 * @param why the reason that was given; may be empty
 * @param by who recorded it, and when
 * @param superseded whether better knowledge has replaced it
 */
public record HeldLine(String what, String when, String why, String by, boolean superseded) {
  /** Whether some of what held was replaced by better knowledge. */
  public static boolean hasSuperseded(List<HeldLine> lines) {
    return lines.stream().anyMatch(HeldLine::superseded);
  }
}
