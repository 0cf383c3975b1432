package yikao.ledger;

import java.util.Map;
import yikao.db.Postgres;

/** On a real PostgreSQL. */
final class PostgresSumsIT extends SumsContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }
}
