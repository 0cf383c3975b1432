package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_CHANGE;
import static yikao.db.jooq.Tables.LEDGER_COUNT;
import static yikao.db.jooq.Tables.LEDGER_ENTRY;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.ROSTER;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record9;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The figures of each quiz in each organisation, as they are kept. */
final class CountStore {
  private CountStore() {}

  /** A change that the figures do not have yet. */
  record Change(long id, long quizId, Optional<UUID> participant) {}

  /** The oldest changes. */
  static List<Change> changes(DSLContext dsl, int most) {
    return dsl.selectFrom(LEDGER_CHANGE)
        .orderBy(LEDGER_CHANGE.ID)
        .limit(most)
        .fetch(
            r -> new Change(r.getId(), r.getQuizId(), Optional.ofNullable(r.getParticipantId())));
  }

  static void delete(DSLContext dsl, List<Change> changes) {
    var ids = changes.stream().map(Change::id).toArray(Long[]::new);
    dsl.deleteFrom(LEDGER_CHANGE).where(LEDGER_CHANGE.ID.eq(DSL.any(ids))).execute();
  }

  /** Works out anew what changes are about. */
  static void recount(DSLContext dsl, List<Change> changes) {
    var whole =
        changes.stream()
            .filter(c -> c.participant().isEmpty())
            .map(Change::quizId)
            .collect(Collectors.toCollection(TreeSet::new));
    whole.forEach(quizId -> recount(dsl, quizId, Optional.empty()));
    var parts = new TreeMap<Long, Collection<UUID>>();
    for (var change : changes) {
      if (change.participant().isPresent() && !whole.contains(change.quizId())) {
        parts
            .computeIfAbsent(change.quizId(), _ -> new TreeSet<>())
            .add(change.participant().get());
      }
    }
    parts.forEach((quizId, people) -> {
      var in = organisations(dsl, quizId, people);
      if (in.length > 0) {
        recount(dsl, quizId, Optional.of(in));
      }
    });
  }

  /** Where people count in a quiz, or have counted. */
  private static Long[] organisations(DSLContext dsl, long quizId, Collection<UUID> people) {
    return dsl.selectDistinct(ROSTER_MEMBER.ORGANISATION_ID)
        .from(ROSTER_MEMBER)
        .where(ROSTER_MEMBER.QUIZ_ID.eq(quizId))
        .and(ROSTER_MEMBER.MEMBER_ID.eq(DSL.any(people.toArray(new UUID[0]))))
        .fetch(ROSTER_MEMBER.ORGANISATION_ID)
        .toArray(new Long[0]);
  }

  private static void recount(DSLContext dsl, long quizId, Optional<Long[]> in) {
    dsl.deleteFrom(LEDGER_COUNT)
        .where(LEDGER_COUNT.QUIZ_ID.eq(quizId))
        .and(isAmong(LEDGER_COUNT.ORGANISATION_ID, in))
        .execute();
    dsl.insertInto(
            LEDGER_COUNT,
            LEDGER_COUNT.QUIZ_ID,
            LEDGER_COUNT.ORGANISATION_ID,
            LEDGER_COUNT.ROOT_ID,
            LEDGER_COUNT.OPENS_AT,
            LEDGER_COUNT.SHOULD,
            LEDGER_COUNT.TOOK,
            LEDGER_COUNT.MARKED,
            LEDGER_COUNT.PASSED,
            LEDGER_COUNT.POINTS)
        .select(counted(dsl, quizId, in))
        .execute();
  }

  private static Condition isAmong(Field<Long> field, Optional<Long[]> ids) {
    return ids.<Condition>map(all -> field.eq(DSL.any(all))).orElseGet(DSL::noCondition);
  }

  /** As rosters and results are now. */
  private static Select<
          Record9<Long, Long, Long, Instant, Integer, Integer, Integer, Integer, Long>>
      counted(DSLContext dsl, long quizId, Optional<Long[]> in) {
    var sums = Sums.ofRoster();
    return dsl.select(
            ROSTER.QUIZ_ID,
            ROSTER_MEMBER.ORGANISATION_ID,
            DSL.coalesce(QUIZ.PARENT_ID, QUIZ.ID),
            ROSTER.OPENS_AT,
            sums.should(),
            sums.took(),
            sums.marked(),
            sums.passed(),
            sums.points().cast(SQLDataType.BIGINT))
        .from(ROSTER)
        .join(QUIZ)
        .on(QUIZ.ID.eq(ROSTER.QUIZ_ID))
        .join(ROSTER_MEMBER)
        .on(ROSTER_MEMBER.QUIZ_ID.eq(ROSTER.QUIZ_ID))
        .leftJoin(LEDGER_ENTRY)
        .on(LEDGER_ENTRY.QUIZ_ID.eq(ROSTER_MEMBER.QUIZ_ID))
        .and(LEDGER_ENTRY.PARTICIPANT_ID.eq(ROSTER_MEMBER.MEMBER_ID))
        .and(LEDGER_ENTRY.UNTIL_AT.eq(EntryStore.OPEN))
        .where(ROSTER.QUIZ_ID.eq(quizId))
        .and(ROSTER_MEMBER.REMOVED_AT.isNull())
        .and(isAmong(ROSTER_MEMBER.ORGANISATION_ID, in))
        .groupBy(
            ROSTER.QUIZ_ID,
            ROSTER_MEMBER.ORGANISATION_ID,
            QUIZ.PARENT_ID,
            QUIZ.ID,
            ROSTER.OPENS_AT);
  }
}
