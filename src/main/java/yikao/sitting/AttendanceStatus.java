package yikao.sitting;

import jakarta.inject.Singleton;
import yikao.web.EnumSerde;

/** Whether somebody of the roster was there, and why not. */
public enum AttendanceStatus {
  PRESENT,
  /** On leave (请假). */
  LEAVE,
  ILL,
  /** Away for work or living elsewhere (外出). */
  ELSEWHERE,
  /** Nobody could reach the person (联系不上). */
  NOT_REACHED;

  /** The name in the API and in tables. */
  public String code() {
    return EnumSerde.word(this);
  }

  static AttendanceStatus of(String code) {
    for (var status : values()) {
      if (status.code().equals(code)) {
        return status;
      }
    }
    throw new IllegalArgumentException(code);
  }

  /** How the API writes it. */
  @Singleton
  static final class Words extends EnumSerde<AttendanceStatus> {
    Words() {
      super(AttendanceStatus.values());
    }
  }
}
