package yikao.access;

/** The file of secrets cannot be used; the message says what the operator can do. */
public final class SecretsRefusedException extends RuntimeException {
  SecretsRefusedException(String message) {
    super(message);
  }
}
