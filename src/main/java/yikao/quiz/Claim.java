package yikao.quiz;

/**
 * By what somebody claims to take a quiz. An {@link Admission} decides on it.
 *
 * @param secret of the browser, or of the client of the API
 * @param name as the person gives it
 * @param branch as the person gives it: a code, name or path of the list, or, where there is none,
 *     any text
 * @param digits the last four of the person's phone, where they were asked for; otherwise empty
 */
public record Claim(String secret, String name, String branch, String digits) {
  /** A claim without digits. */
  public Claim(String secret, String name, String branch) {
    this(secret, name, branch, "");
  }
}
