package yikao.sitting;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.bank.Bank;
import yikao.org.MemberTraces;

/**
 * What is kept of the questions that a member was asked on the spot. Nothing there says who it was
 * once the member is erased, so that what counts stays.
 */
@Singleton
final class SpotTraces implements MemberTraces {
  private final Bank bank;

  SpotTraces(Bank bank) {
    this.bank = bank;
  }

  @Override
  public List<Trace> of(DSLContext dsl, UUID member) {
    return SpotQuestionStore.of(dsl, member).stream()
        .map(asked ->
            new Trace(
                "spot-question",
                bank.questions(List.of(asked.question())).getFirst().question().stem(),
                asked.askedAt(),
                asked.isRight().map(right -> right ? "right" : "wrong").orElse("")))
        .toList();
  }

  @Override
  public void erase(DSLContext transaction, UUID member, Instant now) {
    // the rows name the member by its identity alone
  }
}
