package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 is writing in the background when a checkpoint is cut off must not be missing in it. */
final class CheckpointTest {

  @Test
  void cutWhileChunksAreOnTheirWay_isWhole(@TempDir Path folder) throws Exception {
    var disk = new UnsteadyDisk();
    disk.delay = Duration.ofMillis(20); // what is begun and what is written differ
    ShadowPath.mount(folder, disk);
    var url = EmbeddedDatabase.url(folder.resolve("test"));
    for (var round = 1; round <= 5; round++) {
      try (var connection = DriverManager.getConnection(url, "sa", "")) {
        execute(connection, "create table if not exists t (k int primary key, v varchar)");
        var store = EmbeddedStore.of(connection).orElseThrow();
        for (var chunk = 0; chunk < 4; chunk++) {
          // other rows each time, so that each chunk holds pages that the others do not
          merge(connection, chunk * 500, "%d".formatted(round).repeat(500));
          mvStore(connection).tryCommit();
        }
        store.cut();
        store.file().seal();
        store.abandon();
      }
      try (var connection = DriverManager.getConnection(url, "sa", "")) {
        assertThat(rows(connection)).as("round %d", round).isEqualTo(2_000);
        EmbeddedStore.of(connection).orElseThrow().abandon();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void merge(Connection connection, int from, String value) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "merge into t (k, v) select \"X\", cast(? as varchar) from system_range(?, ?)")) {
      statement.setString(1, value);
      statement.setInt(2, from);
      statement.setInt(3, from + 499);
      statement.execute();
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(v) from t where length(v) = 500")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static MVStore mvStore(Connection connection) throws SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore().getMvStore();
  }
}
