package yikao.fuzz;

import java.util.Map;
import yikao.db.Postgres;

/** On a real PostgreSQL. */
final class PostgresFuzzIT extends FuzzContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }
}
