package yikao.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A commit is certain when the database says so: PostgreSQL, or an H2 that is not kept. */
final class PlainDurability extends Durability {
  private final DataSource dataSource;
  private final int groupsAtOnce;

  PlainDurability(DataSource dataSource, int groupsAtOnce) {
    this.dataSource = dataSource;
    this.groupsAtOnce = groupsAtOnce;
  }

  @Override
  void group(GroupWork work) throws SQLException {
    run(dataSource, work, (_, _) -> {});
  }

  @Override
  int groupsAtOnce() {
    return groupsAtOnce;
  }

  @Override
  <R> R rare(Supplier<R> work) {
    return work.get();
  }

  @Override
  void changed(Connection connection) {}

  @Override
  void replayWith(Replay replay) {}

  @Override
  void close() {}
}
