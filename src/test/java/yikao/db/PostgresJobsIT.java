package yikao.db;

/** On a real PostgreSQL. */
final class PostgresJobsIT extends JobsContract {
  @Override
  BareDatabase open() throws Exception {
    return BareDatabase.postgres();
  }
}
