package yikao.attempt;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.PARTICIPANT;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Participants and their results in the database. */
@Singleton
final class ParticipantStore {

  Map<UUID, Participant> find(DSLContext dsl, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    var found = new HashMap<UUID, Participant>();
    dsl.selectFrom(PARTICIPANT)
        .where(PARTICIPANT.ID.eq(DSL.any(AttemptStore.sorted(ids))))
        .forEach(r ->
            found.put(
                r.getId(),
                new Participant(
                    r.getId(),
                    r.getName(),
                    Optional.ofNullable(r.getOrganisationId()),
                    Optional.ofNullable(r.getBranch()))));
    return found;
  }

  void insert(DSLContext dsl, Collection<Participant> participants, Instant now) {
    if (!participants.isEmpty()) {
      dsl.batch(
              dsl.insertInto(
                      PARTICIPANT,
                      PARTICIPANT.ID,
                      PARTICIPANT.KIND,
                      PARTICIPANT.NAME,
                      PARTICIPANT.ORGANISATION_ID,
                      PARTICIPANT.BRANCH,
                      PARTICIPANT.CREATED_AT)
                  .values((UUID) null, null, null, null, null, null))
          .bind(
              participants.stream()
                  .sorted(Comparator.comparing(Participant::id))
                  .map(p ->
                      new Object[] {
                        p.id(),
                        "guest",
                        p.name(),
                        p.organisationId().orElse(null),
                        p.branch().orElse(null),
                        now
                      })
                  .toArray(Object[][]::new))
          .execute();
    }
  }

  void update(DSLContext dsl, Collection<Participant> participants) {
    if (!participants.isEmpty()) {
      dsl.batch(
              dsl.update(PARTICIPANT)
                  .set(PARTICIPANT.NAME, (String) null)
                  .set(PARTICIPANT.ORGANISATION_ID, (Long) null)
                  .set(PARTICIPANT.BRANCH, (String) null)
                  .where(PARTICIPANT.ID.eq((UUID) null)))
          .bind(
              participants.stream()
                  .sorted(Comparator.comparing(Participant::id))
                  .map(p ->
                      new Object[] {
                        p.name(), p.organisationId().orElse(null), p.branch().orElse(null), p.id()
                      })
                  .toArray(Object[][]::new))
          .execute();
    }
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
            ATTEMPT.SCORE,
            ATTEMPT.ELAPSED_MILLIS,
            ATTEMPT.ENDED_AT)
        .from(ATTEMPT)
        .where(ATTEMPT.QUIZ_ID.eq(quiz.id()))
        .and(ATTEMPT.PARTICIPANT_ID.eq(DSL.any(AttemptStore.sorted(participantIds))))
        .and(ATTEMPT.PENDING.eq(0))
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
