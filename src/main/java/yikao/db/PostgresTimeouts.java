package yikao.db;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * How long a PostgreSQL may be silent before it counts as lost: a frozen one, or a network that
 * swallows what is sent, must not keep callers for ever. What the URL says goes before. A migration
 * may take longer, see {@link MigrationTimeout}.
 */
@Singleton
final class PostgresTimeouts implements BeanCreatedEventListener<DatasourceConfiguration> {
  /** Seconds without a byte of an answer; no statement of a request may take longer. */
  static final int SILENCE = 10;

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "socketTimeout", Integer.toString(SILENCE),
          "connectTimeout", "2",
          "loginTimeout", "2",
          "tcpKeepAlive", "true",
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
