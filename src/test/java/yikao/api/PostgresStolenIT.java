package yikao.api;

import java.util.Map;
import yikao.db.Postgres;

/** A dump of PostgreSQL. */
final class PostgresStolenIT extends StolenContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }
}
