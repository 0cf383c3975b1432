package yikao.api;

import java.util.Map;
import yikao.db.Postgres;

/** On a real PostgreSQL. */
final class PostgresPaperIT extends PaperContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }
}
