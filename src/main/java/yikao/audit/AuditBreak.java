package yikao.audit;

/**
 * Where the chain is broken first.
 *
 * @param number of the entry
 */
public record AuditBreak(long number, Kind kind) {
  /** How. */
  public enum Kind {
    /** The entry, or the one before it, does not say any more what it said. */
    CHANGED,
    /** There is none of this number, and there are later ones. */
    MISSING,
    /** Entries from this one on were there, as an exported head or the database says. */
    CUT_OFF,
    /** It is another one than when its head was exported. */
    REPLACED
  }
}
