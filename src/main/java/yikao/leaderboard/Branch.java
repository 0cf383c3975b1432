package yikao.leaderboard;

import java.util.Optional;

/** The branch of a participant. */
sealed interface Branch {
  /** An organisation. */
  record Known(long organisationId) implements Branch {}

  /** As the participant has written it; may be empty. */
  record Written(String name) implements Branch {}

  /** From what a standing says. */
  static Branch of(Optional<Long> organisationId, Optional<String> written) {
    return organisationId.<Branch>map(Known::new).orElseGet(() -> new Written(written.orElse("")));
  }
}
