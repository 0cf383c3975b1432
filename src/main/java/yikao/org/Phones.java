package yikao.org;

import jakarta.inject.Singleton;
import yikao.access.Vault;

/** Phones as the database holds them: sealed, and as keyed hashes by which they are found. */
@Singleton
final class Phones {
  private static final String PHONE = "phone";
  private static final String TAIL = "phone-tail";

  private final Vault vault;

  Phones(Vault vault) {
    this.vault = vault;
  }

  byte[] sealed(String digits) {
    return vault.seal(PHONE, digits);
  }

  String opened(byte[] sealed) {
    return vault.open(PHONE, sealed);
  }

  byte[] digest(String digits) {
    return vault.digest(PHONE, digits);
  }

  /** Of the last four digits. */
  byte[] tailDigest(String tail) {
    return vault.digest(TAIL, tail);
  }
}
