package yikao.taking;

import jakarta.inject.Singleton;
import java.util.Optional;
import yikao.attempt.Attempt;
import yikao.db.Transactions;
import yikao.org.Organisations;
import yikao.participant.Participant;
import yikao.participant.Participants;
import yikao.participant.ShownBranch;
import yikao.participant.Visitor;
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

  /** Who uses a browser, as a member or by what was given last; absent before the first start. */
  Optional<Participant> known(Visitor visitor) {
    var ids = visitor.participants();
    var found = participants.find(transactions.read(), ids);
    return ids.stream().flatMap(id -> Optional.ofNullable(found.get(id)).stream()).findFirst();
  }

  /** Whose an attempt is: by the name and branch it was taken with, whatever was given since. */
  Taker of(Texts texts, Attempt attempt) {
    return of(texts, attempt.takenBy());
  }

  /** The same, where it is another's, by name or branch, than of who is known now. */
  Optional<Taker> other(Texts texts, Attempt attempt, Optional<Participant> known) {
    return known.filter(attempt.takenBy()::equals).isPresent()
        ? Optional.empty()
        : Optional.of(of(texts, attempt));
  }

  Taker of(Texts texts, Participant participant) {
    var branch = ShownBranch.of(participant.branch(), organisations.tree()).name();
    return new Taker(
        participant.name(),
        branch.isEmpty() ? participant.name() : texts.of("taker", participant.name(), branch));
  }
}
