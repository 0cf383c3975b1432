package yikao.db;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;

/** A folder of data with a small database in it that is not open, and backups of it. */
record SavedBackup(Path data) {
  static final RestoreBackup.Login LOGIN = new RestoreBackup.Login("sa", "");

  static SavedBackup in(Path folder) throws Exception {
    var saved = new SavedBackup(Files.createDirectories(folder));
    Files.createDirectories(saved.file().getParent());
    saved.run(statement -> {
      for (var table : new String[] {"quiz", "participant", "attempt", "result"}) {
        statement.execute("create table \"%s\" (id int primary key, t varchar)".formatted(table));
      }
      statement.execute("insert into \"quiz\" values (1, 'a'), (2, 'b')");
      for (var i = 0; i < 50; i++) {
        statement.execute("insert into \"attempt\" values (%d, '%s')".formatted(i, noise(i)));
      }
      statement.execute("insert into \"result\" values (1, 'a'), (2, 'b'), (3, 'c')");
      statement.execute("insert into \"participant\" values (7, 'g')");
    });
    return saved;
  }

  private static String noise(int seed) {
    var noise = new byte[200];
    new Random(seed).nextBytes(noise);
    return HexFormat.of().formatHex(noise);
  }

  /** What is done with the open database. */
  interface Work {
    void with(Statement statement) throws Exception;
  }

  void run(Work work) throws Exception {
    var url = EmbeddedDatabase.url(EmbeddedFile.at(file()).base());
    try (var connection = DriverManager.getConnection(url, LOGIN.user(), LOGIN.password());
        var statement = connection.createStatement()) {
      work.with(statement);
      BackupContents.shutDown(statement);
    }
  }

  Path file() {
    return data.resolve("database").resolve(RestoreBackup.FILE);
  }

  /** As the service makes it. */
  Path made() throws Exception {
    var made = new Path[1];
    run(statement ->
        made[0] =
            Backups.write(
                Backups.folder(data),
                Instant.now(),
                zip -> statement.execute("backup to '%s'".formatted(zip))));
    return made[0];
  }

  /** As releases before this one made it. */
  Path madeByEarlierRelease() throws Exception {
    var zip = data.resolve("earlier.zip");
    run(statement -> statement.execute("backup to '%s'".formatted(zip)));
    return zip;
  }
}
