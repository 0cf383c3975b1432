package yikao.audit;

import yikao.db.BareDatabase;

/** On an H2. */
final class H2AuditIT extends AuditContract {
  @Override
  BareDatabase open() {
    return BareDatabase.h2();
  }
}
