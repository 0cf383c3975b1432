package yikao.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/** A table of numbers behind a group commit, over an embedded database in a folder. */
final class Ledger implements AutoCloseable {
  final HikariDataSource dataSource;
  final EmbeddedDatabase database;
  final Transactions transactions;
  final GroupCommit<Put> commits;
  final Path file;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** Sets a row; each row counts how often it was set. */
  static final class Put extends Command<Long> {
    final long key;
    final byte[] value;

    Put(long key, int size) {
      this.key = key;
      this.value = noise(key, size);
    }

    /** Letters that no compression makes fewer. */
    private static byte[] noise(long seed, int size) {
      var noise = new byte[size];
      new Random(seed).nextBytes(noise);
      for (var i = 0; i < size; i++) {
        noise[i] = (byte) (' ' + (noise[i] & 0x3f));
      }
      return noise;
    }

    String text() {
      return new String(value, StandardCharsets.ISO_8859_1);
    }

    void done(long n) {
      succeed(n);
    }
  }

  static Ledger open(Path folder) throws Exception {
    return open(folder, new GroupCommit.Limits(10_000, 1, 512));
  }

  static Ledger open(Path folder, GroupCommit.Limits groups) throws Exception {
    return new Ledger(EmbeddedDatabase.url(folder.resolve("test")), folder, groups);
  }

  /** Over files that a test provides. */
  static Ledger open(String scheme, Path folder) throws Exception {
    var url = EmbeddedDatabase.url(folder.resolve("test")).replace("async:", scheme + ":");
    return new Ledger(url, folder, new GroupCommit.Limits(10_000, 1, 512));
  }

  private Ledger(String url, Path folder, GroupCommit.Limits groups) {
    file = folder.resolve("test.mv.db");
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    System.setProperty(ConnectionSettings.LOOKED_AT_AFTER, "0");
    config.setAllowPoolSuspension(true);
    config.setExceptionOverrideClassName(ClosedConnections.class.getName());
    config.setUsername("sa");
    config.setMaximumPoolSize(4);
    // a connection that the pool makes beforehand would open again what has just been shut down
    config.setMinimumIdle(0);
    config.setConnectionTimeout(5000);
    dataSource = new HikariDataSource(config);
    var configuration =
        new DefaultConfiguration()
            .set(dataSource)
            .set(SQLDialect.H2)
            .set(new Settings().withExecuteLogging(false));
    var dsl = DSL.using(configuration);
    dsl.execute(
        "create table if not exists ledger (k bigint primary key, n bigint not null, v varchar)");
    database = new EmbeddedDatabase(dataSource, file, true);
    transactions = new Transactions(dsl, dataSource, database);
    commits =
        new GroupCommit<>(
            "ledger",
            transactions,
            meters,
            groups,
            r -> new IllegalStateException(r.name()),
            new Writer());
  }

  CompletableFuture<Long> put(long key, int size) {
    var put = new Put(key, size);
    commits.submit(put);
    return put.answer();
  }

  Map<Long, Long> rows() {
    var rows = new TreeMap<Long, Long>();
    transactions
        .read()
        .fetch("select k, n from ledger")
        .forEach(r -> rows.put(r.get(0, Long.class), r.get(1, Long.class)));
    return rows;
  }

  @Override
  public void close() {
    if (dataSource.isClosed()) {
      return;
    }
    commits.close();
    database.close();
    dataSource.close();
  }

  /** As after a kill: nothing is closed in good order, and the folder may be opened again. */
  void kill() throws SQLException {
    commits.close();
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("shutdown immediately");
    } catch (SQLException e) {
      // closed by what it was asked to do
    }
    dataSource.close();
  }

  private static final class Writer implements GroupCommit.Work<Put> {
    @Override
    public void write(DSLContext transaction, List<Put> group) {
      for (var put : group) {
        if (put.key < 0) {
          throw new IllegalArgumentException("bad");
        }
        var row = transaction.fetchOptional("select n from ledger where k = ?", put.key);
        var n = row.map(r -> r.get(0, Long.class)).orElse(0L) + 1;
        set(transaction, put.key, n, put.text());
        put.done(n);
      }
    }

    private static void set(DSLContext transaction, long key, long n, String value) {
      transaction.execute("merge into ledger (k, n, v) values (?, ?, ?)", key, n, value);
    }
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
