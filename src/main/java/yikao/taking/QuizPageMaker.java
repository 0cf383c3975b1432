package yikao.taking;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.attempt.Attempt;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.Attempt.Ending;
import yikao.attempt.Attempts;
import yikao.attempt.Result;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.participant.Participant;
import yikao.participant.Participants;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.scoring.Points;
import yikao.taking.QuizListPage.Item;
import yikao.taking.QuizPage.BranchKind;
import yikao.taking.QuizPage.EntryForm;
import yikao.taking.QuizPage.Past;
import yikao.web.Page;
import yikao.web.Texts;
import yikao.web.Times;

/** Gathers what the front page and the page of a quiz show. */
@Singleton
final class QuizPageMaker {
  private static final int MOST_RESULTS = 20;

  private final Quizzes quizzes;
  private final Attempts attempts;
  private final Participants participants;
  private final Transactions transactions;
  private final BranchChoice branches;
  private final NodeClock clock;
  private final Times times;

  QuizPageMaker(
      Quizzes quizzes,
      Attempts attempts,
      Participants participants,
      Transactions transactions,
      BranchChoice branches,
      NodeClock clock,
      Times times) {
    this.quizzes = quizzes;
    this.attempts = attempts;
    this.participants = participants;
    this.transactions = transactions;
    this.branches = branches;
    this.clock = clock;
    this.times = times;
  }

  /**
   * What was sent to start, and has to be completed.
   *
   * @param sought what branches are looked for by
   * @param wrong the fields that are wrong
   */
  record Sent(String name, String branch, String sought, List<String> wrong) {}

  QuizListPage list(Page page, Optional<UUID> me) {
    var now = clock.instant();
    var listed = quizzes.listed();
    var own = me.map(id -> attempts.ofParticipant(listed, id)).orElse(List.of());
    var items =
        listed.stream()
            .map(quiz -> new Item(QuizFacts.of(quiz, now, times, page.texts()), done(quiz, own)))
            .toList();
    var running =
        own.stream()
            .filter(a -> Attempts.isRunning(a, now))
            .map(a -> attempts.paper(a.id()))
            .map(paper ->
                new QuizListPage.Running(
                    paper.id(),
                    paper.quiz().title(),
                    answered(own, paper.id()),
                    paper.questions().size()))
            .toList();
    return new QuizListPage(page, items, running);
  }

  private static int done(Quiz quiz, List<Attempt> own) {
    return (int) own.stream().filter(a -> a.quizId() == quiz.id() && a.isEnded()).count();
  }

  private static int answered(List<Attempt> own, UUID id) {
    return own.stream().filter(a -> a.id().equals(id)).mapToInt(QuizPageMaker::answered).sum();
  }

  static int answered(Attempt attempt) {
    return (int)
        attempt.responses().byNumber().values().stream()
            .filter(given -> !given.response().isEmpty())
            .count();
  }

  QuizPage quiz(Page page, Quiz quiz, Optional<UUID> me, Optional<Sent> sent) {
    var now = clock.instant();
    var own = me.map(id -> attempts.ofParticipant(List.of(quiz), id)).orElse(List.of());
    var running = own.stream().filter(a -> Attempts.isRunning(a, now)).findFirst();
    var shown = quiz.shown(now);
    var texts = page.texts();
    var closed = running.isPresent() ? "" : closed(texts, quiz, tried(own), now);
    return new QuizPage(
        page,
        QuizFacts.of(quiz, now, times, texts),
        running.map(a -> running(texts, a)),
        own.stream()
            .filter(a -> !Attempts.isRunning(a, now))
            .limit(MOST_RESULTS)
            .map(a -> past(texts, a, shown))
            .toList(),
        running.isPresent() || !closed.isEmpty()
            ? Optional.empty()
            : Optional.of(sent.map(s -> sent(texts, s)).orElseGet(() -> entry(me))),
        closed,
        shown.compareTo(What.SCORE) >= 0);
  }

  private QuizPage.Running running(Texts texts, Attempt attempt) {
    return new QuizPage.Running(
        attempt.id(),
        answered(attempt),
        attempts.paper(attempt.id()).questions().size(),
        attempt.deadline().map(deadline -> times.minute(texts, deadline.at())));
  }

  /** How many tries are used; those that were set aside are not. */
  private static int tried(List<Attempt> own) {
    return (int) own.stream().filter(a -> !a.annulled()).count();
  }

  private String closed(Texts texts, Quiz quiz, int tried, Instant now) {
    if (quiz.window().isBefore(now)) {
      var opens = quiz.window().opens().orElseThrow();
      return texts.of("start.not-open", times.minute(texts, opens));
    }
    if (quiz.window().isAfter(now)) {
      var closes = quiz.window().closes().orElseThrow();
      return texts.of("start.closed", times.minute(texts, closes));
    }
    if (quiz.window().isTooLate(now)) {
      return texts.of("start.no-new-starts");
    }
    return quiz.tries().allows(tried + 1) ? "" : texts.of("start.no-tries-left", tried);
  }

  private Past past(Texts texts, Attempt attempt, What shown) {
    var result = attempt.result().filter(_ -> shown.compareTo(What.SCORE) >= 0);
    var ended =
        attempt
            .ending()
            .map(Ending::at)
            .or(() -> attempt.deadline().map(Deadline::at))
            .orElse(attempt.startedAt());
    return new Past(
        attempt.id(),
        attempt.number(),
        times.minute(texts, ended),
        result.map(r -> Points.text(r.score().points())).orElse(""),
        result.flatMap(Result::passed));
  }

  /** Name and branch that a guest gave last. */
  private Optional<Participant> known(UUID id) {
    return Optional.ofNullable(participants.find(transactions.read(), List.of(id)).get(id));
  }

  private EntryForm entry(Optional<UUID> me) {
    var known = me.flatMap(this::known);
    var branch = known.map(p -> branches.written(p.branch())).orElse("");
    return new EntryForm(
        known.map(Participant::name).orElse(""),
        branch,
        branches.choices(branch).groups(),
        branches.kind(),
        "",
        "",
        Optional.empty(),
        Optional.empty());
  }

  private EntryForm sent(Texts texts, Sent sent) {
    var choices = branches.choices(sent.sought());
    var groups = choices.groups();
    return new EntryForm(
        sent.name(),
        branches.code(sent.branch()),
        groups,
        branches.kind(),
        sent.sought(),
        choices.more() ? texts.of("start.branch.sought.more", BranchChoice.MOST) : "",
        sent.wrong().contains("participant.name")
            ? Optional.of(texts.of("start.name.problem"))
            : Optional.empty(),
        sent.wrong().contains("participant.branch")
                || (branches.kind() == BranchKind.SOUGHT && groups.isEmpty())
            ? Optional.of(branchProblem(texts, groups.isEmpty()))
            : Optional.empty());
  }

  private String branchProblem(Texts texts, boolean none) {
    return switch (branches.kind()) {
      case WRITTEN -> texts.of("start.branch.written.problem");
      case CHOSEN -> texts.of("start.branch.chosen.problem");
      case SOUGHT -> texts.of(none ? "start.branch.sought.none" : "start.branch.sought.problem");
    };
  }
}
