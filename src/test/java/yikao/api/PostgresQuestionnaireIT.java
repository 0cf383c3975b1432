package yikao.api;

import java.util.Map;
import yikao.db.Postgres;

/** On a real PostgreSQL. */
final class PostgresQuestionnaireIT extends QuestionnaireContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Postgres.database();
  }

  @Override
  boolean isPostgres() {
    return true;
  }
}
