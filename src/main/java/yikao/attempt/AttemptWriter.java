package yikao.attempt;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.attempt.AttemptEntry.End;
import yikao.attempt.AttemptEntry.Ended;
import yikao.attempt.AttemptEntry.Existing;
import yikao.attempt.AttemptEntry.Save;
import yikao.attempt.AttemptEntry.Start;
import yikao.attempt.AttemptEntry.Started;
import yikao.attempt.AttemptStore.Insert;
import yikao.db.GroupCommit;
import yikao.db.StaleReadException;
import yikao.quiz.Quiz;
import yikao.scoring.Amendment;
import yikao.web.Problem;

/**
 * Writes a group of starts, saves and ends: reads what they concern, decides them one after the
 * other in memory, and writes what changed with a few statements.
 */
@Singleton
final class AttemptWriter implements GroupCommit.Work<AttemptEntry<?>> {
  private final AttemptStore store;
  private final MarkingStore markings;
  private final ParticipantStore participantStore;
  private final ResultListener listener;

  AttemptWriter(
      AttemptStore store,
      MarkingStore markings,
      ParticipantStore participantStore,
      ResultListener listener) {
    this.store = store;
    this.markings = markings;
    this.participantStore = participantStore;
    this.listener = listener;
  }

  @Override
  public GroupCommit.Written write(DSLContext transaction, List<AttemptEntry<?>> group) {
    var session = new Session(transaction, group);
    group.forEach(session::decide);
    session.flush();
    return () -> new byte[0];
  }

  @Override
  public void replay(DSLContext transaction, byte[] written) {
    throw new IllegalStateException();
  }

  /** Whose attempts at which quiz. */
  private record Owner(long quizId, UUID participantId) {}

  /** What a group reads and changes. */
  private final class Session {
    private final DSLContext dsl;
    private final Map<UUID, Attempt> attempts = new HashMap<>();
    private final Map<Owner, UUID> byOwner = new HashMap<>();
    private final Map<UUID, Participant> participants = new HashMap<>();
    private final Map<Long, List<Amendment>> amendments = new HashMap<>();
    private final Map<Long, Integer> revisions = new HashMap<>();

    private final Set<UUID> stored = new HashSet<>();
    private final Set<UUID> withProgress = new HashSet<>();
    private final Map<UUID, Participant> newParticipants = new LinkedHashMap<>();
    private final Map<UUID, Participant> changedParticipants = new LinkedHashMap<>();
    private final Map<UUID, Insert> inserts = new LinkedHashMap<>();
    private final Set<UUID> tokens = new LinkedHashSet<>();
    private final Set<UUID> saved = new LinkedHashSet<>();
    private final Map<UUID, Quiz> ended = new LinkedHashMap<>();
    private Instant latest = Instant.EPOCH;

    Session(DSLContext dsl, List<AttemptEntry<?>> group) {
      this.dsl = dsl;
      var ids = new LinkedHashSet<UUID>();
      var quizzes = new LinkedHashSet<Long>();
      var people = new LinkedHashSet<UUID>();
      var amended = new LinkedHashSet<Long>();
      for (var entry : group) {
        switch (entry) {
          case Start start -> {
            quizzes.add(start.quiz.id());
            people.add(start.participant.id());
          }
          case Existing<?> existing -> {
            ids.add(existing.head.id());
            if (existing instanceof End) {
              amended.add(existing.head.quiz().id());
            }
          }
        }
      }
      store.lock(dsl, ids).values().forEach(this::keep);
      store.newest(dsl, quizzes, people).forEach(this::keep);
      participants.putAll(participantStore.find(dsl, people));
      amended.addAll(quizzes);
      loadQuizzes(amended);
    }

    private void keep(Attempt attempt) {
      if (attempts.put(attempt.id(), attempt) == null) {
        stored.add(attempt.id());
        byOwner.merge(
            new Owner(attempt.quizId(), attempt.participantId()), attempt.id(), this::newer);
        if (!attempt.responses().byNumber().isEmpty() && !attempt.state().isEnded()) {
          withProgress.add(attempt.id());
        }
      }
    }

    private void loadQuizzes(Set<Long> quizIds) {
      if (!quizIds.isEmpty()) {
        markings
            .quizzes(dsl, quizIds)
            .forEach((id, now) -> {
              revisions.put(id, now.revision());
              amendments.put(id, now.amendments() == 0 ? List.of() : markings.amendments(dsl, id));
            });
      }
    }

