package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup replaces what is there only where all of it is as it was written. */
final class RestoreBackupTest {
  private static final int PLACES = 12;
  private static final Instant NOW = Instant.parse("2026-07-01T08:00:00Z");

  @TempDir private Path folder;
  private SavedBackup saved;
  private Path data;
  private byte[] live;
  private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void save() throws Exception {
    data = folder.resolve("data");
    saved = SavedBackup.in(data);
  }

  /** Something that is in no backup. */
  private void goOn() throws Exception {
    saved.run(s -> s.execute("insert into \"attempt\" values (1000, 'later')"));
    live = Files.readAllBytes(saved.file());
  }

  private String restore(Path backup) throws IOException {
    return restoring(Disk::sync).restore(backup, SavedBackup.LOGIN, NOW);
  }

  private RestoreBackup restoring(RestoreBackup.Sync sync) {
    return new RestoreBackup(data, sync);
  }

  private void assertRefused(byte[] backup, String as) throws IOException {
    var zip = Files.write(folder.resolve("refused.zip"), backup);
    assertThatThrownBy(() -> restore(zip))
        .as(as)
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("备份");
    assertThat(Files.readAllBytes(saved.file())).as(as).isEqualTo(live);
    try (var files = Files.list(data)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .as(as)
          .noneMatch(f -> f.startsWith("database."));
    }
  }

