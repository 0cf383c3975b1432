package yikao.quiz;

/**
 * By what somebody claims to take a quiz. Each way in has a claim of its own; an {@link Admission}
 * decides on it.
 */
public sealed interface Claim {
  /**
   * A guest's.
   *
   * @param secret by which the guest is known
   * @param name as the guest gives it
   * @param branch as the guest gives it: a code, name or path of the list, or any text
   */
  record Guest(String secret, String name, String branch) implements Claim {}
}
