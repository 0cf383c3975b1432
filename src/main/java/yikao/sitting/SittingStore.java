package yikao.sitting;

import static yikao.db.jooq.Tables.ATTENDANCE;
import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.SITTING;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.SelectOnConditionStep;
import org.jooq.UpdateSetMoreStep;
import org.jooq.impl.DSL;
import yikao.db.jooq.tables.records.SittingRecord;
import yikao.web.Problem;

/** Sessions and attendance in the database. */
final class SittingStore {
  private SittingStore() {}

  /** Stores a new one; false where another open one has the same code. */
  static boolean insert(DSLContext dsl, Sitting sitting, long quizId, String actor) {
    return dsl.insertInto(SITTING)
            .set(SITTING.ID, sitting.id())
            .set(SITTING.ORGANISATION_ID, sitting.organisationId())
            .set(SITTING.QUIZ_ID, quizId)
            .set(SITTING.JOIN_CODE, sitting.code().orElseThrow())
            .set(SITTING.HOST, sitting.host())
            .set(SITTING.PLACE, sitting.place())
            .set(SITTING.STATE, "open")
            .set(SITTING.OPENED_AT, sitting.openedAt())
            .set(SITTING.CLOSES_AT, sitting.closesAt())
            .set(SITTING.VERSION, sitting.version())
            .set(SITTING.ACTOR, actor)
            .onConflict(SITTING.JOIN_CODE)
            .doNothing()
            .execute()
        > 0;
  }

  static Optional<Sitting> find(DSLContext dsl, UUID id) {
    return select(dsl).where(SITTING.ID.eq(id)).fetchOptional(SittingStore::sitting);
  }

  /** The open one of a code. */
  static Optional<Sitting> find(DSLContext dsl, String code) {
    return select(dsl).where(SITTING.JOIN_CODE.eq(code)).fetchOptional(SittingStore::sitting);
  }

  /**
   * Those of organisations, the last opened first.
   *
   * @param organisations absent: all
   */
  static List<Sitting> list(
      DSLContext dsl, Optional<List<Long>> organisations, Optional<Instant> before, int most) {
    return select(dsl)
        .where(
            organisations
                .<Condition>map(
                    ids -> SITTING.ORGANISATION_ID.eq(DSL.any(ids.toArray(new Long[0]))))
                .orElseGet(DSL::noCondition))
        .and(before.map(SITTING.OPENED_AT::lt).orElseGet(DSL::noCondition))
        .orderBy(SITTING.OPENED_AT.desc(), SITTING.ID)
        .limit(most)
        .fetch(SittingStore::sitting);
  }

  /** Open ones whose time was over by then. */
  static List<Sitting> overdue(DSLContext dsl, Instant now, int most) {
    return select(dsl)
        .where(SITTING.JOIN_CODE.isNotNull())
        .and(SITTING.CLOSES_AT.lt(now))
        .orderBy(SITTING.CLOSES_AT)
        .limit(most)
        .fetch(SittingStore::sitting);
  }

  private static SelectOnConditionStep<Record2<SittingRecord, String>> select(DSLContext dsl) {
    return dsl.select(SITTING, QUIZ.CODE).from(SITTING).join(QUIZ).on(QUIZ.ID.eq(SITTING.QUIZ_ID));
  }

  private static Sitting sitting(Record2<SittingRecord, String> found) {
    var row = found.value1();
    return new Sitting(
        row.getId(),
        row.getOrganisationId(),
        found.value2(),
        Optional.ofNullable(row.getJoinCode()),
        row.getHost(),
        row.getPlace(),
        row.getOpenedAt(),
        row.getClosesAt(),
        Optional.ofNullable(row.getEndedAt()),
        Optional.ofNullable(row.getConfirmedAt())
            .map(at -> new Sitting.Confirmed(at, row.getConfirmedBy())),
        row.getVersion());
  }

  /** Begins a change of a version that was seen; it is made by {@link #isDone}. */
  private static UpdateSetMoreStep<SittingRecord> change(DSLContext dsl, Sitting seen) {
    return dsl.update(SITTING).set(SITTING.VERSION, seen.version() + 1);
  }

  private static boolean isDone(UpdateSetMoreStep<SittingRecord> change, Sitting seen) {
    return change.where(SITTING.ID.eq(seen.id())).and(SITTING.VERSION.eq(seen.version())).execute()
        > 0;
  }

