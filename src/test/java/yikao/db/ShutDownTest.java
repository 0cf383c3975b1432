package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded database that is closed is free for the next process. */
final class ShutDownTest {
  /** The pool would gladly make the connections anew that are taken from it. */
  @Test
  void closedDatabase_isNotOpenedAgainByItsPool(@TempDir Path folder) throws Exception {
    for (var round = 0; round < 20; round++) {
      var file = folder.resolve("test" + round);
      try (var pool = new HikariDataSource()) {
        pool.setJdbcUrl(EmbeddedDatabase.url(file));
        pool.setUsername("sa");
        pool.setAllowPoolSuspension(true);
        pool.setMaximumPoolSize(16);
        try (var connection = pool.getConnection();
            var statement = connection.createStatement()) {
          statement.execute("create table t (n int)");
        }
        new EmbeddedDatabase(pool, Path.of(file + ".mv.db"), true).close();
      }
      assertThat(isFree(Path.of(file + ".mv.db"))).as("round %d", round).isTrue();
    }
  }

  private static boolean isFree(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
