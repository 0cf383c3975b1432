package yikao.db;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** Finds out whether the database is an embedded H2 in a file. */
@Factory
public final class EmbeddedDatabases {
  /** What acknowledged writes survive. */
  enum Survives {
    /** The end of the process and a power cut. */
    POWER,
    /** The end of the process. */
    PROCESS
  }

  /**
   * The address of a database in a file.
   *
   * @param file without the file's ending
   */
  public static String url(Path file) {
    return EmbeddedDatabase.url(file);
  }

  /**
   * The embedded database, where there is one. Whatever uses the database depends on this, so that
   * it is closed last.
   */
  @Singleton
  @Bean(preDestroy = "close")
  Embedded embedded(
      DataSource dataSource,
      DSLContext database,
      MeterRegistry meters,
      @Value("${yikao.database.durability:POWER}") Survives survives)
      throws SQLException, IOException {
    var path = Dialect.of(database) == Dialect.H2 ? path(database) : Optional.<Path>empty();
    var found =
        path.isEmpty()
            ? Optional.<EmbeddedDatabase>empty()
            : Optional.of(
                new EmbeddedDatabase(
                    dataSource.unwrap(HikariDataSource.class),
                    path.get(),
                    survives == Survives.POWER));
    if (found.isPresent()) {
      found.get().syncFolder();
    }
    path.ifPresent(file ->
        Gauge.builder("yikao.database.bytes", file, f -> f.toFile().length()).register(meters));
    return new Embedded(found);
  }

  /** Absent for an H2 in memory. */
  private static Optional<Path> path(DSLContext database) {
    var path = database.fetchSingle("select database_path()").get(0, String.class);
    return Optional.ofNullable(path)
        .map(p -> p.substring(p.indexOf(':') + 1) + ".mv.db")
        .map(Path::of);
  }

  /** The embedded database, or none. */
  record Embedded(Optional<EmbeddedDatabase> database) implements AutoCloseable {
    /** What it takes to make commits durable. */
    Durability durability() {
      return database.<Durability>map(d -> d).orElse(Durability.BY_COMMIT);
    }

    @Override
    public void close() {
      database.ifPresent(EmbeddedDatabase::close);
    }
  }
}
