package yikao.access;

/**
 * Who does a staff operation; stands in a column beside what was done.
 *
 * @param code how it is stored: the kind and, after a colon, who of that kind; at most 80
 *     characters
 */
public record Actor(String code) {
  /** The service itself: what it does at its first start, or by the clock. */
  public static final Actor SYSTEM = new Actor("system");

  /** A participant, about the own attempt. */
  public static final Actor PARTICIPANT = new Actor("participant");

  /** Whoever holds the editor's token. */
  public static final Actor EDITOR = new Actor("token:editor");
}
