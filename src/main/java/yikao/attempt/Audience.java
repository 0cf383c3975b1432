package yikao.attempt;

/** To whom an attempt is shown, which decides what its choices are called. */
public enum Audience {
  /** Reads letters: what a choice is called in the bank says something about the key. */
  PARTICIPANT,

  /** Reads the identifiers of the bank, which amendments name. */
  STAFF
}
