package yikao.sitting;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Actor;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Attempts;
import yikao.attempt.Attempts.Open;
import yikao.attempt.Credential;
import yikao.attempt.Input;
import yikao.attempt.PaperEntries;
import yikao.audit.AuditLog;
import yikao.db.Transactions;
import yikao.quiz.Quizzes;
import yikao.sitting.PrintedPaper.State;
import yikao.web.Problem;

/**
 * Papers for those without a phone: given out in print with a number, typed in by that number, or
 * taken back.
 */
@Singleton
public final class PrintedPapers {
  /** As many as a session prints at once. */
  static final int MOST = 100;

  private final Transactions transactions;
  private final Quizzes quizzes;
  private final Attempts attempts;
  private final PaperEntries entries;
  private final AuditLog audit;

  PrintedPapers(
      Transactions transactions,
      Quizzes quizzes,
      Attempts attempts,
      PaperEntries entries,
      AuditLog audit) {
    this.transactions = transactions;
    this.quizzes = quizzes;
    this.attempts = attempts;
    this.entries = entries;
    this.audit = audit;
  }

  /**
   * A session.
   *
   * @throws Problem {@code no-such-sitting}
   */
  PaperSitting sitting(UUID id) {
    return PaperSitting.find(transactions.read(), id)
        .orElseThrow(() -> Problem.notFound("no-such-sitting"));
  }

  /** Those who should take part, and how it stands with each. */
  List<PrintedPaper> members(PaperSitting sitting) {
    return PrintedPaperStore.members(transactions.read(), sitting);
  }

  /** The papers that were given out, by their numbers. */
  List<PrintedPaper> papers(PaperSitting sitting) {
    return PrintedPaperStore.papers(transactions.read(), sitting.id());
  }

  /**
   * The paper with a number.
   *
   * @throws Problem {@code no-such-paper}
   */
  PrintedPaper paper(PaperSitting sitting, int number) {
    return PrintedPaperStore.find(transactions.read(), sitting.id(), number)
        .orElseThrow(() -> Problem.notFound("no-such-paper"));
  }

  /**
   * Gives out papers; who has one already keeps it, with its number.
   *
   * @return those of these members, by their numbers
   * @throws Problem where somebody is not on the roster, answers with a phone, or the session is
   *     over
   */
  List<PrintedPaper> print(Actor actor, PaperSitting sitting, List<UUID> members) {
    if (members.isEmpty() || members.size() > MOST) {
      throw Problem.invalid("members", "size", 1, MOST);
    }
    var meant = PrintedPaperStore.participants(transactions.read(), sitting.quizId(), members);
    if (!meant.keySet().containsAll(members)) {
      throw Problem.invalid("members", "paper.not-on-roster");
    }
    if (!sitting.isOpen()) {
      throw Problem.conflict("paper.sitting-over");
    }
    // numbered in the order in which they were chosen
    var chosen = members.stream().flatMap(m -> Optional.ofNullable(meant.get(m)).stream()).toList();
    var begun = attempts.print(quizzes.get(sitting.quiz()), chosen, actor);
    var byAttempt = new LinkedHashMap<UUID, UUID>();
    begun.forEach(a -> byAttempt.put(a.id(), a.participantId()));
    transactions.write(dsl -> {
      PaperSitting.hold(dsl, sitting.id());
      PrintedPaperStore.number(dsl, sitting.id(), byAttempt);
      audit.append(
          dsl,
          actor.change("paper.print", "sitting:" + sitting.id(), "", begun.size() + " papers"));
      return sitting;
    });
    return papers(sitting).stream()
        .filter(p -> p.attempt().filter(byAttempt::containsKey).isPresent())
        .toList();
  }

  /** The questions of a paper. */
  AttemptPaper content(PrintedPaper paper) {
    return attempts.paper(paper.attempt().orElseThrow());
  }

  /** How the attempt of a paper stands. */
  Attempt attempt(PrintedPaper paper) {
    return attempts.get(paper.attempt().orElseThrow(), new Credential.Service()).attempt();
  }

  /**
   * Types in what was answered.
   *
   * @param seen the version that was seen; 0 before it was typed in
   */
  Open enter(Actor actor, PaperSitting sitting, PrintedPaper paper, int seen, List<Input> inputs) {
    return entries.enter(
        actor,
        paper.attempt().orElseThrow(),
        seen,
        inputs,
        dsl -> PaperSitting.requireUnconfirmed(dsl, sitting.id()));
  }

  /** Takes a paper back that will not be typed in. */
  Open withdraw(Actor actor, PaperSitting sitting, PrintedPaper paper, String reason) {
    return entries.withdraw(
        actor,
        paper.attempt().orElseThrow(),
        reason,
        dsl -> PaperSitting.requireUnconfirmed(dsl, sitting.id()));
  }

  /**
   * Takes back all papers of a session that were never typed in; for when its account is confirmed.
   *
   * @return how many
   */
  public int withdrawAll(Actor actor, UUID sitting, String reason) {
    var found = sitting(sitting);
    var out = papers(found).stream().filter(p -> p.state() == State.OUT).toList();
    out.forEach(p -> withdraw(actor, found, p, reason));
    return out.size();
  }

  /** How many papers of a session are out and not typed in. */
  public int out(UUID sitting) {
    return (int) papers(sitting(sitting)).stream().filter(p -> p.state() == State.OUT).count();
  }
}
