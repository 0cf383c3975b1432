package yikao.attempt;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.attempt.AttemptCommand.Existing;
import yikao.attempt.AttemptCommand.Start;
import yikao.participant.Participants;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;

/** Reads what a group of commands concerns, with a few queries whatever its size. */
@Singleton
final class GroupReader {
  private final AttemptStore store;
  private final Participants participants;
  private final Quizzes quizzes;
  private final Amendments amendments;
  private final PersonMarks byPerson;

  GroupReader(
      AttemptStore store,
      Participants participants,
      Quizzes quizzes,
      Amendments amendments,
      PersonMarks byPerson) {
    this.store = store;
    this.participants = participants;
    this.quizzes = quizzes;
    this.amendments = amendments;
    this.byPerson = byPerson;
  }

  /** What the commands of a group name. */
  private final class Concerned {
    final Set<Long> held = new LinkedHashSet<>();
    final Set<Long> starting = new LinkedHashSet<>();
    final Set<UUID> starters = new LinkedHashSet<>();
    final Set<UUID> attempts = new LinkedHashSet<>();
    final Set<UUID> essays = new LinkedHashSet<>();

    Concerned(List<AttemptCommand<?>> group) {
      for (var command : group) {
        switch (command) {
          case Start start -> {
            starting.add(start.quiz.id());
            starters.add(start.participant.id());
          }
          case Existing<?> existing -> existing(existing);
        }
      }
      held.addAll(starting);
    }

    private void existing(Existing<?> command) {
      attempts.add(command.paper.id());
      var quiz = command.paper.quiz();
      if (command instanceof AttemptCommand.End) {
        held.add(quiz.id());
        if (command.paper.hasEssay()) {
          essays.add(command.paper.id());
        }
      } else if (isOver(quiz, command.arrived)) {
        held.add(quiz.id());
      }
    }
  }

  /**
   * Whether a quiz may be over. A close is announced long before, so that what is cached may say
   * no; where it says yes, the group looks at the quiz as it is, which may have been extended.
   */
  private boolean isOver(Quiz quiz, Instant at) {
    return quizzes.get(quiz.code()).over().filter(at::isAfter).isPresent();
  }

  /** The state on which a group is decided; its quizzes are held until the transaction ends. */
  AttemptGroup read(DSLContext dsl, List<AttemptCommand<?>> commands) {
    var concerned = new Concerned(commands);
    var group = new AttemptGroup();
    quizzes
        .hold(dsl, concerned.held)
        .forEach((id, held) -> {
          group.keep(id, held);
          AttemptRules.lastDeadline(quizzes.get(id, held.revision()))
              .ifPresent(last -> group.keep(id, last));
        });
    group.amended((id, count) -> amendments.amended(dsl, id, count));
    if (!concerned.essays.isEmpty()) {
      // of an attempt that runs again some texts may have been marked
      group.byPerson(byPerson.of(dsl, concerned.essays));
    }
    store.load(dsl, concerned.attempts).values().forEach(group::keep);
    if (!concerned.starters.isEmpty()) {
      participants.find(dsl, concerned.starters).values().forEach(group::keep);
    }
    // who is new has no attempts; where another writer has met them too, the key of participants
    // lets one win
    concerned.starters.retainAll(group.participants());
    store.newest(dsl, concerned.starting, concerned.starters).forEach(group::keep);
    return group;
  }
}
