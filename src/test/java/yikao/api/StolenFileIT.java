package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.db.FileBytes;

/** The files of an embedded H2, as they are shipped: the thief looks at every byte. */
final class StolenFileIT extends StolenContract {
  private Path data = Path.of("");

  @Override
  Map<String, Object> database() throws Exception {
    data = Files.createTempDirectory("yikao-stolen");
    Files.createDirectories(data.resolve("database"));
    return Map.of(
        "yikao.data",
        data.toString(),
        "yikao.database.url",
        TestService.file(data.resolve("database")));
  }

  /** While the service runs, so that nothing is compacted and all that ever was is there. */
  @Test
  void everyByteOfEveryFile_holdsNoSecret() throws IOException {
    assertThat(api.post("/api/backups", "{}", TestService.editorToken()).status())
        .isBetween(200, 299);
    var files = files();
    assertThat(files.keySet()).anyMatch(n -> n.endsWith(".mv.db")).anyMatch(n -> n.contains("zip"));
    assertThat(files.values().stream().filter(bytes -> bytes.hold(open())).count())
        .as("it does find what is there, in the file and in the backup")
        .isGreaterThan(1);
    files.forEach((name, bytes) ->
        secrets()
            .forEach((what, secret) ->
                assertThat(bytes.hold(secret)).as("%s in %s", what, name).isFalse()));
  }

  /** Those in the data folder, and what is in the backups. */
  private Map<String, FileBytes> files() throws IOException {
    var files = new TreeMap<String, FileBytes>();
    try (var walk = Files.walk(data)) {
      for (var file : walk.filter(Files::isRegularFile).toList()) {
        var name = data.relativize(file).toString();
        files.put(name, FileBytes.of(file));
        if (name.endsWith(".zip")) {
          try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
              files.put(name + "!" + entry.getName(), new FileBytes(zip.readAllBytes()));
            }
          }
        }
      }
    }
    return files;
  }
}
