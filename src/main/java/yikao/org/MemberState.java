package yikao.org;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import yikao.web.EnumSerde;

/** How a member stands to the organisation. */
public enum MemberState {
  /** On its list. */
  ENROLLED,
  /** On its list and away for work. */
  FLOATING,
  /** On its list and out of touch. */
  LOST,
  /** Went over to an organisation that is not in this tree. */
  TRANSFERRED,
  /** Is no member any more. */
  LEFT,
  DECEASED;

  /** Those who belong to an organisation, so that it cannot be closed. */
  static final List<MemberState> BELONGING = List.of(ENROLLED, FLOATING, LOST);

  /** The name in the database and the API. */
  public String code() {
    return EnumSerde.word(this);
  }

  /** The state of a code. */
  static Optional<MemberState> of(String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }

  /** The state of a code from the database. */
  public static MemberState stored(String code) {
    return of(code).orElseThrow();
  }

  /** Whether somebody in this state belongs to an organisation. */
  public boolean belongs() {
    return BELONGING.contains(this);
  }
}
