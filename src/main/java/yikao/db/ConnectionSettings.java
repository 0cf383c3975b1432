package yikao.db;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the service connects. What the URL says goes before.
 *
 * <p>PostgreSQL: a server that is silent for long counts as lost: a frozen one, or a network that
 * swallows what is sent, must not keep callers for ever. A migration may take longer, see {@link
 * MigrationTimeout}. Statements are prepared once and their plans kept. A plan made while a table
 * is nearly empty, as that of running attempts is before a contest, would read the whole table ever
 * after; so indexes are always used where there are any.
 *
 * <p>H2: calls can be held while the file is compacted, and a connection to a database that has
 * closed itself (after a failed write) is not used again, so that the next one opens it.
 */
@Singleton
final class ConnectionSettings implements BeanCreatedEventListener<DatasourceConfiguration> {
  /**
   * After how many idle milliseconds the pool looks whether a connection is still open: each time,
   * since one may have been made while the file was about to be compacted. Over H2 that takes no
   * round trip.
   */
  static final String LOOKED_AT_AFTER = "com.zaxxer.hikari.aliveBypassWindowMs";

  /** Seconds without a byte of an answer; no statement of a request may take longer. */
  static final int SILENCE = 10;

  private static final Map<String, String> POSTGRESQL =
      Map.of(
          "socketTimeout", Integer.toString(SILENCE),
          "connectTimeout", "2",
          "loginTimeout", "2",
          "tcpKeepAlive", "true",
          "options", "-c enable_seqscan=off -c enable_hashjoin=off -c jit=off",
          "ApplicationName", "yikao");

  private final DataFolder data;

  ConnectionSettings(@Value("${yikao.data}") String data) {
    this.data = new DataFolder(Path.of(data));
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    var configuration = event.getBean();
    if (configuration.getUrl().startsWith("jdbc:postgresql:")) {
      POSTGRESQL.forEach(configuration::addDataSourceProperty);
    } else {
      EmbeddedFile.of(configuration.getUrl()).ifPresent(file -> open(file, configuration));
      configuration.setAllowPoolSuspension(true);
      configuration.setExceptionOverrideClassName(ClosedConnections.class.getName());
      System.setProperty(LOOKED_AT_AFTER, "0");
    }
    data.close();
    return configuration;
  }

  private void open(EmbeddedFile file, DatasourceConfiguration configuration) {
    try (var _ = data.hold()) {
      OldJournal.requireReplayed(file);
      data.prepare(file);
      file.requireOpens(
          configuration.getUrl(), configuration.getUsername(), configuration.getPassword());
    }
    DataFolder.closeQuietly(file.file());
  }
}
