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
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import yikao.db.Bulk;
import yikao.db.StatementBatch;

/** The figures of each quiz in each organisation, as they are kept. */
final class CountStore {
  private static final List<Field<?>> COLUMNS =
      List.of(
          LEDGER_COUNT.QUIZ_ID,
          LEDGER_COUNT.ORGANISATION_ID,
          LEDGER_COUNT.ROOT_ID,
          LEDGER_COUNT.OPENS_AT,
          LEDGER_COUNT.SHOULD,
          LEDGER_COUNT.TOOK,
          LEDGER_COUNT.MARKED,
          LEDGER_COUNT.PASSED,
          LEDGER_COUNT.POINTS,
          LEDGER_COUNT.BEGAN_AT,
          LEDGER_COUNT.SETTLED_AT);

  private static final Bulk DELETE = Bulk.delete(LEDGER_CHANGE, List.of(LEDGER_CHANGE.ID));

  /** Of so many people a quiz is counted as a whole, which is less work. */
  private static final int MANY = 500;

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
    var batch = new StatementBatch(dsl);
    DELETE.addTo(batch, changes.stream().map(change -> new Object[] {change.id()}).toList());
    batch.execute();
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
      var in =
          people.size() > MANY
              ? Optional.<Long[]>empty()
              : Optional.of(organisations(dsl, quizId, people));
      if (in.filter(none -> none.length == 0).isEmpty()) {
        recount(dsl, quizId, in);
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
    dsl.insertInto(LEDGER_COUNT, COLUMNS).select(counted(dsl, quizId, in)).execute();
  }

  private static Condition isAmong(Field<Long> field, Optional<Long[]> ids) {
    return ids.<Condition>map(all -> field.eq(DSL.any(all))).orElseGet(DSL::noCondition);
  }

  /** As rosters and results are now. */
  private static Select<?> counted(DSLContext dsl, long quizId, Optional<Long[]> in) {
    var sums = Sums.ofRoster(ROSTER_MEMBER.REMOVED_AT.isNull());
    var began = DSL.min(ROSTER_MEMBER.ADDED_AT);
    return dsl.select(ROSTER.QUIZ_ID, ROSTER_MEMBER.ORGANISATION_ID)
        .select(DSL.coalesce(QUIZ.PARENT_ID, QUIZ.ID), ROSTER.OPENS_AT)
        .select(sums.should(), sums.took(), sums.marked(), sums.passed())
        .select(sums.points().cast(SQLDataType.BIGINT), began, lastChange())
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
        .and(isAmong(ROSTER_MEMBER.ORGANISATION_ID, in))
        .groupBy(
            ROSTER.QUIZ_ID,
            ROSTER_MEMBER.ORGANISATION_ID,
            QUIZ.PARENT_ID,
            QUIZ.ID,
            ROSTER.OPENS_AT);
  }

  /** When somebody last came, went, or reached or lost something. */
  private static Field<Instant> lastChange() {
    var former = LEDGER_ENTRY.as("former");
    var lost =
        DSL.when(
            LEDGER_ENTRY.PARTICIPANT_ID.isNull(),
            DSL.field(
                DSL.select(DSL.max(former.UNTIL_AT))
                    .from(former)
                    .where(former.QUIZ_ID.eq(ROSTER_MEMBER.QUIZ_ID))
                    .and(former.PARTICIPANT_ID.eq(ROSTER_MEMBER.MEMBER_ID))));
    var came = DSL.max(ROSTER_MEMBER.ADDED_AT);
    return DSL.greatest(
        came,
        DSL.coalesce(DSL.max(ROSTER_MEMBER.REMOVED_AT), came),
        DSL.coalesce(DSL.max(LEDGER_ENTRY.SINCE_AT), came),
        DSL.coalesce(DSL.max(lost), came));
  }
}
