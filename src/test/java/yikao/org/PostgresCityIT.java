package yikao.org;

import java.util.Map;
import yikao.db.Postgres;

/** On a real PostgreSQL. */
final class PostgresCityIT extends CityContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }
}
