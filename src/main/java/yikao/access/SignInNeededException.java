package yikao.access;

/** A page of the console was asked for by nobody who is signed in, or may see it already. */
final class SignInNeededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String where;

  /**
   * Not signed in.
   *
   * @param where to go first
   */
  SignInNeededException(String where) {
    super(where, null, false, false);
    this.where = where;
  }

  String where() {
    return where;
  }
}
