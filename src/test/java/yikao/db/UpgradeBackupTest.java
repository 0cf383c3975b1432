package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeBackupTest {
  @TempDir Path folder;

  @Test
  void migrating_newDatabase_makesNoBackup() {
    migrate();

    assertThat(Backups.folder(folder)).doesNotExist();
  }

  @Test
  void migrating_databaseWithContent_makesOneBackup() throws Exception {
    try (var connection = DriverManager.getConnection(url(), "sa", "");
        var statement = connection.createStatement()) {
      statement.execute("create table \"question\" (id int)");
      statement.execute("insert into \"question\" values (1)");
    }

    migrate();

    try (var made = Files.list(Backups.folder(folder))) {
      assertThat(made).hasSize(1);
    }
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(url(), "sa", "")
        .locations("classpath:none")
        .failOnMissingLocations(false)
        .javaMigrations(new Nothing("1"), new Nothing("2"))
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .callbacks(new UpgradeBackup(folder))
        .load()
        .migrate();
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("database/test");
  }

  /** A migration that changes nothing. */
  private record Nothing(String name) implements JavaMigration {
    @Override
    public MigrationVersion getVersion() {
      return MigrationVersion.fromVersion(name);
    }

    @Override
    public String getDescription() {
      return name;
    }

    @Override
    public @Nullable Integer getChecksum() {
      return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
      return true;
    }

    @Override
    public void migrate(Context context) {
      // nothing
    }
  }
}
