package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
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
}
