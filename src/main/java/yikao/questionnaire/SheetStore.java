package yikao.questionnaire;

import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.QUESTIONNAIRE;
import static yikao.db.jooq.Tables.QUESTIONNAIRE_ANSWER;
import static yikao.db.jooq.Tables.QUESTIONNAIRE_GIVEN;
import static yikao.db.jooq.Tables.QUESTIONNAIRE_SHEET;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.db.jooq.tables.records.QuestionnaireSheetRecord;
import yikao.org.MemberProofs;
import yikao.org.MemberState;
import yikao.questionnaire.Answers.Answer;
import yikao.questionnaire.Results.Tally;

/** Who has been given a sheet, the sheets that came back, and the answers, in the database. */
final class SheetStore {
  private static final List<String> ASKED =
      List.of(MemberState.ENROLLED.code(), MemberState.FLOATING.code());

  private SheetStore() {}

  // given out

  private static Condition areAsked(List<Long> organisations) {
    // H2 would compare each row with each of an array
    return DSL.condition(
            "{0} in (select * from unnest({1}))",
            MEMBER.ORGANISATION_ID,
            DSL.val(
                organisations.toArray(Long[]::new), MEMBER.ORGANISATION_ID.getDataType().array()))
        .and(MEMBER.ERASED_AT.isNull())
        .and(MEMBER.STATE.in(ASKED));
  }

  /** How many members organisations have now who would be given a sheet. */
  static int wouldBeGiven(DSLContext dsl, List<Long> organisations) {
    return dsl.fetchCount(MEMBER, areAsked(organisations));
  }

  /** Gives each member of organisations a sheet. */
  static int giveOut(DSLContext dsl, UUID questionnaire, List<Long> organisations) {
    var ofTheName =
        DSL.count().over(DSL.partitionBy(MEMBER.ORGANISATION_ID, MEMBER.NAME_KEY)).gt(1);
    return dsl.insertInto(
            QUESTIONNAIRE_GIVEN,
            QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID,
            QUESTIONNAIRE_GIVEN.MEMBER_ID,
            QUESTIONNAIRE_GIVEN.ORGANISATION_ID,
            QUESTIONNAIRE_GIVEN.SHARES_NAME)
        .select(
            dsl.select(
                    DSL.val(questionnaire), MEMBER.ID, MEMBER.ORGANISATION_ID, DSL.field(ofTheName))
                .from(MEMBER)
                .where(areAsked(organisations)))
        .execute();
  }

  /**
   * Somebody who has been given a sheet.
   *
   * @param sharesName whether another there has the name, so that the digits have to say which
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Candidate(UUID id, long organisationId, boolean sharesName, Optional<byte[]> tail)
      implements MemberProofs.Claimed {}

  /** Those of a name in an organisation who have been given a sheet. */
  static List<Candidate> candidates(
      DSLContext dsl, UUID questionnaire, long organisationId, String nameKey) {
    return dsl.select(QUESTIONNAIRE_GIVEN, MEMBER.PHONE_TAIL)
        .from(QUESTIONNAIRE_GIVEN)
        .join(MEMBER)
        .on(MEMBER.ID.eq(QUESTIONNAIRE_GIVEN.MEMBER_ID))
        .where(QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID.eq(questionnaire))
        .and(QUESTIONNAIRE_GIVEN.ORGANISATION_ID.eq(organisationId))
        .and(MEMBER.NAME_KEY.eq(nameKey))
        .and(MEMBER.ERASED_AT.isNull())
        .fetch(row ->
            new Candidate(
                row.value1().getMemberId(),
                row.value1().getOrganisationId(),
                row.value1().getSharesName(),
                Optional.ofNullable(row.value2())));
  }

  /**
   * Takes somebody off the list of an anonymous questionnaire; false where it has not the person.
   */
  static boolean tick(DSLContext dsl, UUID questionnaire, UUID member) {
    return dsl.deleteFrom(QUESTIONNAIRE_GIVEN)
            .where(QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID.eq(questionnaire))
            .and(QUESTIONNAIRE_GIVEN.MEMBER_ID.eq(member))
            .execute()
        > 0;
  }

  /** How many an anonymous one has on its list, whose sheets are still out. */
  static int stillOut(DSLContext dsl, UUID questionnaire) {
    return dsl.fetchCount(
        QUESTIONNAIRE_GIVEN, QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID.eq(questionnaire));
  }

