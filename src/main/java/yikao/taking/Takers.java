package yikao.taking;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.attempt.Attempt;
import yikao.db.Transactions;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.participant.Branch;
import yikao.participant.Participant;
import yikao.participant.Participants;
import yikao.web.Texts;

/** Whose an attempt or a browser is, in the words of a page. */
@Singleton
final class Takers {
  private final Participants participants;
  private final Transactions transactions;
  private final Organisations organisations;

  Takers(Participants participants, Transactions transactions, Organisations organisations) {
    this.participants = participants;
    this.transactions = transactions;
    this.organisations = organisations;
  }

  /** Name and branch that a guest gave last; absent before the first start. */
  Optional<Participant> known(UUID guest) {
    return Optional.ofNullable(participants.find(transactions.read(), List.of(guest)).get(guest));
  }

  /** Who has started an attempt. */
  Taker of(Texts texts, Attempt attempt) {
    return known(attempt.participantId()).map(participant -> of(texts, participant)).orElseThrow();
  }

  Taker of(Texts texts, Participant participant) {
    var branch = name(participant.branch());
    return new Taker(
        participant.name(),
        branch.isEmpty() ? participant.name() : texts.of("taker", participant.name(), branch));
  }

  private String name(Branch branch) {
    return switch (branch) {
      case Branch.Known(var id) -> organisations.tree().byId(id).map(Organisation::name).orElse("");
      case Branch.Named(var name) -> name;
    };
  }
}
