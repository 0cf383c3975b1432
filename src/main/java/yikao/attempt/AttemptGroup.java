package yikao.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.Attempt.Origin;
import yikao.attempt.AttemptCommand.Drawn;
import yikao.attempt.AttemptCommand.End;
import yikao.attempt.AttemptCommand.Ended;
import yikao.attempt.AttemptCommand.Existing;
import yikao.attempt.AttemptCommand.Save;
import yikao.attempt.AttemptCommand.Start;
import yikao.attempt.AttemptCommand.Started;
import yikao.attempt.AttemptStore.Loaded;
import yikao.attempt.AttemptStore.Newest;
import yikao.attempt.AttemptStore.Owner;
import yikao.attempt.Refusal.RefusedException;
import yikao.participant.Participant;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes.Held;
import yikao.web.Problem;

/** A group of commands between reading and writing: decided one after the other, in memory. */
final class AttemptGroup {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final Map<UUID, Attempt> attempts = new HashMap<>();
  private final Map<UUID, Integer> versions = new HashMap<>();
  private final Map<Owner, UUID> byOwner = new HashMap<>();
  private final Map<Owner, Integer> annulled = new HashMap<>();
  private final Map<UUID, Participant> participants = new HashMap<>();
  private final Map<Long, Held> quizzes = new HashMap<>();
  private final Map<Long, Deadline> lastDeadlines = new HashMap<>();
  private final Map<Long, Amended> amended = new HashMap<>();
  private final Map<UUID, Map<Integer, PersonMark>> byPerson = new HashMap<>();

  // what changed, in the order of the keys: two writers never wait for each other in a circle
  private final Map<UUID, Participant> newParticipants = new TreeMap<>();
  private final Map<UUID, Participant> changedParticipants = new TreeMap<>();
  private final Map<UUID, Drawn> started = new TreeMap<>();
  private final Set<UUID> tokens = new TreeSet<>();
  private final Set<UUID> saved = new TreeSet<>();
  private final Set<UUID> ended = new TreeSet<>();
  private final List<AttemptEvent> events = new ArrayList<>();
  private Instant latest = Instant.EPOCH;

  void keep(Loaded loaded) {
    var attempt = loaded.attempt();
    if (attempts.put(attempt.id(), attempt) == null) {
      byOwner.merge(
          new Owner(attempt.quizId(), attempt.participantId()), attempt.id(), this::newer);
    }
    versions.put(attempt.id(), loaded.version());
  }

  void keep(Newest newest) {
    var attempt = newest.loaded().attempt();
    annulled.put(new Owner(attempt.quizId(), attempt.participantId()), newest.annulled());
    keep(newest.loaded());
  }

  void keep(Participant participant) {
    participants.put(participant.id(), participant);
  }

  void keep(long quizId, Held quiz) {
    quizzes.put(quizId, quiz);
  }

  /** Tells when a quiz is over, which attempts may not know yet. */
  void keep(long quizId, Deadline last) {
    lastDeadlines.put(quizId, last);
  }

  void amended(AmendedQuiz stored) {
    quizzes.forEach((id, held) -> amended.put(id, stored.of(id, held.amendments())));
  }

  /** Reads by what attempts at a quiz are marked. */
  interface AmendedQuiz {
    Amended of(long quizId, int count);
  }

  void byPerson(Map<UUID, Map<Integer, PersonMark>> marks) {
    byPerson.putAll(marks);
  }

  /** Decides one command, on what those before it in the group have left. */
  void decide(AttemptCommand<?> command) {
    try {
      switch (command) {
        case Start start -> start(start);
        case Save save -> save(save);
        case End end -> end(end);
      }
    } catch (RefusedException e) {
      command.refuse(Refusals.problem(e.refusal(), paper(command)));
    } catch (Problem problem) {
      command.refuse(problem);
    }
  }

  private static Optional<AttemptPaper> paper(AttemptCommand<?> command) {
    return command instanceof Existing<?> existing ? Optional.of(existing.paper) : Optional.empty();
  }

  private void save(Save save) {
    var before = owned(save);
    var after = AttemptRules.save(before, save.input, save.arrived);
    if (!after.responses().equals(before.responses())) {
      attempts.put(after.id(), after);
      saved.add(after.id());
    }
    save.saved(after);
  }

  private Attempt owned(Existing<?> command) {
    var attempt = attempts.get(command.paper.id());
    if (attempt == null) {
      throw Problem.notFound("no-such-attempt");
    }
    Refusals.requireOpen(command.credential, attempt);
    // the keys may be out by then, whether or not its own deadline has followed the quiz
    var last = lastDeadlines.get(attempt.quizId());
    return last == null ? attempt : AttemptRules.within(attempt, last);
  }

