package yikao.taking;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import yikao.attempt.Attempt;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.Attempt.Ending;
import yikao.attempt.Attempts;
import yikao.attempt.Result;
import yikao.db.NodeClock;
import yikao.participant.Participant;
import yikao.participant.Visitor;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
import yikao.scoring.Points;
import yikao.taking.EntryForms.Sent;
import yikao.taking.QuizPage.EntryForm;
import yikao.taking.QuizPage.Past;
import yikao.taking.QuizPage.Waiting;
import yikao.web.Page;
import yikao.web.Texts;
import yikao.web.Times;

/** Gathers what the page of a quiz shows. */
@Singleton
final class QuizPageMaker {
  private static final int MOST_RESULTS = 20;

  private final Attempts attempts;
  private final Takers takers;
  private final EntryForms entries;
  private final NodeClock clock;
  private final Times times;

  QuizPageMaker(
      Attempts attempts, Takers takers, EntryForms entries, NodeClock clock, Times times) {
    this.attempts = attempts;
    this.takers = takers;
    this.entries = entries;
    this.clock = clock;
    this.times = times;
  }

  static int answered(Attempt attempt) {
    return (int)
        attempt.responses().byNumber().values().stream()
            .filter(given -> !given.response().isEmpty())
            .count();
  }

  /**
   * The page of a quiz.
   *
   * @param sent what its form has to come back with
   * @param waiting that it is tried again
   */
  QuizPage quiz(
      Page page,
      Quiz quiz,
      Optional<Visitor> visitor,
      Optional<Sent> sent,
      Optional<Waiting> waiting) {
    var now = clock.instant();
    var known = visitor.flatMap(takers::known);
    var own = visitor.map(v -> own(quiz, v)).orElse(List.of());
    var running = own.stream().filter(a -> Attempts.isRunning(a, now)).findFirst();
    var shown = quiz.shown(now);
    var texts = page.texts();
    var closed = running.isPresent() ? "" : closed(texts, quiz, NextTry.used(own), now);
    var open = running.isEmpty() && closed.isEmpty();
    return new QuizPage(
        page,
        QuizFacts.of(quiz, now, times, texts),
        known.map(k -> takers.of(texts, k)),
        waiting.filter(_ -> open),
        running.map(a -> running(texts, a)),
        own.stream()
            .filter(a -> !Attempts.isRunning(a, now))
            .limit(MOST_RESULTS)
            .map(a -> past(texts, a, known, shown))
            .toList(),
        open ? Optional.of(entry(texts, quiz, known, sent)) : Optional.empty(),
        closed,
        shown.compareTo(What.SCORE) >= 0);
  }

  /** What a visitor's browser opens of this quiz, the last first. */
  private List<Attempt> own(Quiz quiz, Visitor visitor) {
    return quiz
        .taker(visitor)
        .map(id -> attempts.ofParticipant(List.of(quiz), id))
        .orElse(List.of())
        .stream()
        .filter(a -> visitor.opens(a.tokenHash(), a.participantId()))
        .toList();
  }

  private EntryForm entry(
      Texts texts, Quiz quiz, Optional<Participant> known, Optional<Sent> sent) {
    return sent.map(s -> entries.of(texts, quiz.entrance(), s))
        .orElseGet(() -> entries.of(quiz.entrance(), known));
  }

  private QuizPage.Running running(Texts texts, Attempt attempt) {
    return new QuizPage.Running(
        attempt.id(),
        takers.of(texts, attempt),
        answered(attempt),
        attempts.paper(attempt.id()).questions().size(),
        attempt.deadline().map(deadline -> times.minute(texts, deadline.at())));
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
    if (quiz.entry() == EntryPolicy.JOIN_CODE) {
      return texts.of("start.by-code");
    }
    if (quiz.window().isTooLate(now)) {
      return texts.of("start.no-new-starts");
    }
    return quiz.tries().allows(tried + 1) ? "" : texts.of("start.no-tries-left", tried);
  }

  private Past past(Texts texts, Attempt attempt, Optional<Participant> known, What shown) {
    var result =
        attempt.result().filter(_ -> shown.compareTo(What.SCORE) >= 0 && !attempt.annulled());
    return new Past(
        attempt.id(),
        attempt.number(),
        takers.other(texts, attempt, known),
        times.minute(texts, endedAt(attempt)),
        result.map(r -> Points.text(r.score().points())).orElse(""),
        result.flatMap(Result::passed),
        attempt.annulled());
  }

  /** When it ended; by its deadline where it has not been looked at since. */
  static Instant endedAt(Attempt attempt) {
    return attempt
        .ending()
        .map(Ending::at)
        .or(() -> attempt.deadline().map(Deadline::at))
        .orElse(attempt.startedAt());
  }
}