    void decide(AttemptEntry<?> entry) {
      try {
        switch (entry) {
          case Start start -> start(start);
          case Save save -> {
            var before = owned(save);
            var after = AttemptRules.save(before, save.input, save.arrived);
            if (!after.responses().equals(before.responses())) {
              attempts.put(after.id(), after);
              saved.add(after.id());
            }
            save.saved();
          }
          case End end -> end(end);
        }
      } catch (Problem problem) {
        entry.refuse(problem);
      }
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
        start.started(new Started(resumed, false));
        return;
      }
      if (running.isPresent()) {
        throw Problem.unavailable("ending", java.time.Duration.ofSeconds(2));
      }
      checkRevision(start.quiz);
      var ended = newest.map(Attempt::number).orElse(0);
      AttemptRules.checkStart(start.quiz, ended, start.arrived);
      participant(start);
      var deadline = start.quiz.deadline(start.arrived);
      var fresh =
          new Attempt(
              start.freshId,
              start.quiz.id(),
              start.participant.id(),
              ended + 1,
              AttemptState.RUNNING,
              start.quiz.revision(),
              start.tokenHash,
              start.arrived,
              deadline,
              deadline.map(d -> d.plus(start.quiz.grace())),
              Optional.empty(),
              0,
              Responses.NONE,
              Optional.empty(),
              0,
              0);
      attempts.put(fresh.id(), fresh);
      byOwner.put(owner, fresh.id());
      inserts.put(fresh.id(), new Insert(fresh, start.drawn));
      latest = start.arrived.isAfter(latest) ? start.arrived : latest;
      start.started(new Started(fresh, true));
    }

    /** A paper drawn for a quiz that was edited meanwhile must not be started. */
    private void checkRevision(Quiz quiz) {
      if (!Integer.valueOf(quiz.revision()).equals(revisions.get(quiz.id()))) {
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
      if (before.state().isEnded()) {
        end.ended(new Ended(before, false));
        return;
      }
      if (end.byDeadline && !AttemptRules.isOver(before, end.arrived)) {
        end.ended(new Ended(before, false));
        return;
      }
      var quiz = end.head.quiz();
      var over = AttemptRules.submit(before, end.inputs, quiz.minimumTime(), end.arrived);
      var marked =
          AttemptRules.mark(
              over, end.head, amendments.getOrDefault(quiz.id(), List.of()), Map.of());
      attempts.put(marked.id(), marked);
      ended.put(marked.id(), quiz);
      end.ended(new Ended(marked, true));
    }

    private UUID newer(UUID one, UUID other) {
      return attempt(one).number() > attempt(other).number() ? one : other;
    }

    private Attempt attempt(UUID id) {
      return java.util.Objects.requireNonNull(attempts.get(id));
    }

    void flush() {
      participantStore.insert(dsl, newParticipants.values(), latest);
      participantStore.update(dsl, changedParticipants.values());
      store.insertAttempts(dsl, inserts.values());
      checkUnchanged();
      store.updateTokens(dsl, now(tokens));
      var running = saved.stream().filter(id -> !ended.containsKey(id)).toList();
      store.insertProgress(
          dsl, now(running.stream().filter(id -> !withProgress.contains(id)).toList()));
      store.updateProgress(dsl, now(running.stream().filter(withProgress::contains).toList()));
      store.updateOutcomes(dsl, now(ended.keySet()));
      store.deleteProgress(dsl, ended.keySet().stream().filter(withProgress::contains).toList());
      listen();
    }

    /**
     * An edit that was committed since the group was read sends it back: from the insert on, the
     * reference to the quiz keeps an editor waiting.
     */
    private void checkUnchanged() {
      var started = new LinkedHashSet<Long>();
      inserts.values().forEach(i -> started.add(i.attempt().quizId()));
      if (!started.isEmpty()) {
        markings
            .quizzes(dsl, started)
            .forEach((id, now) -> {
              if (!Integer.valueOf(now.revision()).equals(revisions.get(id))) {
                throw new StaleReadException();
              }
            });
      }
    }

    private List<Attempt> now(java.util.Collection<UUID> ids) {
      return ids.stream().map(this::attempt).toList();
    }

    private void listen() {
      var byQuiz = new LinkedHashMap<Long, Quiz>();
      var people = new LinkedHashMap<Long, Set<UUID>>();
      ended.forEach((id, quiz) -> {
        byQuiz.put(quiz.id(), quiz);
        people
            .computeIfAbsent(quiz.id(), _ -> new LinkedHashSet<>())
            .add(attempt(id).participantId());
      });
      var changed = new ArrayList<ResultListener.ParticipantResults>();
      byQuiz.forEach((id, quiz) ->
          changed.addAll(participantStore.results(dsl, quiz, people.getOrDefault(id, Set.of()))));
      if (!changed.isEmpty()) {
        listener.stored(dsl, changed);
      }
    }
  }
}