  /** Ends it; false where another was faster, here as below. */
  static boolean end(DSLContext dsl, Sitting seen, Instant at) {
    return isDone(
        change(dsl, seen)
            .set(SITTING.STATE, "ended")
            .set(SITTING.JOIN_CODE, (String) null)
            .set(SITTING.CLOSES_AT, at)
            .set(SITTING.ENDED_AT, at),
        seen);
  }

  static boolean closesAt(DSLContext dsl, Sitting seen, Instant at) {
    return isDone(change(dsl, seen).set(SITTING.CLOSES_AT, at), seen);
  }

  static boolean confirm(DSLContext dsl, Sitting seen, Instant at, String by) {
    return isDone(
        change(dsl, seen).set(SITTING.CONFIRMED_AT, at).set(SITTING.CONFIRMED_BY, by), seen);
  }

  /** What was confirmed is to be confirmed again. */
  static boolean unconfirm(DSLContext dsl, Sitting seen) {
    return isDone(
        change(dsl, seen)
            .set(SITTING.CONFIRMED_AT, (Instant) null)
            .set(SITTING.CONFIRMED_BY, (String) null),
        seen);
  }

  /** Holds a session until the end of the transaction. */
  static void hold(DSLContext dsl, UUID id) {
    dsl.select(SITTING.ID).from(SITTING).where(SITTING.ID.eq(id)).forUpdate().fetch();
  }

  /**
   * Lets pass what changes results while the account is not confirmed, and holds it so.
   *
   * @throws Problem {@code paper.confirmed}
   */
  static void requireUnconfirmed(DSLContext dsl, UUID id) {
    hold(dsl, id);
    if (find(dsl, id).orElseThrow().confirmed().isPresent()) {
      throw Problem.conflict("paper.confirmed");
    }
  }

  /**
   * The same for what changes who has to be accounted for: nobody confirms without having seen it.
   */
  static void changeUnconfirmed(DSLContext dsl, UUID id) {
    requireUnconfirmed(dsl, id);
    dsl.update(SITTING)
        .set(SITTING.VERSION, SITTING.VERSION.plus(1))
        .where(SITTING.ID.eq(id))
        .execute();
  }

  // attendance

  static Map<UUID, Attendance> attendance(DSLContext dsl, UUID sitting) {
    var all = new HashMap<UUID, Attendance>();
    dsl.selectFrom(ATTENDANCE)
        .where(ATTENDANCE.SITTING_ID.eq(sitting))
        .forEach(row ->
            all.put(
                row.getMemberId(),
                new Attendance(
                    row.getMemberId(),
                    Optional.of(AttendanceStatus.of(row.getStatus())),
                    row.getNote())));
    return all;
  }

  static void replace(DSLContext dsl, UUID sitting, Collection<Attendance> entries) {
    dsl.deleteFrom(ATTENDANCE)
        .where(ATTENDANCE.SITTING_ID.eq(sitting))
        .and(ATTENDANCE.MEMBER_ID.in(entries.stream().map(Attendance::member).toList()))
        .execute();
    for (var entry : entries) {
      entry
          .status()
          .ifPresent(status ->
              dsl.insertInto(ATTENDANCE)
                  .set(ATTENDANCE.SITTING_ID, sitting)
                  .set(ATTENDANCE.MEMBER_ID, entry.member())
                  .set(ATTENDANCE.STATUS, status.code())
                  .set(ATTENDANCE.NOTE, entry.note())
                  .execute());
    }
  }

  /** Where somebody was, or was not: which session, when, and what was noted. */
  record Trace(Instant openedAt, String quiz, String status, String note) {}

  static List<Trace> of(DSLContext dsl, UUID member) {
    return dsl.select(SITTING.OPENED_AT, QUIZ.CODE, ATTENDANCE.STATUS, ATTENDANCE.NOTE)
        .from(ATTENDANCE)
        .join(SITTING)
        .on(SITTING.ID.eq(ATTENDANCE.SITTING_ID))
        .join(QUIZ)
        .on(QUIZ.ID.eq(SITTING.QUIZ_ID))
        .where(ATTENDANCE.MEMBER_ID.eq(member))
        .orderBy(SITTING.OPENED_AT)
        .fetch(r -> new Trace(r.value1(), r.value2(), r.value3(), r.value4()));
  }

  static void erase(DSLContext dsl, UUID member) {
    dsl.update(ATTENDANCE)
        .set(ATTENDANCE.NOTE, "")
        .where(ATTENDANCE.MEMBER_ID.eq(member))
        .execute();
  }
}
