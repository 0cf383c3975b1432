package yikao.access;

import java.util.List;
import java.util.Optional;

/**
 * The model of the page of one account.
 *
 * @param version of the account as it is shown
 * @param password that was just made, shown this once
 * @param problem why something was not done
 */
public record StaffPage(
    Console console,
    StaffListPage.Row account,
    int version,
    List<Held> held,
    List<StaffListPage.RoleChoice> roles,
    Optional<String> password,
    Optional<String> problem) {

  /**
   * A role that the account has.
   *
   * @param number counts from 0
   */
  public record Held(int number, String text) {}
}
