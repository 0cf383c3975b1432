package yikao.attempt;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.attempt.ResultListener.Outcome;
import yikao.attempt.ResultListener.ParticipantResults;
import yikao.db.Together;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;

/** Tells who ranks, in the transaction that changes results. */
@Singleton
final class ResultNews {
  private final ParticipantStore participants;
  private final Quizzes quizzes;
  private final ResultListener listener;

  ResultNews(ParticipantStore participants, Quizzes quizzes, ResultListener listener) {
    this.participants = participants;
    this.quizzes = quizzes;
    this.listener = listener;
  }

  /**
   * An attempt that has just ended.
   *
   * @param quiz in the revision that the attempt started with
   */
  record Ended(Attempt attempt, Quiz quiz) {}

  /**
   * Tells of those attempts that have just ended and are the first of their participants. Such a
   * one is the only one: nobody else writes about it, and nothing needs to be read to know all
   * their results.
   *
   * @param changes with which the results are written
   * @param people at least those of first attempts
   */
  void tellFirst(Together changes, List<Ended> ended, Map<UUID, Participant> people) {
    var changed = new ArrayList<ParticipantResults>();
    for (var e : ended) {
      var person = people.get(e.attempt().participantId());
      if (e.attempt().number() == 1 && person != null) {
        changed.add(
            new ParticipantResults(
                e.quiz(), person.id(), person.organisationId(), person.branch(), outcome(e)));
      }
    }
    if (!changed.isEmpty()) {
      listener.stored(changes, changed);
    }
  }

  /** Tells of the other attempts that have just ended, once their results are written. */
  void tellLater(DSLContext dsl, List<Ended> ended) {
    var later = new LinkedHashMap<Quiz, LinkedHashSet<UUID>>();
    for (var e : ended) {
      if (e.attempt().number() > 1) {
        later
            .computeIfAbsent(e.quiz(), _ -> new LinkedHashSet<>())
            .add(e.attempt().participantId());
      }
    }
    var changed = new ArrayList<ParticipantResults>();
    later.forEach((quiz, ids) -> changed.addAll(participants.results(dsl, quiz, ids)));
    store(dsl, changed);
  }

  private void store(DSLContext dsl, List<ParticipantResults> changed) {
    if (!changed.isEmpty()) {
      var changes = new Together(dsl);
      listener.stored(changes, changed);
      changes.execute();
    }
  }

  private static List<Outcome> outcome(Ended ended) {
    var attempt = ended.attempt();
    var score = attempt.result().orElseThrow().score();
    return score.pending() > 0
        ? List.of()
        : List.of(
            new Outcome(
                attempt.number(),
                score.points(),
                attempt.elapsedMillis(),
                attempt.endedAt().orElseThrow()));
  }

  /** Tells of attempts whose results have changed in whatever way. */
  void tellAll(DSLContext dsl, Collection<Attempt> changed) {
    Map<Long, LinkedHashSet<UUID>> people = new LinkedHashMap<>();
    changed.forEach(
        a -> people.computeIfAbsent(a.quizId(), _ -> new LinkedHashSet<>()).add(a.participantId()));
    people.forEach(
        (quizId, ids) -> store(dsl, participants.results(dsl, quizzes.current(dsl, quizId), ids)));
  }
}
