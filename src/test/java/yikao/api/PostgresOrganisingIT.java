package yikao.api;

import java.util.Map;
import yikao.db.Postgres;

/** On a real PostgreSQL. */
final class PostgresOrganisingIT extends OrganisingContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }
}