  static void forgetList(DSLContext dsl, UUID questionnaire) {
    dsl.deleteFrom(QUESTIONNAIRE_GIVEN)
        .where(QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID.eq(questionnaire))
        .execute();
  }

  /** The names of those of a named one who have handed in nothing. */
  static List<String> notYet(DSLContext dsl, UUID questionnaire, int most) {
    return dsl.select(MEMBER.NAME)
        .from(QUESTIONNAIRE_GIVEN)
        .join(MEMBER)
        .on(MEMBER.ID.eq(QUESTIONNAIRE_GIVEN.MEMBER_ID))
        .leftJoin(QUESTIONNAIRE_SHEET)
        .on(QUESTIONNAIRE_SHEET.QUESTIONNAIRE_ID.eq(QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID))
        .and(QUESTIONNAIRE_SHEET.MEMBER_ID.eq(QUESTIONNAIRE_GIVEN.MEMBER_ID))
        .where(QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID.eq(questionnaire))
        .and(QUESTIONNAIRE_SHEET.ID.isNull())
        .and(MEMBER.ERASED_AT.isNull())
        .orderBy(MEMBER.NAME_KEY, MEMBER.ID)
        .limit(most)
        .fetch(MEMBER.NAME);
  }

  // sheets with a name

  /** A sheet with a name. */
  @SuppressWarnings("ArrayRecordComponent")
  record Sheet(UUID id, Optional<byte[]> tokenHash, Instant handedInAt) {}

  private static Sheet sheet(QuestionnaireSheetRecord row) {
    return new Sheet(row.getId(), Optional.ofNullable(row.getTokenHash()), row.getHandedInAt());
  }

  static Optional<Sheet> sheet(DSLContext dsl, UUID questionnaire, UUID member) {
    return dsl.selectFrom(QUESTIONNAIRE_SHEET)
        .where(QUESTIONNAIRE_SHEET.QUESTIONNAIRE_ID.eq(questionnaire))
        .and(QUESTIONNAIRE_SHEET.MEMBER_ID.eq(member))
        .fetchOptional(SheetStore::sheet);
  }

  static int sheets(DSLContext dsl, UUID questionnaire) {
    return dsl.fetchCount(
        QUESTIONNAIRE_SHEET, QUESTIONNAIRE_SHEET.QUESTIONNAIRE_ID.eq(questionnaire));
  }

  static UUID insert(
      DSLContext dsl, UUID questionnaire, Candidate who, Optional<byte[]> tokenHash, Instant now) {
    var id = UUID.randomUUID();
    dsl.insertInto(QUESTIONNAIRE_SHEET)
        .set(QUESTIONNAIRE_SHEET.ID, id)
        .set(QUESTIONNAIRE_SHEET.QUESTIONNAIRE_ID, questionnaire)
        .set(QUESTIONNAIRE_SHEET.MEMBER_ID, who.id())
        .set(QUESTIONNAIRE_SHEET.ORGANISATION_ID, who.organisationId())
        .set(QUESTIONNAIRE_SHEET.TOKEN_HASH, tokenHash.orElse(null))
        .set(QUESTIONNAIRE_SHEET.HANDED_IN_AT, now)
        .execute();
    return id;
  }

  /** Makes room for other answers on a sheet. */
  static void correct(DSLContext dsl, Sheet sheet, Optional<byte[]> tokenHash, Instant now) {
    dsl.deleteFrom(QUESTIONNAIRE_ANSWER)
        .where(QUESTIONNAIRE_ANSWER.SHEET_ID.eq(sheet.id()))
        .execute();
    dsl.update(QUESTIONNAIRE_SHEET)
        .set(QUESTIONNAIRE_SHEET.TOKEN_HASH, tokenHash.or(sheet::tokenHash).orElse(null))
        .set(QUESTIONNAIRE_SHEET.HANDED_IN_AT, now)
        .where(QUESTIONNAIRE_SHEET.ID.eq(sheet.id()))
        .execute();
  }

  /**
   * A sheet for a table.
   *
   * @param name empty where it was taken off
   */
  record Line(UUID id, String name, long organisationId, Instant handedInAt) {}

