package yikao.participant;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who uses a browser.
 *
 * @param guest the participant that its secret stands for
 * @param member who took a quiz for members with it
 */
public record Visitor(UUID guest, Optional<OfMember> member) {
  /**
   * A member in one browser.
   *
   * @param tokenHash hash of the token by which this browser opens what the member began with it,
   *     and nothing that was begun with another
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record OfMember(UUID id, byte[] tokenHash) {
    private boolean opens(byte[] hash, UUID participant) {
      return id.equals(participant) && MessageDigest.isEqual(tokenHash, hash);
    }
  }

  /** A guest alone. */
  public static Visitor of(UUID guest) {
    return new Visitor(guest, Optional.empty());
  }

  /** Whether this browser opens an attempt. */
  public boolean opens(byte[] attemptHash, UUID participant) {
    return guest.equals(participant)
        || member.filter(m -> m.opens(attemptHash, participant)).isPresent();
  }

  /** As whom this browser takes part, the member first. */
  public List<UUID> participants() {
    return Stream.concat(member.map(OfMember::id).stream(), Stream.of(guest)).toList();
  }
}
