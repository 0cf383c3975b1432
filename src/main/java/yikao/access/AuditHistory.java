package yikao.access;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import yikao.audit.AuditLog;
import yikao.web.Texts;
import yikao.web.Times;

/** What was done to one thing, as the page of that thing tells it. */
@Singleton
public final class AuditHistory {
  private static final int ENTRIES = 30;

  private final AuditLog audit;
  private final AuditTexts auditTexts;
  private final Times times;

  AuditHistory(AuditLog audit, AuditTexts auditTexts, Times times) {
    this.audit = audit;
    this.auditTexts = auditTexts;
    this.times = times;
  }

  /** Something that somebody did, in words. */
  public record DoneLine(String what, String by) {}

  /**
   * The last of what was done to something, the newest first.
   *
   * @param subject as it stands in the log
   */
  public List<DoneLine> of(Texts texts, String subject) {
    return audit
        .find(
            new AuditLog.Sought(Optional.of(subject), Optional.empty()), Optional.empty(), ENTRIES)
        .stream()
        .map(e -> new DoneLine(auditTexts.action(texts, e.action()), by(texts, e.actor(), e.at())))
        .toList();
  }

  /** Who did something, and when it was recorded. */
  public String by(Texts texts, String actor, Instant at) {
    return texts.of("people.by", auditTexts.actor(texts, actor), times.minute(texts, at));
  }
}
