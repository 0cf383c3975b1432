package yikao.remark;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import yikao.access.Vault;
import yikao.scoring.Amendment;

/**
 * Amendments, and what persons have written beside them and beside marks, as the database keeps
 * them: sealed, since each may tell a key of a quiz that still runs. Rows of earlier releases are
 * plain, and read as they are.
 */
@Singleton
final class RemarkSeal {
  private static final String AMENDMENT = "amendment";
  private static final String NOTE = "note";

  private final AmendmentCodec codec;
  private final Vault vault;

  RemarkSeal(AmendmentCodec codec, Vault vault) {
    this.codec = codec;
    this.vault = vault;
  }

  String seal(Amendment amendment) {
    return sealedAmendment(codec.encode(amendment));
  }

  Amendment amendment(String questionId, String stored) {
    return codec.decode(questionId, vault.openText(AMENDMENT, stored));
  }

  /** A stored amendment, sealed where it is not. */
  String sealedAmendment(String stored) {
    return Vault.isSealed(stored) ? stored : vault.sealText(AMENDMENT, stored);
  }

  /** A reason or a comment, sealed where it is not. */
  @Nullable String sealedNote(@Nullable String note) {
    return note == null || Vault.isSealed(note) ? note : vault.sealText(NOTE, note);
  }

  /** A reason or a comment. */
  String note(String stored) {
    return vault.openText(NOTE, stored);
  }
}
