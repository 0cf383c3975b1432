package yikao.leaderboard;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import yikao.attempt.AttemptEvent;
import yikao.attempt.AttemptListener;
import yikao.attempt.AttemptResults;
import yikao.attempt.AttemptResults.Outcome;
import yikao.db.StatementBatch;
import yikao.leaderboard.Standings.Reached;
import yikao.participant.Participants;
import yikao.quiz.Quiz;

/** Keeps the standings of quizzes in step with the results of their attempts. */
@Singleton
final class StandingsListener implements AttemptListener {
  private final Standings standings;
  private final AttemptResults results;
  private final Participants participants;

  StandingsListener(Standings standings, AttemptResults results, Participants participants) {
    this.standings = standings;
    this.results = results;
    this.participants = participants;
  }

  /** Whose results of which quiz. */
  private record Owner(long quizId, UUID participantId) {}

  @Override
  public void happened(List<AttemptEvent> events, StatementBatch changes) {
    var byOwner = new LinkedHashMap<Owner, List<AttemptEvent>>();
    for (var event : events) {
      if (!(event instanceof AttemptEvent.Started)) {
        var owner = new Owner(event.attempt().quizId(), event.participant().id());
        byOwner.computeIfAbsent(owner, _ -> new ArrayList<>()).add(event);
      }
    }
    var stored = stored(changes, byOwner);
    var reached = new ArrayList<Reached>();
    byOwner.forEach(
        (owner, own) -> reached.add(reached(own, stored.getOrDefault(owner, new TreeMap<>()))));
    standings.store(changes, reached);
  }

  /**
   * The results that are there already. Who ends a first attempt has none, and nobody else writes
   * about it; otherwise two who write about one participant come one after the other.
   */
  private Map<Owner, SortedMap<Integer, Outcome>> stored(
      StatementBatch changes, Map<Owner, List<AttemptEvent>> byOwner) {
    var people = new TreeMap<Long, LinkedHashSet<UUID>>();
    var quizzes = new HashMap<Long, Quiz>();
    byOwner.forEach((owner, own) -> {
      quizzes.put(owner.quizId(), own.getLast().quiz());
      if (!own.stream().allMatch(StandingsListener::isFirstEnd)) {
        people
            .computeIfAbsent(owner.quizId(), _ -> new LinkedHashSet<>())
            .add(owner.participantId());
      }
    });
    if (people.isEmpty()) {
      return Map.of();
    }
    var dsl = changes.transaction();
    var all = new LinkedHashSet<UUID>();
    people.values().forEach(all::addAll);
    participants.lock(dsl, all);
    var stored = new LinkedHashMap<Owner, SortedMap<Integer, Outcome>>();
    people.forEach((quizId, ids) ->
        results
            .of(dsl, Objects.requireNonNull(quizzes.get(quizId)), ids)
            .forEach((id, outcomes) -> stored.put(new Owner(quizId, id), outcomes)));
    return stored;
  }

  private static boolean isFirstEnd(AttemptEvent event) {
    return event instanceof AttemptEvent.Ended && event.attempt().number() == 1;
  }

  /** What one participant has reached in one quiz, after these events. */
  private static Reached reached(List<AttemptEvent> events, SortedMap<Integer, Outcome> outcomes) {
    for (var event : events) {
      var number = event.attempt().number();
      outcomes.remove(number);
      Outcome.of(event.attempt(), event.quiz()).ifPresent(o -> outcomes.put(number, o));
    }
    var last = events.getLast();
    var earned = Standing.of(List.copyOf(outcomes.values()), last.quiz().tries().counting());
    return new Reached(
        BoardOwner.quiz(last.quiz().id()),
        earned.map(Standing.Earned::takenBy).orElseGet(last::participant),
        earned.map(Standing.Earned::standing));
  }
}
