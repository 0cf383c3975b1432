package yikao.db;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded H2 in a {@link ShadowFile}, and a {@link Journal} of what groups have written since
 * its last checkpoint. A group is committed, then appended to the journal, then acknowledged. A
 * rare write (a quiz, a bank) is not in the journal: a checkpoint makes it certain.
 *
 * <p>One thread at a time writes, groups and rare writes alike: it has the turn. {@link
 * JournalPosition} says which groups H2's file holds; those after it are written again when it is
 * opened.
 */
final class JournalDurability extends Durability {
  private static final Logger LOG = LoggerFactory.getLogger(JournalDurability.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration REST = Duration.ofSeconds(2);
  private static final String AWAY = "08006";

  /**
   * When to make a checkpoint, and what to survive.
   *
   * @param segmentSize of the journal, in bytes
   * @param checkpointBytes of the journal since the last checkpoint
   * @param checkpointAge of the oldest write since the last checkpoint
   * @param synchronise whether a power cut is to be survived, not only the end of the process
   */
  record Limits(
      int segmentSize, long checkpointBytes, Duration checkpointAge, boolean synchronise) {
    static Limits usual(boolean synchronise) {
      return new Limits(16 << 20, 64L << 20, Duration.ofSeconds(30), synchronise);
    }
  }

  private final DataSource dataSource;
  private final Configuration configuration;
  private final Limits limits;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final ScheduledExecutorService maintenance =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("checkpoints").daemon().factory());

  // under the turn
  private final Journal journal;
  private volatile EmbeddedStore store;
  private @Nullable Replay replay;
  private boolean recovered;
  private boolean gap;
  private boolean rareChanges;
  private int rareDepth;
  private long sequence;

  private volatile long restUntil = System.nanoTime();
  private volatile long uncheckedSince;
  private volatile long checkpointed;