  /** The sheets of a named one after one of them. */
  static List<Line> lines(DSLContext dsl, UUID questionnaire, Optional<UUID> after, int most) {
    return dsl.select(QUESTIONNAIRE_SHEET, MEMBER.NAME)
        .from(QUESTIONNAIRE_SHEET)
        .leftJoin(MEMBER)
        .on(MEMBER.ID.eq(QUESTIONNAIRE_SHEET.MEMBER_ID))
        .where(QUESTIONNAIRE_SHEET.QUESTIONNAIRE_ID.eq(questionnaire))
        .and(after.map(QUESTIONNAIRE_SHEET.ID::gt).orElseGet(DSL::noCondition))
        .orderBy(QUESTIONNAIRE_SHEET.ID)
        .limit(most)
        .fetch(row ->
            new Line(
                row.value1().getId(),
                Optional.ofNullable(row.value2()).orElse(""),
                row.value1().getOrganisationId(),
                row.value1().getHandedInAt()));
  }

  // answers

  /**
   * Adds the answers of a sheet.
   *
   * @param sheet absent where the sheet is anonymous
   */
  static void add(DSLContext dsl, UUID questionnaire, Optional<UUID> sheet, List<Answer> answers) {
    var insert =
        dsl.insertInto(
            QUESTIONNAIRE_ANSWER,
            QUESTIONNAIRE_ANSWER.ID,
            QUESTIONNAIRE_ANSWER.QUESTIONNAIRE_ID,
            QUESTIONNAIRE_ANSWER.SHEET_ID,
            QUESTIONNAIRE_ANSWER.QUESTION,
            QUESTIONNAIRE_ANSWER.CHOICE,
            QUESTIONNAIRE_ANSWER.TEXT,
            QUESTIONNAIRE_ANSWER.MIXED);
    for (var answer : answers) {
      insert =
          insert.values(
              UUID.randomUUID(),
              questionnaire,
              sheet.orElse(null),
              answer.question(),
              answer.choice().orElse(null),
              answer.text().orElse(null),
              false);
    }
    insert.execute();
  }

  /** Writes all answers of an anonymous one anew, with other keys and in an order of chance. */
  static void mix(DSLContext dsl, UUID questionnaire) {
    var unmixed =
        QUESTIONNAIRE_ANSWER
            .QUESTIONNAIRE_ID
            .eq(questionnaire)
            .and(QUESTIONNAIRE_ANSWER.MIXED.isFalse());
    dsl.insertInto(
            QUESTIONNAIRE_ANSWER,
            QUESTIONNAIRE_ANSWER.ID,
            QUESTIONNAIRE_ANSWER.QUESTIONNAIRE_ID,
            QUESTIONNAIRE_ANSWER.QUESTION,
            QUESTIONNAIRE_ANSWER.CHOICE,
            QUESTIONNAIRE_ANSWER.TEXT,
            QUESTIONNAIRE_ANSWER.MIXED)
        .select(
            dsl.select(
                    DSL.uuid(),
                    QUESTIONNAIRE_ANSWER.QUESTIONNAIRE_ID,
                    QUESTIONNAIRE_ANSWER.QUESTION,
                    QUESTIONNAIRE_ANSWER.CHOICE,
                    QUESTIONNAIRE_ANSWER.TEXT,
                    DSL.inline(true))
                .from(QUESTIONNAIRE_ANSWER)
                .where(unmixed)
                .orderBy(DSL.uuid()))
        .execute();
    dsl.deleteFrom(QUESTIONNAIRE_ANSWER).where(unmixed).execute();
  }

  static void forgetAnswers(DSLContext dsl, UUID questionnaire) {
    dsl.deleteFrom(QUESTIONNAIRE_ANSWER)
        .where(QUESTIONNAIRE_ANSWER.QUESTIONNAIRE_ID.eq(questionnaire))
        .execute();
  }

  /** How often each choice was taken, and each question left out. */
  static Map<Tally, Integer> tallies(DSLContext dsl, UUID questionnaire) {
    var tallies = new HashMap<Tally, Integer>();
    dsl.select(QUESTIONNAIRE_ANSWER.QUESTION, QUESTIONNAIRE_ANSWER.CHOICE, DSL.count())
        .from(QUESTIONNAIRE_ANSWER)
        .where(QUESTIONNAIRE_ANSWER.QUESTIONNAIRE_ID.eq(questionnaire))
        .and(QUESTIONNAIRE_ANSWER.TEXT.isNull())
        .groupBy(QUESTIONNAIRE_ANSWER.QUESTION, QUESTIONNAIRE_ANSWER.CHOICE)
        .forEach(row ->
            tallies.put(new Tally(row.value1(), Optional.ofNullable(row.value2())), row.value3()));
    return tallies;
  }

