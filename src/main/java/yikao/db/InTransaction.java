package yikao.db;

/** Whether this thread is inside a transaction, where waiting for a group could wait for itself. */
final class InTransaction {
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private InTransaction() {}

  static boolean is() {
    return DEPTH.get() > 0;
  }

  static void enter() {
    DEPTH.set(DEPTH.get() + 1);
  }

  static void leave() {
    DEPTH.set(DEPTH.get() - 1);
  }
}
