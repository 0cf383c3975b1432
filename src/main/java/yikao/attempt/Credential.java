package yikao.attempt;

import java.security.MessageDigest;
import java.util.UUID;
import yikao.participant.Visitor;

/** By what right a caller reaches an attempt. */
public sealed interface Credential {

  /** The attempt's own token, hashed. */
  @SuppressWarnings("ArrayRecordComponent")
  record Token(byte[] hash) implements Credential {}

  /** A browser, by who uses it. */
  record Browser(Visitor visitor) implements Credential {}

  /** Somebody of the staff, who looks; whether at this quiz, is asked beside. */
  record Staff(yikao.access.Staff who) implements Credential {}

  /** The service itself, which ends what is overdue. */
  record Service() implements Credential {}

  /** Whether this opens an attempt. */
  default boolean opens(byte[] tokenHash, UUID participantId) {
    return switch (this) {
      case Token(var hash) -> MessageDigest.isEqual(hash, tokenHash);
      case Browser(var visitor) -> visitor.opens(tokenHash, participantId);
      case Staff _, Service _ -> true;
    };
  }

  /** Who looks at an attempt by this. */
  default Audience audience() {
    return this instanceof Staff ? Audience.STAFF : Audience.PARTICIPANT;
  }

  /** Whether this may answer, and not only look. */
  default boolean mayAnswer() {
    return !(this instanceof Staff || this instanceof Service);
  }
}
