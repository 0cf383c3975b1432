package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  @TempDir private Path folder;

  private EmbeddedFile database() {
    return new EmbeddedFile(folder.resolve("data/database/yikao"));
  }

  private DataFolder data() {
    return new DataFolder(folder.resolve("data"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void newFolder_isMadeForItsOwnerAlone() throws IOException {
    data().hold().close();
    data().prepare(database());
    assertThat(mode(folder.resolve("data/restore.lock"))).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("data"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("data/database"))).isEqualTo("rwx------");
  }

  @Test
  void folderOfBefore_isClosed_andWhatIsNotTheServicesStays() throws IOException {
    var own =
        List.of("database/yikao.mv.db", "database.before-x/yikao.mv.db", "backups/yikao-1.zip");
    for (var name : own) {
      open(name);
    }
    open("others/note.txt");
    Files.setPosixFilePermissions(
        folder.resolve("data"), PosixFilePermissions.fromString("rwxr-xr-x"));
    data().close();
    for (var name : own) {
      var path = folder.resolve("data").resolve(name);
      assertThat(mode(path)).as(name).isEqualTo("rw-------");
      assertThat(mode(path.getParent())).as(name).isEqualTo("rwx------");
    }
    assertThat(mode(folder.resolve("data/others/note.txt"))).isEqualTo("rw-r--r--");
  }

  /** As {@code /var}, which others need. */
  @Test
  void folderThatWasThere_isLeftAsItIs() throws IOException {
    open("database/yikao.mv.db");
    for (var mode : List.of("rwxr-xr-x", "rwxrwxrwx")) {
      Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString(mode));
      data().close();
      assertThat(mode(folder.resolve("data"))).isEqualTo(mode);
      assertThat(mode(folder.resolve("data/database"))).isEqualTo("rwx------");
    }
  }

  private void open(String name) throws IOException {
    var path = folder.resolve("data").resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "x");
    Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void fileInPlaceOfAFolder_isRefusedByItsName() throws IOException {
    for (var name : List.of("database", "backups")) {
      Files.createDirectories(folder.resolve("data"));
      var file = Files.writeString(folder.resolve("data").resolve(name), "x");
      assertThatThrownBy(() -> data().prepare(database()))
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("yikao.data");
      Files.delete(file);
    }
  }

  /** Deleted, on a disk that is not mounted, or between the two renames of a restore. */
  @Test
  void missingDatabase_besideWhatWasBefore_isNotMadeAnew() throws IOException {
    for (var before :
        List.of("database.new", "database.before-20260701T080000.000Z", "backups/yikao-1.zip")) {
      var left = Files.createDirectories(folder.resolve("data").resolve(before));
      assertThatThrownBy(() -> data().prepare(database()))
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining(database().file() + " is missing")
          .hasMessageContaining(left.toString())
          .hasMessageContaining("bin/yikao restore");
      assertThat(folder.resolve("data/database")).doesNotExist();
      open("database/yikao.mv.db");
      data().prepare(database());
      Files.delete(folder.resolve("data/database/yikao.mv.db"));
      Files.delete(folder.resolve("data/database"));
      Files.delete(left);
    }
    data().prepare(database());
  }

  @Test
  void twoAtOnce_areRefused_andTheNextAfterTheFirstIsNot() {
    try (var _ = data().hold()) {
      assertThatThrownBy(() -> data().hold().close())
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining(folder.resolve("data").toString());
    }
    data().hold().close();
  }

  @Test
  void addresses_ofFiles() {
    Map.of(
            "jdbc:h2:/a/b;MODE=PostgreSQL", "/a/b.mv.db",
            "jdbc:h2:file:/a/b", "/a/b.mv.db",
            "jdbc:h2:async:/a/b;X=1", "/a/b.mv.db",
            "jdbc:h2:~/b", System.getProperty("user.home") + "/b.mv.db")
        .forEach((url, file) ->
            assertThat(EmbeddedFile.of(url).orElseThrow().file()).isEqualTo(Path.of(file)));
    assertThat(EmbeddedFile.of("jdbc:h2:mem:x;DB_CLOSE_DELAY=-1")).isEmpty();
    assertThat(EmbeddedFile.of("jdbc:postgresql://x/y")).isEmpty();
  }
}
