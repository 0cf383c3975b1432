package yikao.db;

/** Threads of tests that write in lanes of their own, as the threads of group commit do. */
public final class Lanes {
  private Lanes() {}

  /** A thread with a lane of its own. */
  public static Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .unstarted(() -> {
          Lane.enter();
          work.run();
        });
  }
}
