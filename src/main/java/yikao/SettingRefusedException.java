package yikao;

/** A setting that does not exist or has a wrong value; the message says what to mend. */
final class SettingRefusedException extends RuntimeException {
  SettingRefusedException(String message) {
    super(message);
  }
}
