package yikao.access;

import java.util.List;
import java.util.Optional;

/**
 * The model of the list of accounts, with the form for a new one.
 *
 * @param roles that can be given
 * @param fresh what was typed
 * @param problem why none was made
 */
public record StaffListPage(
    Console console,
    List<Row> rows,
    List<RoleChoice> roles,
    Fresh fresh,
    Optional<String> problem) {

  /** An account in the list. */
  public record Row(
      String code,
      String name,
      String fullName,
      List<String> roles,
      boolean isNew,
      boolean closed) {}

  /**
   * A role to choose.
   *
   * @param may what those with it may do
   */
  public record RoleChoice(String code, String text, String may) {}

  /** What was typed for a new account. */
  public record Fresh(String name, String fullName, String role, String organisation) {}
}
