package yikao.db;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.db.EmbeddedDatabase.Fill;

/**
 * Keeps the file of an embedded H2 from running away: it is compacted at a quiet moment once it has
 * grown to several times what it holds, and whatever the moment once it has grown so far that its
 * pieces would fill the memory; and where what was overwritten is not to stay in it. Calls wait
 * meanwhile, and none fails.
 */
@Singleton
public final class Compaction implements PeriodicTask {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
  private static final long SMALL = 64L << 20;
  private static final int TIMES = 4;
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** Each leaves some 300 bytes in the heap for as long as the file is not compacted. */
  private static final int MOST_COMMITS = 60_000;

  private final EmbeddedDatabases.Embedded embedded;
  private long lookedAt;
  private volatile boolean wanted;

  Compaction(EmbeddedDatabases.Embedded embedded) {
    this.embedded = embedded;
  }

  /**
   * At the next quiet moment writes the file anew, without what was overwritten or deleted; does
   * nothing on PostgreSQL.
   */
  public void want() {
    wanted = true;
  }

  @Override
  public String name() {
    return "compaction";
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(5);
  }

  @Override
  public boolean isWanted() {
    return embedded.database().isPresent();
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    embedded.database().ifPresent(this::compactWhereDue);
  }

  private void compactWhereDue(EmbeddedDatabase database) {
    try {
      var isWanted = wanted && database.quiet().compareTo(QUIET) >= 0;
      if (isWanted || database.commits() > MOST_COMMITS || isWorthIt(database)) {
        compact(database);
      }
    } catch (SQLException | IOException e) {
      LOG.error("the database could not be compacted", e);
    }
  }

  private boolean isWorthIt(EmbeddedDatabase database) throws SQLException {
    var bytes = database.bytes();
    if (bytes <= SMALL || bytes == lookedAt || database.quiet().compareTo(QUIET) < 0) {
      return false;
    }
    lookedAt = bytes;
    return hasGrown(database.fill());
  }

  static boolean hasGrown(Fill fill) {
    return fill.bytes() > Math.max(SMALL, TIMES * fill.live());
  }

  private void compact(EmbeddedDatabase database) throws SQLException, IOException {
    var before = database.bytes();
    var began = System.nanoTime();
    if (database.compact()) {
      wanted = false;
      LOG.atInfo()
          .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
          .addKeyValue("before", before)
          .addKeyValue("after", database.bytes())
          .log("database compacted");
    }
  }
}
