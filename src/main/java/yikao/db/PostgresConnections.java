package yikao.db;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * How the service connects to PostgreSQL. What the URL says goes before.
 *
 * <p>A server that is silent for long counts as lost: a frozen one, or a network that swallows what
 * is sent, must not keep callers for ever. A migration may take longer, see {@link
 * MigrationTimeout}.
 *
 * <p>Statements are prepared once and their plans kept. A plan made while a table is nearly empty,
 * as that of running attempts is before a contest, would read the whole table ever after; so
 * indexes are always used where there are any.
 */
@Singleton
final class PostgresConnections implements BeanCreatedEventListener<DatasourceConfiguration> {
  /** Seconds without a byte of an answer; no statement of a request may take longer. */
  static final int SILENCE = 10;

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "socketTimeout", Integer.toString(SILENCE),
          "connectTimeout", "2",
          "loginTimeout", "2",
          "tcpKeepAlive", "true",
          "options", "-c enable_seqscan=off -c enable_hashjoin=off -c jit=off",
          "ApplicationName", "yikao");

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    var configuration = event.getBean();
    if (configuration.getUrl().startsWith("jdbc:postgresql:")) {
      PROPERTIES.forEach(configuration::addDataSourceProperty);
    }
    return configuration;
  }
}
