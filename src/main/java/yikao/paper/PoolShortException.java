package yikao.paper;

/** The pool cannot fill the blueprint. */
public final class PoolShortException extends RuntimeException {
  private final transient Shortage shortage;

  PoolShortException(Shortage shortage) {
    super("section %d lacks %d".formatted(shortage.section(), shortage.missing()));
    this.shortage = shortage;
  }

  /** Which section is short, and by how many. */
  public Shortage shortage() {
    return shortage;
  }
}
