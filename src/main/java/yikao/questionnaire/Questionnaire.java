package yikao.questionnaire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A questionnaire.
 *
 * @param organisationId whose members, with those of all below, are asked
 * @param openedAt absent while it is a draft
 * @param closesAt when no sheet is taken any more; absent while it is a draft
 * @param closedAt when that was settled; absent before
 * @param given sheets given out; 0 while it is a draft
 * @param returned sheets that had come back by the closing; 0 before it is settled
 * @param version counts its changes
 */
record Questionnaire(
    UUID id,
    long organisationId,
    Asking content,
    Optional<Instant> openedAt,
    Optional<Instant> closesAt,
    Optional<Instant> closedAt,
    int given,
    int returned,
    int version) {
  /** Of an anonymous one fewer sheets are no crowd to stand in. */
  static final int FEWEST = 5;

  /** Where it is in its time. */
  enum Phase {
    DRAFT,
    OPEN,
    /** Its time is over, and what came back is not counted yet. */
    COUNTING,
    CLOSED;

    String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  Phase phase(Instant now) {
    if (openedAt.isEmpty()) {
      return Phase.DRAFT;
    }
    if (closedAt.isPresent()) {
      return Phase.CLOSED;
    }
    return closesAt.filter(now::isBefore).isPresent() ? Phase.OPEN : Phase.COUNTING;
  }

  /** Whether so few sheets of an anonymous one came back that the answers were deleted. */
  boolean isWithheld() {
    return closedAt.isPresent() && content.anonymous() && returned < FEWEST;
  }

  List<SheetQuestion> questions() {
    return content.questions();
  }

  /** What it is in the audit log. */
  String subject() {
    return subject(id);
  }

  static String subject(UUID id) {
    return "questionnaire:" + id;
  }
}
