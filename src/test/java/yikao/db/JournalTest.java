package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's files. */
final class JournalTest {
  private static final UUID ID = UUID.randomUUID();
  private static final int SEGMENT = 4096;
  private static final int RECORDS = 100;
  @TempDir private Path folder;

  private Journal open() throws IOException {
    return new Journal(Disk.LOCAL, folder, ID, SEGMENT);
  }

  private static byte[] bytes(long sequence) {
    return "record %d %s".formatted(sequence, "x".repeat(100)).getBytes(StandardCharsets.UTF_8);
  }

  private void write(int from, int to) throws IOException {
    try (var journal = open()) {
      for (var i = from; i <= to; i++) {
        journal.append(i, bytes(i));
      }
    }
  }

  private List<Long> read(long after) throws IOException, SQLException {
    var found = new ArrayList<Long>();
    try (var journal = open()) {
      journal.after(
          after,
          entry -> {
            assertThat(entry.bytes()).isEqualTo(bytes(entry.sequence()));
            found.add(entry.sequence());
          });
    }
    return found;
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().startsWith("groups-")).sorted().toList();
    }
  }

  @Test
  void records_areReadInOrderAcrossSegments() throws Exception {
    write(1, RECORDS);
    assertThat(segments()).hasSizeGreaterThan(3);
    assertThat(read(0)).hasSize(RECORDS).isSorted();
    assertThat(read(40)).hasSize(60).startsWith(41L).endsWith(100L);
  }

  @Test
  void tornLastRecord_isNotRead() throws Exception {
    write(1, 5);
    var file = segments().getFirst();
    var all = Files.readAllBytes(file);
    all[64 + 5 * (16 + bytes(1).length) - 1] ^= 1;
    Files.write(file, all);
    assertThat(read(0)).containsExactly(1L, 2L, 3L, 4L);
    write(5, 6);
    assertThat(read(0)).as("what came afterwards").hasSize(6);
  }

  @Test
  void flippedBit_anywhereInTheLastRecordHidesIt() throws Exception {
    write(1, 3);
    var file = segments().getFirst();
    var all = Files.readAllBytes(file);
    var length = 16 + bytes(1).length;
    for (var at = 64 + 2 * length; at < 64 + 3 * length; at++) {
      var changed = all.clone();
      changed[at] ^= 4;
      Files.write(file, changed);
      assertThat(read(0)).as("byte %d", at).hasSize(2);
    }
  }

  @Test
  void flippedBit_beforeLaterSegmentsStopsTheReading() throws Exception {
    write(1, RECORDS);
    var file = segments().get(1);
    var all = Files.readAllBytes(file);
    all[200] ^= 1;
    Files.write(file, all);
    assertThatThrownBy(() -> read(0)).isInstanceOf(Journal.BrokenException.class);
  }

  @Test
  void gapAfterTheDatabase_stopsTheReading() throws Exception {
    write(50, 60);
    assertThat(read(49)).hasSize(11);
    assertThatThrownBy(() -> read(10)).isInstanceOf(Journal.BrokenException.class);
  }

  @Test
  void anotherDatabase_isRefused() throws Exception {
    write(1, 3);
    try (var other = new Journal(Disk.LOCAL, folder, UUID.randomUUID(), SEGMENT)) {
      assertThatThrownBy(() -> other.after(0, _ -> {})).hasMessageContaining("another database");
    }
  }

  @Test
  void deleteThrough_keepsWhatIsAfter() throws Exception {
    write(1, RECORDS);
    var before = segments().size();
    try (var journal = open()) {
      journal.deleteThrough(50);
    }
    assertThat(segments()).hasSizeLessThan(before);
    assertThat(read(50)).hasSize(50);
  }

  @Test
  void recordLargerThanASegment_getsItsOwn() throws Exception {
    try (var journal = open()) {
      journal.prepare();
      journal.append(1, bytes(1));
      journal.append(2, new byte[3 * SEGMENT]);
      journal.append(3, bytes(3));
      var sizes = new ArrayList<Integer>();
      journal.after(0, entry -> sizes.add(entry.bytes().length));
      assertThat(sizes).containsExactly(bytes(1).length, 3 * SEGMENT, bytes(3).length);
      journal.deleteAll();
    }
    assertThat(read(3)).isEmpty();
  }
}
