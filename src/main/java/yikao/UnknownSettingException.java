package yikao;

/** A setting under the service's own prefix that does not exist. */
final class UnknownSettingException extends RuntimeException {
  UnknownSettingException(String message) {
    super(message);
  }
}
