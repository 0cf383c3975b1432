package yikao.audit;

import yikao.db.BareDatabase;

/** Audit logs for tests of other packages. */
public final class AuditLogs {
  private AuditLogs() {}

  /** The log of a database without a service over it. */
  public static AuditLog of(BareDatabase database) {
    return new AuditLog(database.transactions(), AuditContract::digest, database.clock());
  }
}
