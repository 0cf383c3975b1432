package yikao.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.attempt.AttemptEntry.Drawn;
import yikao.attempt.AttemptEntry.End;
import yikao.attempt.AttemptEntry.Ended;
import yikao.attempt.AttemptEntry.Existing;
import yikao.attempt.AttemptEntry.Save;
import yikao.attempt.AttemptEntry.Start;
import yikao.attempt.AttemptEntry.Started;
import yikao.attempt.AttemptStore.Loaded;
import yikao.attempt.AttemptStore.Owner;
import yikao.attempt.MarkingStore.QuizNow;
import yikao.db.Lookup.Reading;
import yikao.db.Together;
import yikao.quiz.Quiz;
import yikao.scoring.Amendment;
import yikao.web.Problem;

/** What a group reads, decides and changes, in memory, between reading and writing. */
final class AttemptSession {
  private final MarkingStore markings;
  private final DSLContext dsl;
  private final Map<UUID, Attempt> attempts = new HashMap<>();
  private final Map<UUID, Integer> versions = new HashMap<>();
  private final Map<Owner, UUID> byOwner = new HashMap<>();
  private final Map<UUID, Participant> participants = new HashMap<>();
  private final Map<Long, List<Amendment>> amendments = new HashMap<>();
  private final Map<Long, QuizNow> quizzes = new HashMap<>();

  // what changed, in the order of the keys: two writers never wait for each other in a circle
  private final Map<UUID, Participant> newParticipants = new TreeMap<>();
  private final Map<UUID, Participant> changedParticipants = new TreeMap<>();
  private final Map<UUID, Drawn> started = new TreeMap<>();
  private final Set<UUID> tokens = new TreeSet<>();
  private final Set<UUID> saved = new TreeSet<>();
  private final Map<UUID, Quiz> ended = new TreeMap<>();
  private Instant latest = Instant.EPOCH;

  /** Reads what a group concerns. */
  AttemptSession(
      AttemptStore store,
      MarkingStore markings,
      ParticipantStore participantStore,
      RunningAttempts running,
      DSLContext dsl,
      List<AttemptEntry<?>> group) {
    this.markings = markings;
    this.dsl = dsl;
    var byId = new LinkedHashMap<UUID, List<Existing<?>>>();
    var starting = new LinkedHashSet<Long>();
    var starters = new LinkedHashSet<UUID>();
    var people = new LinkedHashSet<UUID>();
    var concerned = new LinkedHashSet<Long>();
    for (var entry : group) {
      switch (entry) {
        case Start start -> {
          starting.add(start.quiz.id());
          starters.add(start.participant.id());
        }
        case Existing<?> existing -> {
          byId.computeIfAbsent(existing.head.id(), _ -> new ArrayList<>()).add(existing);
          if (existing instanceof End) {
            concerned.add(existing.head.quiz().id());
            people.add(existing.head.participantId());
          }
        }
      }
    }
    concerned.addAll(starting);
    people.addAll(starters);
    var ids = new LinkedHashSet<UUID>();
    byId.forEach(
        (id, entries) -> running.find(id, entries).ifPresentOrElse(this::keep, () -> ids.add(id)));
    var readings = new ArrayList<Reading<?>>();
    if (!concerned.isEmpty()) {
      readings.add(markings.quizzes(concerned, quizzes::put));
    }
    if (!ids.isEmpty()) {
      readings.add(store.load(ids, this::keep));
    }
    if (!people.isEmpty()) {
      readings.add(participantStore.find(people, p -> participants.put(p.id(), p)));
    }
    Together.read(dsl, readings);
    loadAmendments();
    // who is new has no attempts; where another writer has met them too, the key of participants
    // lets one win
    starters.retainAll(participants.keySet());
    store.newest(dsl, starting, starters).forEach(this::keep);
  }

  private void keep(Loaded loaded) {
    var attempt = loaded.attempt();
    if (attempts.put(attempt.id(), attempt) == null) {
      byOwner.merge(
          new Owner(attempt.quizId(), attempt.participantId()), attempt.id(), this::newer);
    }
    versions.put(attempt.id(), loaded.version());
  }

  private void loadAmendments() {
    quizzes.forEach((id, now) ->
        amendments.put(id, now.amendments() == 0 ? List.of() : markings.amendments(dsl, id)));
  }

  /** Decides one entry, on what those before it in the group have left. */
  void decide(AttemptEntry<?> entry) {
    try {
      switch (entry) {
        case Start start -> start(start);
        case Save save -> save(save);
        case End end -> end(end);
      }
    } catch (Problem problem) {
      entry.refuse(problem);
    }
  }

  private void save(Save save) {
    var before = owned(save);
    var after = AttemptRules.save(before, save.input, save.arrived);
    if (!after.responses().equals(before.responses())) {
      attempts.put(after.id(), after);
      saved.add(after.id());
    }
    save.saved();
  }

  private Attempt owned(Existing<?> entry) {
    var attempt = attempts.get(entry.head.id());
    if (attempt == null) {
      throw Problem.notFound("no-such-attempt");
    }
    if (!entry.credential.opens(attempt.tokenHash(), attempt.participantId())) {
      throw Problem.of(io.micronaut.http.HttpStatus.FORBIDDEN, "not-yours");
    }
    return attempt;
  }

