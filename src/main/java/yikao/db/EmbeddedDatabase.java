package yikao.db;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/**
 * The embedded H2's address, and its end. Whatever uses the database depends on its durability, so
 * that it is closed last.
 */
@Factory
public final class EmbeddedDatabase {
  /** What the connection says that has just shut the database down. */
  static final String CLOSED = "90121";

  /**
   * What an embedded H2 needs to behave as PostgreSQL does. Its own durability does not matter (see
   * {@link ShadowFile}), so it may write late and use freed space at once.
   */
  private static final String MODE =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=2000"
          + ";RETENTION_TIME=1000;CACHE_SIZE=24576;QUERY_CACHE_SIZE=100"
          + ";TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";

  /** What acknowledged writes survive. */
  enum Survives {
    /** The end of the process and a power cut. */
    POWER,
    /** The end of the process. */
    PROCESS
  }

  /** The address of a database in a file, without the file's ending. */
  public static String url(Path file) {
    ShadowPath.register();
    return "jdbc:h2:" + ShadowPath.SCHEME + ":" + file + MODE;
  }

  @Singleton
  @Bean(preDestroy = "close")
  Durability durability(
      DataSource dataSource,
      DSLContext database,
      MeterRegistry meters,
      @Value("${yikao.database.durability:POWER}") Survives survives)
      throws SQLException, IOException {
    try (var connection = dataSource.getConnection()) {
      var store = EmbeddedStore.of(connection);
      if (store.isEmpty()) {
        // an H2 without a journal keeps tables for one writer at a time
        var server = Together.isApart(database);
        return new PlainDurability(dataSource, server ? Integer.MAX_VALUE : 1);
      }
      var limits = JournalDurability.Limits.usual(survives == Survives.POWER);
      return measured(
          new JournalDurability(dataSource, database.configuration(), store.get(), limits), meters);
    }
  }

  private static Durability measured(JournalDurability durability, MeterRegistry meters) {
    Gauge.builder("yikao.journal.bytes", durability, JournalDurability::journalBytes)
        .register(meters);
    Gauge.builder("yikao.database.bytes", durability, JournalDurability::fileBytes)
        .register(meters);
    return durability;
  }
}
