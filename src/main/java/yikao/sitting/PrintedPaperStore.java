package yikao.sitting;

import static yikao.db.jooq.Tables.ATTEMPT;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.PRINTED_PAPER;
import static yikao.db.jooq.Tables.RESULT;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import yikao.participant.Branch;
import yikao.participant.Participant;
import yikao.sitting.PrintedPaper.State;

/** Printed papers in the database, and who could get one. */
final class PrintedPaperStore {
  private PrintedPaperStore() {}

  /** Those who should take part, by name, each with the newest attempt; taken back ones last. */
  static List<PrintedPaper> members(DSLContext dsl, long quizId) {
    var later = ATTEMPT.as("later");
    return dsl.select(
            MEMBER.ID,
            MEMBER.NAME,
            PRINTED_PAPER.NUMBER,
            ATTEMPT.ID,
            ATTEMPT.ENTERED_BY,
            ATTEMPT.ANNULLED,
            RESULT.STATE)
        .from(ROSTER_MEMBER)
        .join(MEMBER)
        .on(MEMBER.ID.eq(ROSTER_MEMBER.MEMBER_ID))
        .leftJoin(ATTEMPT)
        .on(ATTEMPT.QUIZ_ID.eq(ROSTER_MEMBER.QUIZ_ID))
        .and(ATTEMPT.PARTICIPANT_ID.eq(MEMBER.ID))
        .and(
            DSL.notExists(
                DSL.selectOne()
                    .from(later)
                    .where(later.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
                    .and(later.PARTICIPANT_ID.eq(ATTEMPT.PARTICIPANT_ID))
                    .and(later.NUMBER.gt(ATTEMPT.NUMBER))))
        .leftJoin(RESULT)
        .on(RESULT.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
        .and(RESULT.ATTEMPT_ID.eq(ATTEMPT.ID))
        .leftJoin(PRINTED_PAPER)
        .on(PRINTED_PAPER.ATTEMPT_ID.eq(ATTEMPT.ID))
        .where(ROSTER_MEMBER.QUIZ_ID.eq(quizId))
        .and(ROSTER_MEMBER.REMOVED_AT.isNull())
        .and(MEMBER.ERASED_AT.isNull())
        .orderBy(MEMBER.NAME, MEMBER.ID)
        .fetch(PrintedPaperStore::paper);
  }

  /** A paper by the number on its sheet. */
  static Optional<PrintedPaper> find(DSLContext dsl, UUID sitting, int number) {
    return papers(dsl, PRINTED_PAPER.SITTING_ID.eq(sitting).and(PRINTED_PAPER.NUMBER.eq(number)))
        .stream()
        .findFirst();
  }

  /** All papers of a session, by their numbers. */
  static List<PrintedPaper> papers(DSLContext dsl, UUID sitting) {
    return papers(dsl, PRINTED_PAPER.SITTING_ID.eq(sitting));
  }

  private static List<PrintedPaper> papers(DSLContext dsl, Condition which) {
    return dsl.select(
            MEMBER.ID,
            MEMBER.NAME,
            PRINTED_PAPER.NUMBER,
            ATTEMPT.ID,
            ATTEMPT.ENTERED_BY,
            ATTEMPT.ANNULLED,
            RESULT.STATE)
        .from(PRINTED_PAPER)
        .join(ATTEMPT)
        .on(ATTEMPT.ID.eq(PRINTED_PAPER.ATTEMPT_ID))
        .join(MEMBER)
        .on(MEMBER.ID.eq(PRINTED_PAPER.MEMBER_ID))
        .leftJoin(RESULT)
        .on(RESULT.QUIZ_ID.eq(ATTEMPT.QUIZ_ID))
        .and(RESULT.ATTEMPT_ID.eq(ATTEMPT.ID))
        .where(which)
        .orderBy(PRINTED_PAPER.NUMBER)
        .fetch(PrintedPaperStore::paper);
  }

  private static PrintedPaper paper(Record r) {
    return new PrintedPaper(
        r.get(MEMBER.ID),
        r.get(MEMBER.NAME),
        Optional.ofNullable(r.get(PRINTED_PAPER.NUMBER)),
        Optional.ofNullable(r.get(ATTEMPT.ID)),
        state(r),
        Optional.ofNullable(r.get(ATTEMPT.ENTERED_BY)));
  }

  private static State state(Record r) {
    if (r.get(ATTEMPT.ID) == null) {
      return State.NONE;
    }
    if (r.get(ATTEMPT.ENTERED_BY) == null) {
      return r.get(ATTEMPT.ANNULLED) ? State.NONE : State.PHONE;
    }
    if (r.get(ATTEMPT.ANNULLED)) {
      return State.WITHDRAWN;
    }
    return r.get(RESULT.STATE) == null ? State.OUT : State.ENTERED;
  }

  /** Those of a roster who are meant, as participants. */
  static Map<UUID, Participant> participants(DSLContext dsl, long quizId, List<UUID> members) {
    var found = new LinkedHashMap<UUID, Participant>();
    dsl.select(MEMBER.ID, MEMBER.NAME, ROSTER_MEMBER.ORGANISATION_ID)
        .from(ROSTER_MEMBER)
        .join(MEMBER)
        .on(MEMBER.ID.eq(ROSTER_MEMBER.MEMBER_ID))
        .where(ROSTER_MEMBER.QUIZ_ID.eq(quizId))
        .and(ROSTER_MEMBER.REMOVED_AT.isNull())
        .and(MEMBER.ERASED_AT.isNull())
        .and(MEMBER.ID.in(members))
        .orderBy(MEMBER.NAME, MEMBER.ID)
        .forEach(r ->
            found.put(
                r.value1(), new Participant(r.value1(), r.value2(), new Branch.Known(r.value3()))));
    return found;
  }

  /** Numbers papers in this order; the session is held. */
  static void number(DSLContext dsl, UUID sitting, List<PrintedPaper> papers) {
    var last =
        dsl.select(DSL.max(PRINTED_PAPER.NUMBER))
            .from(PRINTED_PAPER)
            .where(PRINTED_PAPER.SITTING_ID.eq(sitting))
            .fetchSingle()
            .value1();
    var next = last == null ? 1 : last + 1;
    for (var paper : papers) {
      dsl.insertInto(PRINTED_PAPER)
          .set(PRINTED_PAPER.SITTING_ID, sitting)
          .set(PRINTED_PAPER.NUMBER, next++)
          .set(PRINTED_PAPER.MEMBER_ID, paper.member())
          .set(PRINTED_PAPER.ATTEMPT_ID, paper.attempt().orElseThrow())
          .execute();
    }
  }
}