  private void start(Start start) {
    var owner = new Owner(start.quiz.id(), start.participant.id());
    var newest = Optional.ofNullable(byOwner.get(owner)).map(this::attempt);
    var running = newest.filter(a -> !a.state().isEnded());
    if (running.isPresent() && !AttemptRules.isOver(running.get(), start.arrived)) {
      var resumed = running.get().withToken(start.tokenHash);
      attempts.put(resumed.id(), resumed);
      tokens.add(resumed.id());
      saved.add(resumed.id()); // a version of its own, by which other nodes notice
      start.started(new Started(resumed, false));
      return;
    }
    if (running.isPresent()) {
      throw Problem.unavailable("ending", java.time.Duration.ofSeconds(2));
    }
    checkRevision(start.quiz);
    var before = newest.map(Attempt::number).orElse(0);
    AttemptRules.checkStart(start.quiz, before, start.arrived);
    participant(start);
    var fresh = AttemptRules.start(start, before + 1);
    attempts.put(fresh.id(), fresh);
    byOwner.put(owner, fresh.id());
    started.put(fresh.id(), start.drawn);
    latest = start.arrived.isAfter(latest) ? start.arrived : latest;
    start.started(new Started(fresh, true));
  }

  /** A paper drawn for a quiz that was edited meanwhile must not be started. */
  private void checkRevision(Quiz quiz) {
    var now = quizzes.get(quiz.id());
    if (now == null || now.revision() != quiz.revision()) {
      throw Problem.unavailable("quiz-changed", java.time.Duration.ofSeconds(1));
    }
  }

  private void participant(Start start) {
    var known = participants.put(start.participant.id(), start.participant);
    if (known == null) {
      newParticipants.put(start.participant.id(), start.participant);
    } else if (!known.equals(start.participant)) {
      if (newParticipants.replace(start.participant.id(), start.participant) == null) {
        changedParticipants.put(start.participant.id(), start.participant);
      }
    }
  }

  private void end(End end) {
    var before = owned(end);
    if (before.state().isEnded() || (end.byDeadline && !AttemptRules.isOver(before, end.arrived))) {
      end.ended(new Ended(before, false));
      return;
    }
    var quiz = end.head.quiz();
    var over = AttemptRules.submit(before, end.inputs, quiz.minimumTime(), end.arrived);
    var marked =
        AttemptRules.mark(over, end.head, amendments.getOrDefault(quiz.id(), List.of()), Map.of());
    attempts.put(marked.id(), marked);
    ended.put(marked.id(), quiz);
    end.ended(new Ended(marked, true));
  }

  private UUID newer(UUID one, UUID other) {
    return attempt(one).number() > attempt(other).number() ? one : other;
  }

  private Attempt attempt(UUID id) {
    return Objects.requireNonNull(attempts.get(id));
  }

  /** What is to be written now that all are decided. */
  AttemptRows rows() {
    var rows = new AttemptRows();
    newParticipants.values().forEach(p -> rows.newParticipant(p, latest));
    changedParticipants.values().forEach(rows::changedParticipant);
    started.forEach((id, drawn) -> rows.start(attempt(id), drawn));
    tokens.stream().filter(id -> !started.containsKey(id)).map(this::attempt).forEach(rows::token);
    started.keySet().stream()
        .filter(id -> !ended.containsKey(id))
        .map(this::attempt)
        .forEach(a -> rows.newProgress(a, 0));
    saved.stream()
        .filter(id -> !ended.containsKey(id) && !started.containsKey(id))
        .forEach(id -> rows.save(attempt(id), version(id)));
    ended.keySet().stream()
        .filter(id -> !started.containsKey(id))
        .forEach(id -> rows.end(id, version(id)));
    ended.keySet().stream()
        .map(this::attempt)
        .sorted(Comparator.comparingLong(Attempt::quizId).thenComparing(Attempt::id))
        .forEach(rows::result);
    return rows;
  }

  private int version(UUID id) {
    return Objects.requireNonNull(versions.get(id));
  }

  /** The attempts that were looked at. */
  Set<UUID> ids() {
    return attempts.keySet();
  }

  /** Keeps what is now committed. */
  void committed(RunningAttempts running) {
    saved.stream()
        .filter(id -> !started.containsKey(id) && !ended.containsKey(id))
        .forEach(id -> running.keep(new Loaded(attempt(id), version(id) + 1)));
    started.keySet().stream()
        .filter(id -> !ended.containsKey(id))
        .forEach(id -> running.keep(new Loaded(attempt(id), 0)));
    running.forget(ended.keySet());
  }

  /** Those whom the group concerns, as they are after it. */
  Map<UUID, Participant> participants() {
    return participants;
  }

  /** The attempts that this group ends. */
  List<ResultNews.Ended> ended() {
    var all = new ArrayList<ResultNews.Ended>();
    new LinkedHashMap<>(ended)
        .forEach((id, quiz) -> all.add(new ResultNews.Ended(attempt(id), quiz)));
    return all;
  }
}
