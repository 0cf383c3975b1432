package yikao.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody is among the staff. What each may do is said by {@link Staff} alone. */
public enum Role {
  /** Keeps organisations, accounts and everything below. */
  ADMINISTRATOR,
  /** Makes quizzes and contests, and marks what a person has to mark. */
  ORGANISER,
  /** Keeps the members of a branch, its sessions and its ledger. */
  SECRETARY,
  /** Reads. */
  SUPERVISOR,
  /** Writes questions; the bank is one, so the role holds over everything. */
  EDITOR,
  /** Looks questions through before they are published; over everything as well. */
  REVIEWER;

  /** The name in the database, the API and the keys of texts. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a code. */
  public static Optional<Role> of(String code) {
    return Stream.of(values()).filter(role -> role.code().equals(code)).findFirst();
  }

  /** Whether it is about the one bank, and so not about one part of the tree. */
  public boolean isOfBank() {
    return this == EDITOR || this == REVIEWER;
  }
}
