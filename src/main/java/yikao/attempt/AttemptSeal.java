package yikao.attempt;

import jakarta.inject.Singleton;
import java.util.List;
import yikao.access.Vault;
import yikao.scoring.Mark;

/**
 * Responses and marks as the database keeps them: sealed, since the two together tell the keys of a
 * quiz that still runs. Responses are sealed while their attempt runs as well: what a file has held
 * may stand in it long after, beside a score that says that all of them were right. Rows of earlier
 * releases are plain, and read as they are.
 */
@Singleton
final class AttemptSeal {
  private static final String RESPONSES = "responses";
  private static final String MARKS = "marks";
  private static final String NONE = ResponsesCodec.encode(Responses.NONE);

  private final Vault vault;

  AttemptSeal(Vault vault) {
    this.vault = vault;
  }

  /** What nobody has answered yet is no secret, and a start costs nothing more. */
  String seal(Responses responses) {
    return sealedResponses(ResponsesCodec.encode(responses));
  }

  Responses responses(String stored) {
    return ResponsesCodec.decode(vault.openText(RESPONSES, stored));
  }

  String seal(List<Mark> marks) {
    return sealedMarks(Result.encode(marks));
  }

  List<Mark> marks(String stored) {
    return Result.decode(vault.openText(MARKS, stored));
  }

  /** Stored responses, sealed where they are not. */
  String sealedResponses(String stored) {
    return Vault.isSealed(stored) || stored.equals(NONE)
        ? stored
        : vault.sealText(RESPONSES, stored);
  }

  /** Stored marks, sealed where they are not. */
  String sealedMarks(String stored) {
    return Vault.isSealed(stored) ? stored : vault.sealText(MARKS, stored);
  }
}