  /** What was written, by question, in the order of chance that the keys have. */
  static Map<Integer, List<String>> texts(DSLContext dsl, UUID questionnaire) {
    return dsl.select(QUESTIONNAIRE_ANSWER.QUESTION, QUESTIONNAIRE_ANSWER.TEXT)
        .from(QUESTIONNAIRE_ANSWER)
        .where(QUESTIONNAIRE_ANSWER.QUESTIONNAIRE_ID.eq(questionnaire))
        .and(QUESTIONNAIRE_ANSWER.TEXT.isNotNull())
        .orderBy(QUESTIONNAIRE_ANSWER.ID)
        .fetchGroups(QUESTIONNAIRE_ANSWER.QUESTION, QUESTIONNAIRE_ANSWER.TEXT);
  }

  /** The answers on sheets with a name. */
  static Map<UUID, List<Answer>> answers(DSLContext dsl, List<UUID> sheets) {
    var answers = new HashMap<UUID, List<Answer>>();
    dsl.selectFrom(QUESTIONNAIRE_ANSWER)
        .where(QUESTIONNAIRE_ANSWER.SHEET_ID.in(sheets))
        .orderBy(QUESTIONNAIRE_ANSWER.QUESTION, QUESTIONNAIRE_ANSWER.CHOICE)
        .forEach(row ->
            answers
                .computeIfAbsent(row.getSheetId(), _ -> new ArrayList<>())
                .add(
                    new Answer(
                        row.getQuestion(),
                        Optional.ofNullable(row.getChoice()),
                        Optional.ofNullable(row.getText()))));
    return answers;
  }

  // about a person

  /**
   * A questionnaire that somebody was given.
   *
   * @param sheet what came back; absent: nothing, or it is anonymous
   */
  record OfMember(UUID questionnaire, Optional<Sheet> sheet) {}

  static List<OfMember> of(DSLContext dsl, UUID member) {
    var found = new HashMap<UUID, OfMember>();
    given(dsl, member).forEach(id -> found.put(id, new OfMember(id, Optional.empty())));
    dsl.selectFrom(QUESTIONNAIRE_SHEET)
        .where(QUESTIONNAIRE_SHEET.MEMBER_ID.eq(member))
        .forEach(row ->
            found.put(
                row.getQuestionnaireId(),
                new OfMember(row.getQuestionnaireId(), Optional.of(sheet(row)))));
    return found.values().stream().sorted(Comparator.comparing(OfMember::questionnaire)).toList();
  }

  private static List<UUID> given(DSLContext dsl, UUID member) {
    return dsl.select(QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID)
        .from(QUESTIONNAIRE_GIVEN)
        .where(QUESTIONNAIRE_GIVEN.MEMBER_ID.eq(member))
        .fetch(QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID);
  }

  /** Takes the name off the sheets of a member; the answers stay. */
  static void erase(DSLContext dsl, UUID member) {
    takeNamesOff(dsl, QUESTIONNAIRE_SHEET.MEMBER_ID.eq(member));
  }

  private static int takeNamesOff(DSLContext dsl, Condition of) {
    return dsl.update(QUESTIONNAIRE_SHEET)
        .set(QUESTIONNAIRE_SHEET.MEMBER_ID, (UUID) null)
        .set(QUESTIONNAIRE_SHEET.TOKEN_HASH, (byte[]) null)
        .where(of)
        .execute();
  }

  /** Takes the names off the sheets of questionnaires, and forgets who had one. */
  static int forgetNames(DSLContext dsl, List<UUID> closed) {
    var taken =
        takeNamesOff(
            dsl,
            QUESTIONNAIRE_SHEET
                .QUESTIONNAIRE_ID
                .in(closed)
                .and(QUESTIONNAIRE_SHEET.MEMBER_ID.isNotNull()));
    dsl.deleteFrom(QUESTIONNAIRE_GIVEN)
        .where(QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID.in(closed))
        .execute();
    return taken;
  }

  /** Questionnaires that were closed before a moment, of which it is known who had a sheet. */
  static List<UUID> withNames(DSLContext dsl, Instant moment) {
    return dsl.select(QUESTIONNAIRE.ID)
        .from(QUESTIONNAIRE)
        .where(QUESTIONNAIRE.CLOSED_AT.lt(moment))
        .and(
            DSL.exists(
                dsl.selectOne()
                    .from(QUESTIONNAIRE_GIVEN)
                    .where(QUESTIONNAIRE_GIVEN.QUESTIONNAIRE_ID.eq(QUESTIONNAIRE.ID))))
        .fetch(QUESTIONNAIRE.ID);
  }
}
