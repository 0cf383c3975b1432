package yikao.api;

import java.util.Map;
import yikao.db.Postgres;

/** On a real PostgreSQL. */
final class PostgresInputIT extends InputContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }
}
