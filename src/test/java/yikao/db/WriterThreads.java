package yikao.db;

/**
 * Threads of tests that write in commit sequences of their own, as the threads of group commit do.
 */
public final class WriterThreads {
  private WriterThreads() {}

  /** A thread with a commit sequence of its own. */
  public static Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .unstarted(() -> {
          CommitSequence.enter();
          work.run();
        });
  }
}
