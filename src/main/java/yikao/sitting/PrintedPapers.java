package yikao.sitting;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import yikao.access.Actor;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Attempts;
import yikao.attempt.Attempts.Open;
import yikao.attempt.Credential;
import yikao.attempt.Input;
import yikao.attempt.PaperEntries;
import yikao.attempt.Result;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.participant.Participant;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.sitting.PrintedPaper.State;
import yikao.web.Problem;

/**
 * Papers for those without a phone: given out in print with a number, typed in by that number, or
 * taken back.
 */
@Singleton
final class PrintedPapers {
  /** As many as a session prints at once. */
  static final int MOST = 100;

  private final Transactions transactions;
  private final Quizzes quizzes;
  private final Attempts attempts;
  private final PaperEntries entries;
  private final NodeClock clock;
  private final AuditLog audit;

  PrintedPapers(
      Transactions transactions,
      Quizzes quizzes,
      Attempts attempts,
      PaperEntries entries,
      NodeClock clock,
      AuditLog audit) {
    this.transactions = transactions;
    this.quizzes = quizzes;
    this.attempts = attempts;
    this.entries = entries;
    this.clock = clock;
    this.audit = audit;
  }

  /** Those who should take part, and how it stands with each. */
  List<PrintedPaper> members(Sitting sitting) {
    return PrintedPaperStore.members(transactions.read(), quizzes.get(sitting.quiz()).id());
  }

  /** The papers that were given out, by their numbers. */
  List<PrintedPaper> papers(Sitting sitting) {
    return PrintedPaperStore.papers(transactions.read(), sitting.id());
  }

  /**
   * The paper with a number.
   *
   * @throws Problem {@code no-such-paper}
   */
  PrintedPaper paper(Sitting sitting, int number) {
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
  List<PrintedPaper> print(Actor actor, Sitting sitting, List<UUID> members) {
    if (members.isEmpty() || members.size() > MOST) {
      throw Problem.invalid("members", "size", 1, MOST);
    }
    var quiz = quizzes.get(sitting.quiz());
    var meant = PrintedPaperStore.participants(transactions.read(), quiz.id(), members);
    if (!meant.keySet().containsAll(members)) {
      throw Problem.invalid("members", "paper.not-on-roster");
    }
    if (!sitting.isOpen()) {
      throw Problem.conflict("paper.sitting-over");
    }
    var chosen = members.stream().flatMap(m -> Optional.ofNullable(meant.get(m)).stream()).toList();
    var begun = begin(actor, sitting, quiz, chosen);
    return papers(sitting).stream()
        .filter(p -> p.attempt().filter(begun::contains).isPresent())
        .toList();
  }

  private Set<UUID> begin(Actor actor, Sitting sitting, Quiz quiz, List<Participant> chosen) {
    try {
      return attempts.print(quiz, chosen, actor).stream()
          .map(Attempt::id)
          .collect(Collectors.toSet());
    } finally {
      // also what was begun for some where another was refused
      number(actor, sitting, quiz.id(), chosen.stream().map(Participant::id).toList());
    }
  }

  /** Gives numbers to those that have none, in the order in which they were chosen. */
  private void number(Actor actor, Sitting sitting, long quizId, List<UUID> order) {
    transactions.write(dsl -> {
      SittingStore.hold(dsl, sitting.id());
      var fresh =
          PrintedPaperStore.members(dsl, quizId).stream()
              .filter(p -> p.state() == State.OUT && p.number().isEmpty())
              .sorted(Comparator.comparingInt(p -> order.indexOf(p.member())))
              .toList();
      PrintedPaperStore.number(dsl, sitting.id(), fresh);
      audit.append(
          dsl, actor.change("paper.print", sitting.subject(), "", order.size() + " papers"));
      return fresh;
    });
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
  Open enter(Actor actor, Sitting sitting, PrintedPaper paper, int seen, List<Input> inputs) {
    return entries.enter(
        actor,
        paper.attempt().orElseThrow(),
        seen,
        inputs,
        dsl -> SittingStore.requireUnconfirmed(dsl, sitting.id()));
  }

  /** Takes a paper back that will not be typed in. */
  Open withdraw(Actor actor, Sitting sitting, PrintedPaper paper, String reason) {
    return entries.withdraw(
        actor,
        paper.attempt().orElseThrow(),
        reason,
        dsl -> SittingStore.changeUnconfirmed(dsl, sitting.id()));
  }

  /**
   * The result of a paper that was typed in, once results are shown: who types must not find out by
   * trying what is right while others answer.
   */
  Optional<Result> result(PrintedPaper paper, Attempt attempt) {
    var quiz = quizzes.get(content(paper).quiz().code());
    var now = clock.instant();
    var isShown = quiz.over().filter(now::isAfter).isPresent() || quiz.shown(now) != What.NOTHING;
    return attempt.result().filter(_ -> isShown && paper.state() == State.ENTERED);
  }
}
