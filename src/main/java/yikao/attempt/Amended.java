package yikao.attempt;

import java.util.List;
import yikao.scoring.Amendment;

/**
 * What an attempt is marked by beside the keys.
 *
 * @param inForce the amendments of its quiz, in their order, those taken back left out
 * @param count how many amendments, and takings back, the marking knows
 */
public record Amended(List<Amendment> inForce, int count) {
  /** Nothing was amended. */
  public static final Amended NOT = new Amended(List.of(), 0);

  public Amended {
    inForce = List.copyOf(inForce);
  }
}
