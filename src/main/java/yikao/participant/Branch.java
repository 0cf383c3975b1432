package yikao.participant;

import java.util.Optional;
import yikao.text.NameFolding;

/** The branch that a participant belongs to. */
public sealed interface Branch {
  /** An organisation of the list. */
  record Known(long organisationId) implements Branch {}

  /**
   * As the participant has written it, in the one spelling of {@link NameFolding}, so that what is
   * one branch counts as one; may be empty. What the folding makes longer than {@value #LONGEST}
   * characters (UTF-16) stays as it is.
   */
  record Named(String name) implements Branch {
    static final int LONGEST = 100;

    public Named {
      var folded = NameFolding.fold(name);
      name = folded.length() <= LONGEST ? folded : name;
    }
  }

  /** From the two columns in which it is stored. */
  static Branch of(Optional<Long> organisationId, Optional<String> name) {
    return organisationId.<Branch>map(Known::new).orElseGet(() -> new Named(name.orElse("")));
  }

  /** The organisation's identity, for its column. */
  default Optional<Long> known() {
    return this instanceof Known(var id) ? Optional.of(id) : Optional.empty();
  }

  /** What was written, for its column. */
  default Optional<String> named() {
    return this instanceof Named named ? Optional.of(named.name) : Optional.empty();
  }
}
