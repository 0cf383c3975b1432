package yikao.sitting;

import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.SPOT_QUESTION;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import yikao.org.MemberState;

/** Questions asked on the spot, in the database. */
final class SpotQuestionStore {
  private SpotQuestionStore() {}

  /** Somebody who may be asked. */
  record Person(UUID id, String name, long organisationId) {}

  static Optional<Person> person(DSLContext dsl, UUID member) {
    return dsl.select(MEMBER.ID, MEMBER.NAME, MEMBER.ORGANISATION_ID)
        .from(MEMBER)
        .where(MEMBER.ID.eq(member))
        .and(MEMBER.ERASED_AT.isNull())
        .fetchOptional(r -> new Person(r.value1(), r.value2(), r.value3()));
  }

  /** The members of an organisation itself, by name. */
  static List<Person> people(DSLContext dsl, long organisationId) {
    return dsl.select(MEMBER.ID, MEMBER.NAME, MEMBER.ORGANISATION_ID)
        .from(MEMBER)
        .where(MEMBER.ORGANISATION_ID.eq(organisationId))
        .and(MEMBER.ERASED_AT.isNull())
        .and(MEMBER.STATE.in(MemberState.ENROLLED.code(), MemberState.FLOATING.code()))
        .orderBy(MEMBER.NAME, MEMBER.ID)
        .fetch(r -> new Person(r.value1(), r.value2(), r.value3()));
  }

  static void insert(DSLContext dsl, SpotQuestion asked) {
    dsl.insertInto(SPOT_QUESTION)
        .set(SPOT_QUESTION.ID, asked.id())
        .set(SPOT_QUESTION.ORGANISATION_ID, asked.organisationId())
        .set(SPOT_QUESTION.MEMBER_ID, asked.member())
        .set(SPOT_QUESTION.QUESTION_VERSION, asked.question())
        .set(SPOT_QUESTION.ASKED_AT, asked.askedAt())
        .set(SPOT_QUESTION.VERSION, asked.version())
        .set(SPOT_QUESTION.ACTOR, asked.actor())
        .execute();
  }

  /** When somebody was last asked which versions since a moment. */
  static Map<Integer, Instant> asked(DSLContext dsl, UUID member, Instant since) {
    var asked = new HashMap<Integer, Instant>();
    dsl.select(SPOT_QUESTION.QUESTION_VERSION, DSL.max(SPOT_QUESTION.ASKED_AT))
        .from(SPOT_QUESTION)
        .where(SPOT_QUESTION.MEMBER_ID.eq(member))
        .and(SPOT_QUESTION.ASKED_AT.gt(since))
        .groupBy(SPOT_QUESTION.QUESTION_VERSION)
        .forEach(r -> asked.put(r.value1(), r.value2()));
    return asked;
  }

  private static SelectOnConditionStep<? extends Record> select(DSLContext dsl) {
    return dsl.select(SPOT_QUESTION.fields())
        .select(MEMBER.NAME)
        .from(SPOT_QUESTION)
        .join(MEMBER)
        .on(MEMBER.ID.eq(SPOT_QUESTION.MEMBER_ID));
  }

  static Optional<SpotQuestion> find(DSLContext dsl, UUID id) {
    return select(dsl).where(SPOT_QUESTION.ID.eq(id)).fetchOptional(SpotQuestionStore::question);
  }

  /** What was asked together: somebody at one moment, in the order in which it was drawn. */
  static List<SpotQuestion> together(DSLContext dsl, SpotQuestion one) {
    return select(dsl)
        .where(SPOT_QUESTION.MEMBER_ID.eq(one.member()))
        .and(SPOT_QUESTION.ASKED_AT.eq(one.askedAt()))
        .orderBy(SPOT_QUESTION.ID)
        .fetch(SpotQuestionStore::question);
  }

  static List<SpotQuestion> of(DSLContext dsl, UUID member) {
    return select(dsl)
        .where(SPOT_QUESTION.MEMBER_ID.eq(member))
        .orderBy(SPOT_QUESTION.ID)
        .fetch(SpotQuestionStore::question);
  }

  /** A period, from a moment on and before another. */
  record Period(Optional<Instant> from, Optional<Instant> to) {}

  /**
   * Those asked in organisations, the last first.
   *
   * @param after behind which they begin
   */
  static List<SpotQuestion> list(
      DSLContext dsl, List<Long> organisations, Period period, Optional<UUID> after, int most) {
    return select(dsl)
        .where(SPOT_QUESTION.ORGANISATION_ID.eq(DSL.any(organisations.toArray(new Long[0]))))
        .and(period.from().map(SPOT_QUESTION.ASKED_AT::ge).orElseGet(DSL::noCondition))
        .and(period.to().map(SPOT_QUESTION.ASKED_AT::lt).orElseGet(DSL::noCondition))
        .and(after.map(SPOT_QUESTION.ID::lt).orElseGet(DSL::noCondition))
        .orderBy(SPOT_QUESTION.ID.desc())
        .limit(most)
        .fetch(SpotQuestionStore::question);
  }

  /** Marks a question, of the version that was seen. */
  static boolean mark(DSLContext dsl, UUID id, int seen, boolean isRight) {
    return dsl.update(SPOT_QUESTION)
            .set(SPOT_QUESTION.IS_RIGHT, isRight)
            .set(SPOT_QUESTION.VERSION, seen + 1)
            .where(SPOT_QUESTION.ID.eq(id))
            .and(SPOT_QUESTION.VERSION.eq(seen))
            .execute()
        == 1;
  }

  private static SpotQuestion question(Record r) {
    return new SpotQuestion(
        r.get(SPOT_QUESTION.ID),
        r.get(SPOT_QUESTION.ORGANISATION_ID),
        r.get(SPOT_QUESTION.MEMBER_ID),
        r.get(MEMBER.NAME),
        r.get(SPOT_QUESTION.QUESTION_VERSION),
        r.get(SPOT_QUESTION.ASKED_AT),
        Optional.ofNullable(r.get(SPOT_QUESTION.IS_RIGHT)),
        r.get(SPOT_QUESTION.VERSION),
        r.get(SPOT_QUESTION.ACTOR));
  }
}
