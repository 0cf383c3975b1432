package yikao.audit;

/** The key of the chain, which lies outside the database. */
public interface AuditSeal {
  /** A keyed digest, 32 bytes (HMAC-SHA-256). */
  byte[] digest(String purpose, String text);
}
