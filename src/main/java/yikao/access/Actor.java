package yikao.access;

import yikao.audit.AuditLog;

/**
 * Who does a staff operation, and from where; its code stands in a column beside what was done.
 *
 * @param code how it is stored: the kind and, after a colon, who of that kind; at most 80
 *     characters
 * @param address from where; empty where it is no request
 */
public record Actor(String code, String address) {
  /** The service itself: what it does at its first start, or by the clock. */
  public static final Actor SYSTEM = new Actor("system", "");

  /** A participant, about the own attempt. */
  public static final Actor PARTICIPANT = new Actor("participant", "");

  /** Whoever holds the editor's token. */
  static final String EDITOR = "token:editor";

  /** What the codes of accounts begin with. */
  static final String ACCOUNT = "account:";

  /** An actor that is known by its code alone, as a job keeps it. */
  public static Actor of(String code) {
    return new Actor(code, "");
  }

  /**
   * What this actor does, for the audit log.
   *
   * @param action such as {@code organisation.rename}
   * @param subject such as {@code organisation:17}
   * @param before in short, what was, by identifiers and without names and phones of persons
   * @param after what is from now on, likewise
   */
  public AuditLog.Change change(String action, String subject, String before, String after) {
    return new AuditLog.Change(code, address, action, subject, before, after);
  }
}
