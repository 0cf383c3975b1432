package yikao.org;

import java.util.Map;
import yikao.db.Postgres;

/** On a real PostgreSQL. */
final class PostgresMembersIT extends MembersContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }
}