  private void start(Start start) {
    var owner = new Owner(start.quiz.id(), start.participant.id());
    var newest = Optional.ofNullable(byOwner.get(owner)).map(this::attempt);
    newest
        .filter(a -> !a.isEnded())
        .ifPresent(a -> AttemptRules.checkWay(a, start.onPaper.isPresent()));
    if (newest
        .filter(a -> !AttemptRules.mayFollow(a, start.tokenHash, start.mayTakeOver))
        .isPresent()) {
      throw new RefusedException(new Refusal.OtherDevice());
    }
    var running = newest.filter(a -> !a.isEnded());
    if (running.isPresent()) {
      resume(start, running.get());
      return;
    }
    checkRevision(start.quiz);
    var before = newest.map(Attempt::number).orElse(0);
    var used = before - annulled.getOrDefault(owner, 0);
    AttemptRules.checkStart(start.quiz, used, start.arrived);
    participant(start.participant);
    var fresh = fresh(start, before + 1);
    attempts.put(fresh.id(), fresh);
    byOwner.put(owner, fresh.id());
    started.put(fresh.id(), start.drawn);
    latest = start.arrived.isAfter(latest) ? start.arrived : latest;
    events.add(new AttemptEvent.Started(fresh, start.quiz));
    start.started(new Started(fresh, true));
  }

  private static Attempt fresh(Start start, int number) {
    var origin =
        new Origin(start.freshId, start.quiz.id(), start.quiz.revision(), number, start.arrived);
    return start
        .onPaper
        .map(by -> AttemptRules.startOnPaper(origin, start.participant, by))
        .orElseGet(
            () -> AttemptRules.start(origin, start.participant, start.tokenHash, start.quiz));
  }

  private void resume(Start start, Attempt running) {
    if (running.isOnPaper()) {
      start.started(new Started(running, false)); // the same paper, printed again
      return;
    }
    if (AttemptRules.isOver(running, start.arrived)) {
      throw Problem.unavailable("ending", SOON);
    }
    var resumed = running.withToken(start.tokenHash);
    attempts.put(resumed.id(), resumed);
    tokens.add(resumed.id());
    saved.add(resumed.id()); // a version of its own, by which other nodes notice
    start.started(new Started(resumed, false));
  }

  /** A paper drawn for a quiz that was edited meanwhile must not be started. */
  private void checkRevision(Quiz quiz) {
    var now = quizzes.get(quiz.id());
    if (now == null || now.revision() != quiz.revision()) {
      throw Problem.unavailable("quiz-changed", AT_ONCE);
    }
  }

  private void participant(Participant participant) {
    var known = participants.put(participant.id(), participant);
    if (known == null) {
      newParticipants.put(participant.id(), participant);
    } else if (!known.equals(participant)
        && newParticipants.replace(participant.id(), participant) == null) {
      changedParticipants.put(participant.id(), participant);
    }
  }

  private void end(End end) {
    var before = owned(end);
    if (before.isEnded() || (end.byDeadline && !AttemptRules.isOver(before, end.arrived))) {
      end.ended(new Ended(before, false));
      return;
    }
    var quiz = end.paper.quiz();
    var over = AttemptRules.submit(before, end.inputs, quiz.schedule().minimumTime(), end.arrived);
    var marked =
        AttemptRules.mark(
            over,
            end.paper,
            amended.getOrDefault(quiz.id(), Amended.NOT),
            byPerson.getOrDefault(over.id(), Map.of()));
    attempts.put(marked.id(), marked);
    ended.add(marked.id());
    events.add(new AttemptEvent.Ended(marked, quiz));
    end.ended(new Ended(marked, true));
  }

  private UUID newer(UUID one, UUID other) {
    return attempt(one).number() > attempt(other).number() ? one : other;
  }

  private Attempt attempt(UUID id) {
    return Objects.requireNonNull(attempts.get(id));
  }

  /** What is to be written about attempts now that all are decided. */
  AttemptRows rows(AttemptSeal seal) {
    var rows = new AttemptRows(seal);
    started.forEach((id, drawn) -> rows.start(attempt(id), drawn));
    tokens.stream().filter(id -> !started.containsKey(id)).map(this::attempt).forEach(rows::token);
    started.keySet().stream()
        .filter(id -> !ended.contains(id))
        .map(this::attempt)
        .forEach(a -> rows.newProgress(a, 0));
    saved.stream()
        .filter(id -> !ended.contains(id) && !started.containsKey(id))
        .forEach(id -> rows.save(attempt(id), version(id)));
    ended.stream().filter(id -> !started.containsKey(id)).forEach(id -> rows.end(id, version(id)));
    ended.stream()
        .map(this::attempt)
        .sorted(Comparator.comparingLong(Attempt::quizId).thenComparing(Attempt::id))
        .forEach(rows::result);
    return rows;
  }

  private int version(UUID id) {
    return Objects.requireNonNull(versions.get(id));
  }

  /** Participants who are not stored yet. */
  Map<UUID, Participant> newParticipants() {
    return newParticipants;
  }

  /** Participants who are stored with another name or branch. */
  Map<UUID, Participant> changedParticipants() {
    return changedParticipants;
  }

  /** When the last of these came. */
  Instant latest() {
    return latest;
  }

  /** What has happened, in the order in which it was decided. */
  List<AttemptEvent> events() {
    return events;
  }

  /** Those whom the group concerns. */
  Set<UUID> participants() {
    return participants.keySet();
  }
}
