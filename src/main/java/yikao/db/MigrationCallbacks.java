package yikao.db;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.flywaydb.core.api.callback.Callback;

/** What is done around migrations; Flyway's configuration takes an array, and no single beans. */
@Factory
final class MigrationCallbacks {
  @Singleton
  @Named("default")
  Callback[] callbacks(@Value("${yikao.data}") String data) {
    return new Callback[] {
      new MigrationTimeout(), new PostgresStorage(), new UpgradeBackup(Path.of(data))
    };
  }
}
