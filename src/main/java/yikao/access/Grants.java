package yikao.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.web.Problem;

/** Reads roles that somebody has written. */
final class Grants {
  private Grants() {}

  /**
   * A role.
   *
   * @param organisation its code; absent or empty: over everything
   * @throws Problem where there is no such role or organisation
   */
  static Grant read(@Nullable String role, @Nullable String organisation, Subtrees subtrees) {
    var known =
        Role.of(role == null ? "" : role)
            .orElseThrow(() -> Problem.invalid("roles", "account.no-such-role"));
    if (organisation == null || organisation.isBlank()) {
      return new Grant(known, Optional.empty());
    }
    var id = subtrees.byCode(organisation.strip());
    if (id.isEmpty()) {
      throw Problem.invalid("roles", "no-such-organisation");
    }
    return new Grant(known, id);
  }
}
