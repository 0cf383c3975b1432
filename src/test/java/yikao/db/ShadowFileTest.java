package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that H2 writes to. */
final class ShadowFileTest {
  private static final int LENGTH = 64 * Pages.SIZE;

  @TempDir private Path folder;

  /** H2 reads pages from the buffer that another thread is writing. */
  @Test
  void buffer_keepsItsLimitWhileItIsWritten() throws Exception {
    var file = new ShadowFile(folder.resolve("test.mv.db"), Disk.LOCAL);
    var lock = file.tryLock(0, Long.MAX_VALUE, false);
    var buffer = ByteBuffer.allocate(LENGTH);
    var moved = new AtomicBoolean();
    var written = new AtomicBoolean();
    var reader =
        Thread.ofPlatform()
            .start(() -> {
              while (!written.get()) {
                moved.compareAndSet(false, buffer.limit() != LENGTH);
              }
            });
    for (var i = 0; i < 200; i++) {
      file.write(buffer.position(0), 0);
      assertThat(buffer.position()).isEqualTo(LENGTH);
    }
    written.set(true);
    reader.join();
    assertThat(moved).isFalse();
    lock.release();
    file.close();
  }

  /** A closed one must not hold the file: a database that broke off is opened again. */
  @Test
  void closed_staysClosedWhoeverAsks() throws Exception {
    var path = folder.resolve("test.mv.db");
    var broken = new ShadowFile(path, Disk.LOCAL);
    assertThat(broken.tryLock(0, Long.MAX_VALUE, false)).isNotNull();
    broken.write(ByteBuffer.allocate(LENGTH), 0);
    broken.close();
    assertThatThrownBy(broken::size).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(broken::bytesOnDisk).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> broken.read(ByteBuffer.allocate(1), 0))
        .isInstanceOf(ClosedChannelException.class);
    try (var again = new ShadowFile(path, Disk.LOCAL)) {
      assertThat(again.tryLock(0, Long.MAX_VALUE, false)).isNotNull();
    }
  }
}
