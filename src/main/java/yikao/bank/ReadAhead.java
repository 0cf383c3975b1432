package yikao.bank;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bank's files, read on a thread of their own while the first thread is busy with everything
 * that has to be there before a bank. They are taken once: later loads read what the files say
 * then.
 */
final class ReadAhead {
  private static final AtomicReference<@Nullable ReadAhead> BEGUN = new AtomicReference<>();

  private final Path folder;
  private final FutureTask<BankFiles> files;

  private ReadAhead(Path folder) {
    this.folder = folder;
    this.files = new FutureTask<>(() -> BankReader.read(folder));
  }

  static void begin(Path folder) {
    var ahead = new ReadAhead(folder);
    if (BEGUN.compareAndSet(null, ahead)) {
      Thread.ofPlatform().name("bank-reader").daemon().start(ahead.files);
    }
  }

  /** What was read of this folder, or else reading it now. */
  static Supplier<BankFiles> take(Path folder) {
    var ahead = BEGUN.getAndSet(null);
    return ahead != null && ahead.folder.equals(folder)
        ? ahead::files
        : () -> BankReader.read(folder);
  }

  private BankFiles files() {
    try {
      return files.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    }
  }
}
