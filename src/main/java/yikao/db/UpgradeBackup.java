package yikao.db;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backs an embedded database up before the first migration that changes what is in it. */
final class UpgradeBackup implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(UpgradeBackup.class);
  private final Path folder;
  private boolean hasLooked;

  UpgradeBackup(Path data) {
    this.folder = Backups.folder(data);
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    if (hasLooked) {
      return;
    }
    hasLooked = true;
    try (var connection = context.getConfiguration().getDataSource().getConnection()) {
      if (isEmbeddedFile(connection) && holdsAnything(connection)) {
        var path = Backups.write(folder, Instant.now(), zip -> copy(connection, zip));
        LOG.atInfo().addKeyValue("path", path).log("backup made before the upgrade");
      }
    } catch (SQLException | IOException e) {
      throw new FlywayException("no backup could be made before the upgrade", e);
    }
  }

  private static boolean isEmbeddedFile(Connection connection) throws SQLException {
    return connection.getMetaData().getURL().startsWith("jdbc:h2:")
        && !connection.getMetaData().getURL().startsWith("jdbc:h2:mem:");
  }

  /** Not at the very first start. */
  private static boolean holdsAnything(Connection connection) throws SQLException {
    try (var tables = connection.getMetaData().getTables(null, null, "question", null)) {
      return tables.next();
    }
  }

  private static void copy(Connection connection, Path zip) throws SQLException {
    try (var statement = connection.prepareStatement("backup to ?")) {
      statement.setString(1, zip.toString());
      statement.execute();
    }
  }

  @Override
  public String getCallbackName() {
    return "upgrade-backup";
  }
}
