package yikao.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsFileTest {
  @TempDir private Path folder;

  /**
   * The database knows keys durably a moment later, and wants them from then on: so they are on the
   * disk before they get their name, and then the name is.
   */
  @Test
  void addedKeys_areSynced_andSoIsTheNameOfTheirFile() throws IOException {
    var path = folder.resolve("new").resolve("secrets.properties");
    var dump = folder.resolve("events.jfr");
    try (var recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold();
      recording.start();
      new SecretsFile(path).add(Map.of(SecretsFile.PARTICIPANT, new byte[32]));
      recording.stop();
      recording.dump(dump);
    }
    assertThat(RecordingFile.readAllEvents(dump))
        .extracting(event -> event.getString("path"))
        .containsSubsequence(folder.toString(), path + ".new", path.getParent().toString());
    try (var files = Files.list(path.getParent())) {
      assertThat(files).containsExactly(path);
    }
    assertThat(new SecretsFile(path).read()).containsOnlyKeys(SecretsFile.PARTICIPANT);
  }
}
