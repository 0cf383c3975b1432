package yikao.access;

import jakarta.inject.Singleton;
import yikao.web.Texts;

/** The audit log as people read it. */
@Singleton
public final class AuditTexts {
  private final Accounts accounts;

  AuditTexts(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Who did something: the person's name where it is an account. */
  public String actor(Texts texts, String code) {
    return accounts
        .nameOf(code)
        .orElseGet(() -> {
          var key = "audit.actor." + code.replace(':', '.');
          var text = texts.of(key);
          return text.equals(key) ? code : text;
        });
  }

  /** What was done. */
  public String action(Texts texts, String action) {
    var key = "audit.action." + action;
    var text = texts.of(key);
    return text.equals(key) ? action : text;
  }
}
