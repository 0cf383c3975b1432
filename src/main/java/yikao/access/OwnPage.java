package yikao.access;

import java.util.List;
import java.util.Optional;

/**
 * The model of the page of the own account.
 *
 * @param name by which one signs in
 * @param made a token that was just made, which is shown once
 * @param problem why none was made
 */
public record OwnPage(
    Console console,
    String name,
    List<Token> tokens,
    List<Browser> browsers,
    Optional<String> made,
    Optional<String> problem) {

  /** A token. */
  public record Token(long id, String name, String scope, String expires, String used) {}

  /** A browser that is signed in. */
  public record Browser(long id, String browser, String address, String seen, boolean current) {}
}
