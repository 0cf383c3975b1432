package yikao.attempt;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.PARTICIPANT;
import static yikao.db.jooq.Tables.RESULT;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Record4;
import org.jooq.impl.DSL;
import yikao.db.Lookup;
import yikao.db.Lookup.Reading;
import yikao.db.Together;

/** Participants and their results in the database. */
@Singleton
final class ParticipantStore {
  private static final Lookup<Record4<UUID, String, Long, String>> BY_ID =
      new Lookup<>(dsl ->
          dsl.select(
                  PARTICIPANT.ID, PARTICIPANT.NAME, PARTICIPANT.ORGANISATION_ID, PARTICIPANT.BRANCH)
              .from(PARTICIPANT)
              .where(Lookup.among(PARTICIPANT.ID)));

  Map<UUID, Participant> find(DSLContext dsl, Collection<UUID> ids) {
    var found = new HashMap<UUID, Participant>();
    if (!ids.isEmpty()) {
      Together.read(dsl, List.of(find(ids, p -> found.put(p.id(), p))));
    }
    return found;
  }

  /** The same, to be read together with something else. */
  Reading<?> find(Collection<UUID> ids, Consumer<Participant> reader) {
    return BY_ID.of(
        r ->
            reader.accept(
                new Participant(
                    r.value1(),
                    r.value2(),
                    Optional.ofNullable(r.value3()),
                    Optional.ofNullable(r.value4()))),
        AttemptStore.sorted(ids));
  }

  /** Two transactions that end or mark attempts of one participant come one after the other. */
  private static void lock(DSLContext dsl, Collection<UUID> ids) {
    dsl.select(PARTICIPANT.ID)
        .from(PARTICIPANT)
        .where(PARTICIPANT.ID.eq(DSL.any(AttemptStore.sorted(ids))))
        .orderBy(PARTICIPANT.ID)
        .forUpdate()
        .fetch();
  }

  /** The results of participants in a quiz, for those who rank them. */
  List<ResultListener.ParticipantResults> results(
      DSLContext dsl, yikao.quiz.Quiz quiz, Collection<UUID> participantIds) {
    lock(dsl, participantIds);
    var people = find(dsl, participantIds);
    var attempts = new HashMap<UUID, List<ResultListener.Outcome>>();
    participantIds.forEach(id -> attempts.put(id, new ArrayList<>()));
    dsl.select(
            ATTEMPT.PARTICIPANT_ID,
            ATTEMPT.NUMBER,
            RESULT.SCORE,
            RESULT.ELAPSED_MILLIS,
            RESULT.ENDED_AT)
        .from(ATTEMPT)
        .join(RESULT)
        .on(RESULT.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
        .and(RESULT.ATTEMPT_ID.eq(ATTEMPT.ID))
        .where(ATTEMPT.QUIZ_ID.eq(quiz.id()))
        .and(ATTEMPT.PARTICIPANT_ID.eq(DSL.any(AttemptStore.sorted(participantIds))))
        .and(RESULT.PENDING.eq(0))
        .orderBy(ATTEMPT.NUMBER)
        .forEach(r ->
            attempts
                .computeIfAbsent(r.value1(), _ -> new ArrayList<>())
                .add(new ResultListener.Outcome(r.value2(), r.value3(), r.value4(), r.value5())));
    var results = new ArrayList<ResultListener.ParticipantResults>();
    attempts.forEach((id, outcomes) -> {
      var person = people.get(id);
      if (person != null) {
        results.add(
            new ResultListener.ParticipantResults(
                quiz, id, person.organisationId(), person.branch(), outcomes));
      }
    });
    return results;
  }
}
