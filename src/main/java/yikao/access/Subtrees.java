package yikao.access;

import java.util.Optional;

/** What access has to know of organisations. Implemented by those who keep their tree. */
public interface Subtrees {
  /** Whether an organisation is another one, or somewhere below it. */
  boolean isWithin(long organisationId, long top);

  /** The organisation of a code. */
  Optional<Long> byCode(String code);

  /** An organisation's code; its identity where it is not known here yet. */
  String code(long organisationId);

  /** The names from the top down to an organisation. */
  String path(long organisationId);
}
