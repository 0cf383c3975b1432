package yikao.access;

import java.util.List;

/**
 * Somebody of the staff who can sign in.
 *
 * @param id internal
 * @param code names it in addresses, in the API and as an actor; it never changes
 * @param name by which its owner signs in
 * @param fullName of the person
 * @param mustChange whether the password was given by somebody else
 * @param locked whether it is closed; nobody signs in
 * @param version counts its changes
 */
public record Account(
    long id,
    String code,
    String name,
    String fullName,
    boolean mustChange,
    boolean locked,
    int version,
    List<Grant> grants) {

  /** How it stands beside what it did. */
  public String actorCode() {
    return Actor.ACCOUNT + code;
  }
}
