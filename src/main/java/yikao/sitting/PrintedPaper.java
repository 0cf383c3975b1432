package yikao.sitting;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A paper that was given out in print, or somebody who could get one.
 *
 * @param name of the member
 * @param number on the sheet, from 1 in each session; absent where none was printed
 * @param attempt absent where none was begun
 */
record PrintedPaper(
    UUID member,
    String name,
    Optional<Integer> number,
    Optional<UUID> attempt,
    State state,
    Optional<String> enteredBy) {
  /** How it stands with it. */
  enum State {
    /** Neither a paper nor a phone. */
    NONE,
    /** The member answers with a phone, or has done so. */
    PHONE,
    /** The paper is out. */
    OUT,
    /** What was answered is typed in. */
    ENTERED,
    /** It was taken back, and counts for nothing. */
    WITHDRAWN;

    /** The word of the API, and the end of the key of its text. */
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether a paper can be printed: none is out with the member's phone in use. */
  boolean isPrintable() {
    return state == State.NONE || state == State.OUT || state == State.WITHDRAWN;
  }
}
