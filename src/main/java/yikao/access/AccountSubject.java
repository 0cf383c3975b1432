package yikao.access;

import jakarta.inject.Singleton;
import java.util.Optional;
import yikao.web.Texts;

/** Accounts in the audit log, by the names of those whose they are. */
@Singleton
final class AccountSubject implements AuditSubject {
  private final Accounts accounts;

  AccountSubject(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public String kind() {
    return "account";
  }

  @Override
  public Optional<Seen> of(Texts texts, String id) {
    return accounts
        .nameOf(Actor.ACCOUNT + id)
        .map(name -> new Seen(name, Optional.of(StaffPages.PATH + "/" + id)));
  }
}