  JournalDurability(
      DataSource dataSource, Configuration configuration, EmbeddedStore store, Limits limits)
      throws SQLException, IOException {
    this.dataSource = dataSource;
    this.configuration = configuration;
    this.limits = limits;
    this.store = store;
    UUID id;
    try (var connection = dataSource.getConnection()) {
      id = JournalPosition.journal(dsl(connection));
    }
    var file = store.file();
    this.journal = new Journal(file.disk(), ShadowFile.folder(file.file()), id, limits.segmentSize);
    adopt(store);
    journal.synchronise(limits.synchronise);
    checkpoint();
    var _ =
        maintenance.scheduleWithFixedDelay(
            this::maintain, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void adopt(EmbeddedStore opened) {
    store = opened;
    store.file().synchronise(limits.synchronise);
    recovered = false;
  }

  private DSLContext dsl(Connection connection) {
    return DSL.using(configuration.derive(connection));
  }

  @Override
  void replayWith(Replay groups) {
    turn.lock();
    try {
      replay = groups;
      ready();
    } catch (SQLException e) {
      throw new IllegalStateException("the journal could not be read", e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  void group(GroupWork work) throws SQLException {
    turn.lock();
    try {
      ready();
      written(work);
    } catch (UnknownOutcomeException e) {
      gap = true;
      throw e;
    } catch (SQLException | RuntimeException e) {
      if (store.isBroken()) {
        // it is away, whatever the statement said that noticed it
        throw away(e);
      }
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private void written(GroupWork work) throws SQLException {
    var next = sequence + 1;
    var bytes = new byte[1][];
    run(
        dataSource,
        work,
        (connection, written) -> {
          bytes[0] = written.bytes();
          if (bytes[0].length > 0) {
            JournalPosition.set(dsl(connection), next);
          }
        });
    append(next, bytes[0]);
  }

  private void append(long next, byte[] written) {
    if (written.length == 0) {
      return;
    }
    sequence = next;
    touched();
    try {
      journal.append(next, written);
    } catch (IOException e) {
      throw new UnknownOutcomeException(e);
    }
  }

  @Override
  int groupsAtOnce() {
    return 1; // a journal has one end
  }

  @Override
  <R> R rare(Supplier<R> work) {
    turn.lock();
    try {
      if (rareDepth == 0) {
        ready();
      }
      return nested(work);
    } catch (SQLException e) {
      throw new DataAccessException("the database is away", e);
    } finally {
      turn.unlock();
    }
  }

  /** What a failed one has left behind in others' transactions becomes certain with the next. */
  private <R> R nested(Supplier<R> work) {
    R result;
    rareDepth++;
    try {
      result = work.get();
    } finally {
      rareDepth--;
    }
    if (rareDepth == 0 && rareChanges) {
      rareChanges = false;
      certain();
    }
    return result;
  }

  @Override
  void changed(Connection connection) throws SQLException {
    rareChanges = rareChanges || EmbeddedStore.hasChanges(connection);
  }

  private void certain() {
    touched();
    try {
      checkpoint();
    } catch (IOException e) {
      gap = true;
      throw new UnknownOutcomeException(e);
    }
  }

  private void touched() {
    if (uncheckedSince == 0) {
      uncheckedSince = System.nanoTime() | 1;
    }
  }

  /**
   * Makes sure that the database holds all that was acknowledged, and that the journal can go on.
   */
  private void ready() throws SQLException {
    if (store.isBroken()) {
      store.abandon();
      reopen();
    }
    if (!recovered && replay != null) {
      recover(replay);
    }
    if (gap) {
      try (var connection = dataSource.getConnection()) {
        sequence = JournalPosition.get(dsl(connection));
      }
      bridge();
    }
  }

  /** The pool's connections lead to what has closed, and it would not notice for a while. */
  private void reopen() throws SQLException {
    if (dataSource.isWrapperFor(HikariDataSource.class)) {
      dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    }
    try (var connection = dataSource.getConnection()) {
      adopt(EmbeddedStore.of(connection).orElseThrow(() -> away(null)));
    }
    LOG.warn("the database was opened again; what it has lost is written again");
  }

  private static SQLException away(@Nullable Throwable cause) {
    return new SQLNonTransientConnectionException("the database is not ready", AWAY, cause);
  }

  private void recover(Replay groups) throws SQLException {
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      var dsl = dsl(connection);
      var from = JournalPosition.get(dsl);
      sequence = from;
      connection.commit();
      journal.after(
          from,
          entry -> {
            groups.replay(dsl, entry.bytes());
            JournalPosition.set(dsl, entry.sequence());
            connection.commit();
            sequence = entry.sequence();
          });
      if (sequence > from) {
        LOG.info("{} groups were written again from the journal", sequence - from);
        touched();
      }
    } catch (IOException e) {
      throw away(e);
    }
    recovered = true;
    gap = true;
  }

  /** Leaves behind what the journal may have missed. */
  private void bridge() throws SQLException {
    try {
      journal.startAfresh();
      checkpoint();
      gap = false;
    } catch (IOException e) {
      throw away(e);
    }
  }

  /** Makes the database's own file hold everything; the journal before is deleted. */
  private void checkpoint() throws IOException {
    var since = uncheckedSince;
    var bytes = journal.appended();
    if (!store.isBroken()) {
      store.write();
    }
    long through;
    ShadowFile file;
    turn.lock();
    try {
      if (store.isBroken()) {
        throw new IOException("the database has closed");
      }
      bytes = journal.appended();
      uncheckedSince = 0;
      through = recovered ? sequence : Long.MIN_VALUE;
      store.cut();
      file = store.file();
    } catch (IOException e) {
      uncheckedSince = since;
      throw e;
    } finally {
      turn.unlock();
    }
    try {
      file.seal();
    } catch (IOException e) {
      touched();
      throw e;
    }
    checkpointed = bytes;
    journal.deleteThrough(through);
  }

  private void maintain() {
    if (System.nanoTime() - restUntil < 0) {
      return;
    }
    try {
      mend();
      var since = uncheckedSince;
      var old = since != 0 && System.nanoTime() - since > limits.checkpointAge.toNanos();
      if (old || journal.appended() - checkpointed > limits.checkpointBytes) {
        checkpoint();
      }
      store.file().settle();
      if (store.compact()) {
        touched();
      }
      if (journal.appended() > 0) {
        journal.prepare();
      }
    } catch (IOException | SQLException | RuntimeException e) {
      LOG.error("no checkpoint could be made; it is tried again", e);
      restUntil = System.nanoTime() + REST.toNanos();
    }
  }

  /** What a write would do first, for those who only read. */
  private void mend() throws SQLException {
    turn.lock();
    try {
      ready();
    } finally {
      turn.unlock();
    }
  }

  /** Copies the database's file as it is at one moment, with all that was certain before. */
  void copy(OutputStream to) throws IOException {
    try {
      mend();
    } catch (SQLException e) {
      throw new IOException("the database is away", e);
    }
    checkpoint();
    store.file().copy(to);
  }

  /** Bytes of the journal. */
  long journalBytes() {
    return journal.bytesOnDisk();
  }

  /** Bytes of the database's files. */
  long fileBytes() {
    try {
      return store.file().bytesOnDisk();
    } catch (IOException e) {
      return -1;
    }
  }

  /** No checkpoint is made any more unless a write asks for one. */
  void stopMaintenance() {
    maintenance.close();
  }

  @Override
  void close() {
    stopMaintenance();
    turn.lock();
    try {
      shutDown();
      journal.close();
    } catch (IOException | SQLException e) {
      LOG.warn("the database could not be compacted", e);
    } finally {
      turn.unlock();
    }
  }

  private void shutDown() throws SQLException, IOException {
    var file = store.file();
    var complete = recovered && !store.isBroken();
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SHUTDOWN COMPACT");
    } catch (SQLException e) {
      if (!EmbeddedDatabase.CLOSED.equals(e.getSQLState())) {
        throw e;
      }
    }
    if (complete && file.isFinished()) {
      file.disk().sync(file.file().resolveSibling(""));
      journal.deleteAll();
    }
  }
}
