package yikao.quiz;

import java.util.UUID;

/** By what somebody claims to take a quiz. An {@link Admission} decides on it. */
public sealed interface Claim {
  /** The secret of the browser, or of the client of the API. */
  String secret();

  /** The last four digits of the person's phone, where they were asked for; otherwise empty. */
  String digits();

  /**
   * By name and branch.
   *
   * @param name as the person gives it
   * @param branch as the person gives it: a code, name or path of the list, or, where there is
   *     none, any text
   */
  record Named(String secret, String name, String branch, String digits) implements Claim {
    /** A claim without digits. */
    public Named(String secret, String name, String branch) {
      this(secret, name, branch, "");
    }
  }

  /**
   * By the code of a session, and the name that was chosen from its list.
   *
   * @param code as it was typed
   * @param member who was chosen
   */
  record Joined(String secret, String code, UUID member, String digits) implements Claim {}
}