  private static byte[] flipped(byte[] bytes, long bit) {
    var flipped = bytes.clone();
    flipped[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    return flipped;
  }

  @Test
  void backup_isRestoredAndCounted_andWhatWasThereStaysBeside() throws Exception {
    var backup = saved.made();
    goOn();
    var said = restore(backup);
    assertThat(said)
        .contains("quizzes 2", "participants 1", "attempts 50", "results 3", "database.before-")
        .doesNotContain("note:");
    saved.run(statement -> {
      try (var rows = statement.executeQuery("select max(id) from \"attempt\"")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(49);
      }
    });
    assertThat(mode(saved.file())).isEqualTo("rw-------");
    assertThat(mode(saved.file().getParent())).isEqualTo("rwx------");
    assertThat(Files.readAllBytes(asides().getFirst().resolve(RestoreBackup.FILE))).isEqualTo(live);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private List<Path> asides() throws IOException {
    try (var files = Files.list(data)) {
      return files.filter(f -> f.getFileName().toString().contains(".before-")).sorted().toList();
    }
  }

  @Test
  void restoresAtOneMoment_keepAllThatWasThere() throws Exception {
    var backup = saved.made();
    for (var n = 1; n <= 3; n++) {
      restore(backup);
      assertThat(asides()).hasSize(n);
    }
    assertThat(asides())
        .extracting(path -> path.getFileName().toString())
        .containsExactly(
            "database.before-20260701T080000.000Z",
            "database.before-20260701T080000.000Z-2",
            "database.before-20260701T080000.000Z-3");
  }

  /** Each says what has come in place: its own backup, or nothing. */
  @Test
  void restoresBesideEachOther_areOneAfterTheOther() throws Exception {
    var backups = new ArrayList<Path>();
    for (var more = 0; more < 4; more++) {
      var id = 1_000 + more;
      backups.add(Files.move(saved.made(), folder.resolve("backup%d.zip".formatted(more))));
      saved.run(s -> s.execute("insert into \"attempt\" values (%d, 'x')".formatted(id)));
    }
    var done = new AtomicInteger();
    var begun = new CyclicBarrier(backups.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < backups.size(); n++) {
        var backup = backups.get(n);
        var attempts = "attempts %d,".formatted(50 + n);
        var _ =
            threads.submit(() -> {
              begun.await();
              for (var i = 0; i < 5; i++) {
                try {
                  assertThat(restore(backup)).contains(attempts);
                  done.incrementAndGet();
                } catch (DatabaseRefusedException e) {
                  assertThat(e).hasMessageContaining("under way");
                } catch (Throwable e) {
                  wrong.add(e);
                }
              }
              return backup;
            });
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(done).hasPositiveValue();
    assertThat(asides()).hasSize(done.get());
    assertThat(data.resolve(DataFolder.RESTORED)).doesNotExist();
  }

  @Test
  void whileTheServiceStarts_isRefused() throws Exception {
    var backup = saved.made();
    try (var _ = new DataFolder(data).hold()) {
      assertThatThrownBy(() -> restore(backup))
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining("under way");
    }
    assertThat(restore(backup)).contains("restored");
  }

  /** From before it is checked until it has been moved aside. */
  @Test
  void databaseIsLocked_andNoServiceStarts_whileItIsReplaced() throws Exception {
    var backup = saved.made();
    var refused = new ArrayList<String>();
    restoring(
            path -> {
              if (!path.equals(data)) { // until it is moved
                assertThatThrownBy(() -> saved.run(_ -> {})).hasMessageContaining("already in use");
              }
              assertThatThrownBy(() -> new DataFolder(data).hold().close())
                  .isInstanceOf(DatabaseRefusedException.class);
              refused.add(path.getFileName().toString());
            })
        .restore(backup, SavedBackup.LOGIN, NOW);
    assertThat(refused).isNotEmpty();
  }

  /** A file and its name are on the disk before what was there is moved. */
  @Test
  void restored_isSyncedBeforeItTakesItsPlace_andAfter() throws Exception {
    var backup = saved.made();
    var synced = new ArrayList<String>();
    restoring(path ->
            synced.add(
                data.getParent().relativize(path) + (asides().isEmpty() ? " before" : " after")))
        .restore(backup, SavedBackup.LOGIN, NOW);
    assertThat(synced)
        .containsExactly(
            "data/database.new/yikao.mv.db before", "data/database.new before", "data after");
  }

  @Test
  void diskThatFailsAfterwards_isANote_sinceTheDataAreReplaced() throws Exception {
    var backup = saved.made();
    goOn();
    var said =
        restoring(
                path -> {
                  if (path.equals(data)) {
                    throw new IOException("Input/output error");
                  }
                })
            .restore(backup, SavedBackup.LOGIN, NOW);
    assertThat(said).contains("restored:", "note: a power cut", "Input/output error");
    assertThat(Files.readAllBytes(saved.file())).isNotEqualTo(live);
  }

  @Test
  void diskThatFailsBefore_leavesAllAsItWas() throws Exception {
    var backup = saved.made();
    goOn();
    assertThatThrownBy(() ->
            restoring(
                    _ -> {
                      throw new IOException("Input/output error");
                    })
                .restore(backup, SavedBackup.LOGIN, NOW))
        .isInstanceOf(IOException.class);
    assertThat(Files.readAllBytes(saved.file())).isEqualTo(live);
    assertThat(asides()).isEmpty();
  }

  @Test
  void settingsOfAnotherDatabase_areRefused() {
    var restore = restoring(Disk::sync);
    restore.requireInUse("");
    restore.requireInUse(EmbeddedDatabase.url(data.resolve("database/yikao")));
    for (var url :
        List.of(
            "jdbc:postgresql://db/yikao?password=hidden",
            EmbeddedDatabase.url(folder.resolve("elsewhere/yikao")))) {
      assertThatThrownBy(() -> restore.requireInUse(url))
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining("yikao.database.url=" + url.replaceFirst("[?;].*", ""))
          .hasMessageNotContaining("hidden");
    }
  }

  /** Another backup would not help. */
  @Test
  void passwordOfAnother_isRefusedWithTheSettings() throws Exception {
    var backup = saved.made();
    assertThatThrownBy(() ->
            restoring(Disk::sync).restore(backup, new RestoreBackup.Login("sa", "wrong"), NOW))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("yikao.database.password")
        .hasMessageNotContaining("use another one");
  }

  @Test
  void oneFlippedBit_isRefused_whereverItIs() throws Exception {
    var backup = Files.readAllBytes(saved.made());
    goOn();
    var random = new Random(13);
    for (var i = 0; i < PLACES; i++) {
      var bit = random.nextLong(backup.length * 8L);
      assertRefused(flipped(backup, bit), "bit " + bit);
    }
    // the directory of the zip and the seal
    for (var bit = 0L; bit < 600 * 8; bit += 7) {
      var place = backup.length * 8L - 1 - bit;
      assertRefused(flipped(backup, place), "bit " + place);
    }
  }

  @Test
  void whatIsNoBackup_isRefused() throws Exception {
    var backup = Files.readAllBytes(saved.made());
    goOn();
    assertRefused(new byte[0], "empty");
    assertRefused("not a backup!\n".getBytes(StandardCharsets.UTF_8), "14 bytes");
    var random = new Random(14);
    for (var i = 0; i < PLACES; i++) {
      var length = random.nextInt(backup.length);
      assertRefused(Arrays.copyOf(backup, length), "the first %d bytes".formatted(length));
    }
    assertRefused(Arrays.copyOf(backup, backup.length + 1), "a byte more");
    var sealless = backup.length - BackupArchive.SEAL_LENGTH;
    assertRefused(Arrays.copyOf(backup, sealless), "without its seal");
    assertRefused(zip("other.txt", "x".getBytes(StandardCharsets.UTF_8)), "another zip");
    assertThatThrownBy(() -> restore(folder.resolve("none.zip")))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("none.zip");
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    var path = Files.createTempFile("yikao", ".zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    var bytes = Files.readAllBytes(path);
    Files.delete(path);
    return bytes;
  }

  /** The seal is right, and yet it holds nothing that the service could use. */
  @Test
  void archiveWithoutTheServicesDatabase_isRefused() throws Exception {
    goOn();
    assertRefused(
        zip(RestoreBackup.FILE, "not a database".getBytes(StandardCharsets.UTF_8)),
        "14 bytes in a zip");
    var other = folder.resolve("other");
    var empty = new SavedBackup(other);
    Files.createDirectories(empty.file().getParent());
    empty.run(s -> s.execute("create table note (id int)"));
    assertRefused(Files.readAllBytes(empty.made()), "another database");
  }

  /** As the operators' page says how to look by hand. */
  @Test
  void seal_isOfAllThatIsBeforeIt() throws Exception {
    var backup = Files.readAllBytes(saved.made());
    var before = Arrays.copyOf(backup, backup.length - 71);
    var digest = MessageDigest.getInstance("SHA-256").digest(before);
    assertThat(new String(backup, backup.length - 64, 64, StandardCharsets.US_ASCII))
        .isEqualTo(HexFormat.of().formatHex(digest));
  }

  @Test
  void backupOfAnEarlierRelease_isCountedAndRestored_withANote() throws Exception {
    var backup = saved.madeByEarlierRelease();
    goOn();
    assertThat(restore(backup)).contains("note:", "attempts 50");
  }

  /** It had its results with its attempts. */
  @Test
  void databaseOfTheFirstRelease_isCountedAndRestored() throws Exception {
    try (var gz = RestoreBackupTest.class.getResourceAsStream("/saved/first-release.mv.db.gz");
        var unpacked = new GZIPInputStream(Objects.requireNonNull(gz))) {
      var zip =
          Files.write(
              folder.resolve("first.zip"), zip(RestoreBackup.FILE, unpacked.readAllBytes()));
      assertThat(restore(zip)).contains("attempts 2", "results -");
    }
  }

  /** The zip itself has a checksum of its database. */
  @Test
  void backupOfAnEarlierRelease_withAFlippedBitInItsDatabase_isRefused() throws Exception {
    var backup = Files.readAllBytes(saved.madeByEarlierRelease());
    goOn();
    var random = new Random(15);
    for (var i = 0; i < PLACES; i++) {
      var bit = 8L * (100 + random.nextInt(backup.length - 400));
      assertRefused(flipped(backup, bit), "bit " + bit);
    }
  }

  @Test
  void backup_isForItsOwnerAlone_andRemovesWhatAKillHasLeft() throws Exception {
    var folder = Files.createDirectories(Backups.folder(data));
    Files.writeString(folder.resolve("yikao-20260101T000000.000Z.zip.new"), "half");
    var backup = saved.made();
    var left = new ArrayList<Path>();
    try (var files = Files.list(folder)) {
      files.forEach(left::add);
    }
    assertThat(left).containsExactly(backup);
    assertThat(mode(backup)).isEqualTo("rw-------");
  }
}
