package yikao.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a token may be used for, within what its owner may do. */
enum Scope {
  /** To read. */
  READ,
  /** For everything. */
  ALL;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Scope> of(String code) {
    return Stream.of(values()).filter(scope -> scope.code().equals(code)).findFirst();
  }
}
