package yikao.sitting;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.quiz.Rosters.Listed;
import yikao.web.Page;

/**
 * The model of the page on which one chooses one's name.
 *
 * @param going the attempt of this browser that goes on, or has ended
 * @param isLong whether the list is so long that one looks for one's name in it
 * @param sought what was looked for
 * @param more whether more fit than are listed
 * @param chosen who was chosen
 * @param digits present where they are asked for
 * @param problem what is in the way; empty: nothing
 */
public record JoinPage(
    Page page,
    String code,
    String title,
    String branch,
    String closes,
    Optional<Going> going,
    boolean isLong,
    String sought,
    List<Listed> names,
    boolean more,
    Optional<UUID> chosen,
    Optional<Digits> digits,
    String problem) {

  /** What this browser has begun. */
  public record Going(UUID id, String name, boolean ended) {}

  /** The last digits of the phone, as they were typed, and what is wrong with them. */
  public record Digits(String typed, String problem) {}
}
