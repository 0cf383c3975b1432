package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeBackupTest {
  @TempDir Path folder;

  @Test
  void migrating_newDatabase_makesNoBackup() throws Exception {
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

  private void migrate() throws IOException {
    var migrations = Files.createDirectory(folder.resolve("migrations"));
    Files.writeString(migrations.resolve("V1__one.sql"), "create table one (id int);");
    Files.writeString(migrations.resolve("V2__two.sql"), "create table two (id int);");
    Flyway.configure()
        .dataSource(url(), "sa", "")
        .locations("filesystem:" + migrations)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .callbacks(new UpgradeBackup(folder))
        .load()
        .migrate();
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("database/test");
  }
}
