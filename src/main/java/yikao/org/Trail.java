package yikao.org;

import jakarta.inject.Singleton;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.audit.AuditLog;

/** Notes in the audit log what was changed here; last in its transaction. */
@Singleton
class Trail {
  private final AuditLog log;

  Trail(AuditLog log) {
    this.log = log;
  }

  /**
   * Notes one change.
   *
   * @param subject what was changed, by its identifier
   * @param before in short, with identifiers and never names or phones of persons
   * @param after the same
   */
  void append(
      DSLContext transaction,
      Actor actor,
      String action,
      String subject,
      String before,
      String after) {
    log.append(transaction, actor.change(action, subject, before, after));
  }
}
