package yikao.audit;

import yikao.db.BareDatabase;

/** On a real PostgreSQL. */
final class PostgresAuditIT extends AuditContract {
  @Override
  BareDatabase open() throws Exception {
    return BareDatabase.postgres();
  }
}
