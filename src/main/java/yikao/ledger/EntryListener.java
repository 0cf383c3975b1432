package yikao.ledger;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptEvent;
import yikao.attempt.AttemptListener;
import yikao.db.NodeClock;
import yikao.db.StatementBatch;
import yikao.ledger.Counted.Try;
import yikao.ledger.EntryStore.Ended;
import yikao.ledger.EntryStore.Owner;
import yikao.ledger.EntryStore.Version;
import yikao.participant.Participants;
import yikao.quiz.Policies.EntryPolicy;

/**
 * Keeps in step with attempts what people have reached at quizzes that have rosters, and what they
 * had at each moment before. An attempt that was reopened had not ended, at no moment before
 * either.
 */
@Singleton
final class EntryListener implements AttemptListener {
  private final Participants participants;
  private final NodeClock clock;

  EntryListener(Participants participants, NodeClock clock) {
    this.participants = participants;
    this.clock = clock;
  }

  @Override
  public void happened(List<AttemptEvent> events, StatementBatch changes) {
    var byOwner = new TreeMap<Owner, List<AttemptEvent>>();
    for (var event : events) {
      if (isOfLedger(event)) {
        var owner = new Owner(event.attempt().quizId(), event.attempt().participantId());
        byOwner.computeIfAbsent(owner, _ -> new ArrayList<>()).add(event);
      }
    }
    if (!byOwner.isEmpty()) {
      EntryStore.store(changes, versions(changes.transaction(), byOwner));
    }
  }

  private static boolean isOfLedger(AttemptEvent event) {
    return event.quiz().entry() != EntryPolicy.EVERYONE
        && !(event instanceof AttemptEvent.Started)
        && !(event instanceof AttemptEvent.Corrected);
  }

  /** What is stored of those of whom something is; of whoever ends a first attempt nothing is. */
  private record Stored(Map<Owner, Map<Integer, Ended>> ended, Map<Owner, Instant> since) {}

  private List<Version> versions(DSLContext dsl, SortedMap<Owner, List<AttemptEvent>> byOwner) {
    var known =
        byOwner.entrySet().stream()
            .filter(e -> !e.getValue().stream().allMatch(EntryListener::isFirstEnd))
            .map(Map.Entry::getKey)
            .toList();
    var stored = stored(dsl, known);
    var versions = new ArrayList<Version>();
    byOwner.forEach((owner, own) -> versions.add(version(owner, own, stored)));
    return versions;
  }

  private static boolean isFirstEnd(AttemptEvent event) {
    return event instanceof AttemptEvent.Ended && event.attempt().number() == 1;
  }

  private Stored stored(DSLContext dsl, List<Owner> owners) {
    var ended = new HashMap<Owner, Map<Integer, Ended>>();
    var since = new HashMap<Owner, Instant>();
    if (owners.isEmpty()) {
      return new Stored(ended, since);
    }
    // two who write about one person come one after the other
    participants.lock(
        dsl,
        owners.stream()
            .map(Owner::participantId)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
    var byQuiz =
        owners.stream()
            .collect(
                Collectors.groupingBy(
                    Owner::quizId,
                    TreeMap::new,
                    Collectors.mapping(Owner::participantId, Collectors.<UUID>toList())));
    byQuiz.forEach((quizId, people) -> {
      EntryStore.ended(dsl, quizId, people)
          .forEach((person, found) -> ended.put(new Owner(quizId, person), found));
      EntryStore.since(dsl, quizId, people)
          .forEach((person, at) -> since.put(new Owner(quizId, person), at));
    });
    return new Stored(ended, since);
  }

  private Version version(Owner owner, List<AttemptEvent> events, Stored stored) {
    var ended = new TreeMap<>(stored.ended().getOrDefault(owner, Map.of()));
    for (var event : events) {
      var number = event.attempt().number();
      ended.remove(number);
      ended(event.attempt()).ifPresent(e -> ended.put(number, e));
    }
    var last = events.getLast();
    var counted = Counted.of(ended.values().stream().map(Ended::result).toList(), last.quiz());
    if (events.stream().anyMatch(AttemptEvent.Reopened.class::isInstance)) {
      var at = ended.values().stream().map(Ended::at).max(Instant::compareTo);
      return new Version(owner, false, true, at.orElse(Instant.EPOCH), counted);
    }
    var since = stored.since().get(owner);
    var at = moment(last);
    return new Version(
        owner,
        events.stream().allMatch(EntryListener::isFirstEnd),
        false,
        since != null && since.isAfter(at) ? since : at,
        counted);
  }

  private Instant moment(AttemptEvent event) {
    return event instanceof AttemptEvent.Ended
        ? event.attempt().ending().map(Attempt.Ending::at).orElseThrow()
        : clock.instant();
  }

  private static Optional<Ended> ended(Attempt attempt) {
    if (attempt.annulled() || attempt.ending().isEmpty() || attempt.result().isEmpty()) {
      return Optional.empty();
    }
    var result = attempt.result().get();
    var score = result.score();
    return Optional.of(
        new Ended(
            Try.of(
                attempt.number(),
                score.points(),
                score.maximum(),
                score.pending(),
                result.passed().orElse(false)),
            attempt.ending().get().at()));
  }
}
