package yikao.org;

import java.util.Arrays;
import java.util.Optional;
import yikao.web.EnumSerde;

/** What kind of organisation one is. */
public enum OrganisationKind {
  /** A party committee. */
  COMMITTEE,
  /** A general branch, with branches below it. */
  GENERAL_BRANCH,
  /** A branch. */
  BRANCH,
  /** A leading party group. */
  GROUP,
  ENTERPRISE,
  SCHOOL,
  COMMUNITY,
  OTHER;

  /** The name in the database and the API. */
  public String code() {
    return EnumSerde.word(this);
  }

  /** The kind of a code. */
  static Optional<OrganisationKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  /** A kind that was stored. */
  static OrganisationKind stored(String code) {
    return of(code).orElse(OTHER);
  }
}
