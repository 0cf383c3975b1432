package yikao.db;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded H2 in a file, by its JDBC driver alone: synced after commits, copied while in use,
 * compacted, and shut down.
 */
final class EmbeddedDatabase implements Durability, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

  /** What the connection says that has just shut the database down. */
  static final String CLOSED = "90121";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** After so long a copy is no longer left to run after a file that grows. */
  private static final Duration COPIED_BESIDE_WRITERS = Duration.ofSeconds(5);

  /**
   * The one place for what an embedded H2 is told.
   *
   * <ul>
   *   <li>{@code MODE}, {@code DATABASE_TO_LOWER}, {@code DEFAULT_NULL_ORDERING}: as PostgreSQL.
   *   <li>{@code WRITE_DELAY=0}: a commit is in the file when it returns, so that it survives the
   *       process.
   *   <li>{@code REUSE_SPACE=FALSE}: what is written into freed space can be lost with the process
   *       in 2.5.252, since the file's header then names the chunk before. The price is a file that
   *       grows until it is compacted, which {@link Compaction} does.
   *   <li>{@code AUTO_COMPACT_FILL_RATE=0}: moving chunks in the background would only make it grow
   *       faster.
   *   <li>{@code async:} files: an interrupted thread does not close the file for everybody.
   *   <li>{@code DB_CLOSE_ON_EXIT}, {@code DB_CLOSE_DELAY}: the service decides when it closes.
   * </ul>
   */
  private static final String SETTINGS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
          + ";WRITE_DELAY=0;REUSE_SPACE=FALSE;AUTO_COMPACT_FILL_RATE=0"
          + ";CACHE_SIZE=24576;QUERY_CACHE_SIZE=100;TRACE_LEVEL_FILE=0"
          + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";

  private final HikariDataSource pool;
  private final Path file;
  private final boolean synced;
  private final AtomicInteger commits = new AtomicInteger();
  private final ReentrantLock wholeFile = new ReentrantLock();
  private volatile boolean holding;
  private volatile long writtenAt = System.nanoTime();

  /**
   * The address of a database in a file.
   *
   * @param file without the file's ending
   */
  static String url(Path file) {
    return "jdbc:h2:async:" + file + SETTINGS;
  }

  /**
   * A database that is open.
   *
   * @param file with its ending
   * @param synced whether commits are to survive a power cut, not only the end of the process
   */
  EmbeddedDatabase(HikariDataSource pool, Path file, boolean synced) {
    this.pool = pool;
    this.file = file;
    this.synced = synced;
  }

  @Override
  public boolean takesSync() {
    return synced;
  }

  @Override
  public void committed() {
    commits.incrementAndGet();
    writtenAt = System.nanoTime();
  }

  /** Transactions since the file was opened or compacted, each of which made a piece of it. */
  int commits() {
    return commits.get();
  }

  /** The size of the file. */
  long bytes() {
    return file.toFile().length();
  }

  @Override
  public void sync() throws SQLException {
    run("checkpoint sync");
  }

  private void run(String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How long nothing was written. */
  Duration quiet() {
    return Duration.ofNanos(System.nanoTime() - writtenAt);
  }

  /** Whether calls are held for a moment. */
  boolean isHoldingCalls() {
    return holding;
  }

  /**
   * How the file is filled.
   *
   * @param bytes its size
   * @param live bytes of it that hold something
   */
  record Fill(long bytes, long live) {}

  /** How the file is filled now; under load H2 takes a quarter of a second to say so. */
  Fill fill() throws SQLException {
    long pages = 1;
    long livePages = 1;
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select setting_name, setting_value from information_schema.settings"
                    + " where setting_name like 'info.PAGE_COUNT%'")) {
      while (rows.next()) {
        switch (rows.getString(1)) {
          case "info.PAGE_COUNT" -> pages = Math.max(1, rows.getLong(2));
          case "info.PAGE_COUNT_LIVE" -> livePages = rows.getLong(2);
          default -> {}
        }
      }
    }
    return new Fill(bytes(), (long) (bytes() * (livePages / (double) pages)));
  }

  /**
   * Writes a zip with the file as it is at one moment, with every transaction in it that was
   * committed before the call. H2 copies to the end of a file to which others add: where it has not
   * got there after some seconds, calls are held until it has.
   */
  void copyTo(Path zip) throws SQLException {
    wholeFile.lock();
    var copied = new CountDownLatch(1);
    var holder = Thread.ofVirtual().unstarted(() -> holdCallsUntil(copied));
    try (var connection = pool.getConnection();
        var statement = connection.prepareStatement("backup to ?")) {
      holder.start();
      statement.setString(1, zip.toString());
      statement.execute();
    } finally {
      copied.countDown();
      Uninterrupted.join(holder);
      wholeFile.unlock();
    }
  }

  private void holdCallsUntil(CountDownLatch copied) {
    try {
      if (copied.await(COPIED_BESIDE_WRITERS.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var calls = pool.getHikariPoolMXBean();
    calls.suspendPool();
    holding = true;
    try {
      Uninterrupted.await(copied);
    } finally {
      holding = false;
      calls.resumePool();
    }
  }

  /**
   * Closes the database, writes its file anew without what is dead in it, and opens it again. Calls
   * are held meanwhile; those that have a connection are waited for.
   *
   * @return whether it was done; not where a call held its connection for too long, or while the
   *     file is copied
   */
  boolean compact() throws SQLException, IOException {
    if (!wholeFile.tryLock()) {
      return false;
    }
    try {
      return compactAlone();
    } finally {
      wholeFile.unlock();
    }
  }

  private boolean compactAlone() throws SQLException, IOException {
    var calls = pool.getHikariPoolMXBean();
    calls.suspendPool();
    holding = true;
    try {
      if (!isLetGo(calls)) {
        return false;
      }
      shutDown("shutdown compact");
      DataFolder.closeQuietly(file);
      commits.set(0);
      syncFolder();
      return true;
    } finally {
      holding = false;
      calls.resumePool();
    }
  }

  private static boolean isLetGo(HikariPoolMXBean calls) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (calls.getTotalConnections() > 0) {
      calls.softEvictConnections(); // one that was being made when calls were suspended
      if (System.nanoTime() > end) {
        LOG.warn("not compacted: a connection was held for more than {}", PATIENCE);
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  private void shutDown(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      if (!CLOSED.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  /** Which file has the name has to survive a power cut, too. */
  void syncFolder() throws IOException {
    Disk.sync(Objects.requireNonNull(file.getParent()));
  }

  /** Shuts the database down, compacted where that is worth it; whoever uses it is gone before. */
  @Override
  public void close() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      var fill = fill();
      // a pool that is open makes connections beforehand, and so opens again what was shut down
      pool.close();
      shutDown(fill.bytes() > 2 * fill.live() ? "shutdown compact" : "shutdown");
      DataFolder.closeQuietly(file);
    } catch (SQLException e) {
      LOG.warn("the database was not shut down regularly; it is opened again as after a kill", e);
    }
  }
}
