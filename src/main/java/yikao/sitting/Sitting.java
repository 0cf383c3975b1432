package yikao.sitting;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A session of a branch in which its members take one quiz together.
 *
 * @param organisationId of the branch
 * @param quiz code of the quiz that was made for it
 * @param code six digits by which one comes in; absent once it has ended
 * @param host who leads it
 * @param place where; may be empty
 * @param closesAt when it ends by itself, or has ended
 * @param endedAt absent while it is open
 * @param confirmed absent until the secretary has confirmed who was there
 * @param version counts what was changed of it
 */
public record Sitting(
    UUID id,
    long organisationId,
    String quiz,
    Optional<String> code,
    String host,
    String place,
    Instant openedAt,
    Instant closesAt,
    Optional<Instant> endedAt,
    Optional<Confirmed> confirmed,
    int version) {

  /** That the account was confirmed, and by whom. */
  public record Confirmed(Instant at, String by) {}

  /** Whether it was neither ended by hand nor by the clock. */
  public boolean isOpen() {
    return endedAt.isEmpty();
  }

  /** What it is in the audit log. */
  String subject() {
    return "sitting:" + id;
  }
}
