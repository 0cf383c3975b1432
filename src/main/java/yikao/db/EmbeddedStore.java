package yikao.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;

/** The store under an embedded H2, in a {@link ShadowFile}, as long as it is open. */
final class EmbeddedStore {
  /** How much of the file must be live, in percent: what is half empty costs least to empty. */
  private static final int LIVE_ENOUGH = 45;

  /** Up to where chunks, and the file that holds them, are filled then, in percent. */
  private static final int FULL_ENOUGH = 70;

  private static final int TRIES = 100;

  /** In bytes. */
  private static final int AT_ONCE = 32 << 20;

  private final Database database;
  private final MVStore store;
  private final ShadowFile file;

  private EmbeddedStore(Database database, MVStore store, ShadowFile file) {
    this.database = database;
    this.store = store;
    this.file = file;
  }

  /** The one under a connection; empty where that is another database, or H2 without a shadow. */
  static Optional<EmbeddedStore> of(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(JdbcConnection.class)) {
      return Optional.empty();
    }
    var database = session(connection).getDatabase();
    var store = database.getStore().getMvStore();
    var fileStore = store.getFileStore();
    if (fileStore == null || !fileStore.getFileName().startsWith(ShadowPath.SCHEME + ":")) {
      return Optional.empty();
    }
    return ShadowFile.of(ShadowPath.file(fileStore.getFileName()))
        .map(file -> new EmbeddedStore(database, store, file));
  }

  /** Whether a connection's transaction has changed anything that is not committed. */
  static boolean hasChanges(Connection connection) throws SQLException {
    return session(connection).hasPendingTransaction();
  }

  private static SessionLocal session(Connection connection) throws SQLException {
    return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
  }

  ShadowFile file() {
    return file;
  }

  /** Whether it closed itself, after a failure to write. */
  boolean isBroken() {
    return store.isClosed() || store.getPanicException() != null;
  }

  /** Lets go of one that has closed itself, so that the next connection opens it again. */
  void abandon() {
    database.shutdownImmediately();
  }

  /**
   * Gives back space that nothing live is in. H2 does so as well, but gives up while the file is
   * many times its content.
   *
   * @return whether anything was moved
   */
  boolean compact() throws IOException {
    try {
      if (store.getFileStore() instanceof RandomAccessStore chunks) {
        return compact(chunks);
      }
      return false;
    } catch (RuntimeException e) {
      throw new IOException("the database could not be compacted", e);
    }
  }

  private boolean compact(RandomAccessStore chunks) {
    if (chunks.getChunksFillRate() * chunks.getFillRate() / 100 >= LIVE_ENOUGH) {
      return false;
    }
    var rewritten =
        chunks.getChunksFillRate() < FULL_ENOUGH && chunks.compact(FULL_ENOUGH, AT_ONCE);
    if (rewritten) {
      store.commit();
    }
    var holes = chunks.getFillRate() < FULL_ENOUGH;
    if (holes) {
      chunks.compactMoveChunks(FULL_ENOUGH, AT_ONCE, store);
    }
    return rewritten || holes;
  }

  /** Writes what is committed to the file; what is on its way may still be. */
  void write() throws IOException {
    try {
      store.commit();
    } catch (RuntimeException e) {
      throw new IOException("the database could not be written", e);
    }
  }

  /**
   * Makes all that is committed the state of the next checkpoint. No transaction may be open.
   *
   * <p>H2 lists a chunk in the next one that it begins once that chunk is written. It begins chunks
   * before the last are written, so its newest may miss the one before, and a state cut off there
   * would refer to a chunk that nobody knows. So another is written when nothing is on its way, and
   * cut off only if nothing came in between.
   */
  void cut() throws IOException {
    try {
      for (var i = 0; i < TRIES; i++) {
        var atRest = new long[1];
        store.executeFilestoreOperation(() -> atRest[0] = store.getCurrentVersion());
        store.setStoreVersion(store.getStoreVersion()); // a change, so that a chunk is written
        if (store.commit() == atRest[0] + 1 && cutAt(atRest[0] + 1)) {
          return;
        }
      }
    } catch (RuntimeException e) {
      throw new IOException("the database could not be written", e);
    }
    throw new IOException("the database is never at rest");
  }

  private boolean cutAt(long version) {
    var cut = new boolean[1];
    store.executeFilestoreOperation(() -> {
      if (store.getCurrentVersion() == version) {
        try {
          file.cut();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        cut[0] = true;
      }
    });
    return cut[0];
  }
}
