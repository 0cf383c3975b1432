package yikao.quiz;

import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.ROSTER;
import static yikao.db.jooq.Tables.ROSTER_MEMBER;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import yikao.access.Actor;
import yikao.db.Among;
import yikao.org.MemberState;

/** Rosters in the database. */
final class RosterStore {
  private RosterStore() {}

  /** That a quiz has a roster, which is to be frozen when it opens. */
  static void plan(DSLContext dsl, long quizId, Instant opensAt) {
    dsl.insertInto(ROSTER)
        .set(ROSTER.QUIZ_ID, quizId)
        .set(ROSTER.OPENS_AT, opensAt)
        .onConflict(ROSTER.QUIZ_ID)
        .doUpdate()
        .set(ROSTER.OPENS_AT, opensAt)
        .execute();
  }

  /** That a quiz has none; one that was frozen stays. */
  static void unplan(DSLContext dsl, long quizId) {
    dsl.deleteFrom(ROSTER).where(ROSTER.QUIZ_ID.eq(quizId)).and(ROSTER.JOB_ID.isNull()).execute();
  }

  /** Whether the freezing of a roster has begun, so that its rule holds no more. */
  static boolean isSettled(DSLContext dsl, long quizId) {
    return dsl.fetchExists(
        ROSTER,
        ROSTER.QUIZ_ID.eq(quizId).and(ROSTER.JOB_ID.isNotNull().or(ROSTER.FROZEN_AT.isNotNull())));
  }

  /** When a roster was frozen; absent: not yet. */
  static Optional<Instant> frozenAt(DSLContext dsl, long quizId) {
    return dsl.select(ROSTER.FROZEN_AT)
        .from(ROSTER)
        .where(ROSTER.QUIZ_ID.eq(quizId))
        .fetchOptional(ROSTER.FROZEN_AT);
  }

  /** The quizzes that have opened and whose roster nobody freezes yet. */
  static List<Long> due(DSLContext dsl, Instant now) {
    return dsl.select(ROSTER.QUIZ_ID)
        .from(ROSTER)
        .where(ROSTER.OPENS_AT.le(now))
        .and(ROSTER.JOB_ID.isNull())
        .and(ROSTER.FROZEN_AT.isNull())
        .fetch(ROSTER.QUIZ_ID);
  }

  /** Holds a roster until the end of the transaction. */
  static boolean isHeldUnsettled(DSLContext dsl, long quizId) {
    return !dsl.select(ROSTER.QUIZ_ID)
        .from(ROSTER)
        .where(ROSTER.QUIZ_ID.eq(quizId))
        .and(ROSTER.JOB_ID.isNull())
        .forUpdate()
        .fetch()
        .isEmpty();
  }

  static void settle(DSLContext dsl, long quizId, UUID job) {
    dsl.update(ROSTER).set(ROSTER.JOB_ID, job).where(ROSTER.QUIZ_ID.eq(quizId)).execute();
  }

  static void frozen(DSLContext dsl, long quizId, Instant at) {
    dsl.update(ROSTER).set(ROSTER.FROZEN_AT, at).where(ROSTER.QUIZ_ID.eq(quizId)).execute();
  }

  /** The last of the next members after one, all counted; absent where there is none. */
  static Optional<UUID> end(DSLContext dsl, Optional<UUID> after, int most) {
    var next =
        dsl.select(MEMBER.ID)
            .from(MEMBER)
            .where(after.map(MEMBER.ID::gt).orElseGet(DSL::noCondition))
            .orderBy(MEMBER.ID)
            .limit(most)
            .fetch(MEMBER.ID);
    return next.isEmpty() ? Optional.empty() : Optional.of(next.getLast());
  }

  /**
   * Puts members on a roster as they are now.
   *
   * @param which of those who have a state of the rule
   * @return how many
   */
  static int freeze(
      DSLContext dsl, long quizId, Condition which, Set<MemberState> states, Instant now) {
    var inState = MEMBER.STATE.in(states.stream().map(MemberState::code).toList());
    return put(dsl, quizId, which.and(inState), Actor.SYSTEM, "", now);
  }

  private static int put(
      DSLContext dsl, long quizId, Condition which, Actor actor, String reason, Instant now) {
    return dsl.insertInto(
            ROSTER_MEMBER,
            ROSTER_MEMBER.QUIZ_ID,
            ROSTER_MEMBER.MEMBER_ID,
            ROSTER_MEMBER.ADDED_AT,
            ROSTER_MEMBER.ORGANISATION_ID,
            ROSTER_MEMBER.STATE,
            ROSTER_MEMBER.ADDED_BY,
            ROSTER_MEMBER.ADDED_REASON)
        .select(
            dsl.select(
                    DSL.val(quizId),
                    MEMBER.ID,
                    DSL.val(now, ROSTER_MEMBER.ADDED_AT),
                    MEMBER.ORGANISATION_ID,
                    MEMBER.STATE,
                    DSL.val(actor.code()),
                    DSL.val(reason))
                .from(MEMBER)
                .where(which)
                .and(MEMBER.ERASED_AT.isNull()))
        .execute();
  }

  /**
   * Some of all members, by identity.
   *
   * @param after behind whom they begin
   * @param upTo the last of them
   */
  static Condition between(Optional<UUID> after, UUID upTo) {
    return after.map(MEMBER.ID::gt).orElseGet(DSL::noCondition).and(MEMBER.ID.le(upTo));
  }

  static Condition isIn(List<Long> organisations) {
    return Among.numbers(MEMBER.ORGANISATION_ID, organisations);
  }

  /** Those of a name who are in an organisation now. */
  static List<Candidate> in(DSLContext dsl, long quizId, long organisationId, String key) {
    return candidates(
        dsl, quizId, MEMBER.ORGANISATION_ID.eq(organisationId).and(MEMBER.NAME_KEY.eq(key)));
  }

  /** Those of a name whom a roster has in an organisation, wherever they are now. */
  static List<Candidate> onRosterIn(DSLContext dsl, long quizId, long organisationId, String key) {
    return candidates(
        dsl, quizId, ROSTER_MEMBER.ORGANISATION_ID.eq(organisationId).and(MEMBER.NAME_KEY.eq(key)));
  }

  /** Those of a roster who have the name of one of them. */
  static List<Candidate> namesakes(DSLContext dsl, long quizId, UUID member) {
    var key =
        dsl.select(MEMBER.NAME_KEY)
            .from(MEMBER)
            .join(ROSTER_MEMBER)
            .on(ROSTER_MEMBER.MEMBER_ID.eq(MEMBER.ID))
            .where(active(quizId, member))
            .and(MEMBER.ERASED_AT.isNull())
            .fetchOptional(MEMBER.NAME_KEY);
    return key.map(k ->
            candidates(dsl, quizId, ROSTER_MEMBER.QUIZ_ID.isNotNull().and(MEMBER.NAME_KEY.eq(k))))
        .orElse(List.of());
  }

  private static List<Candidate> candidates(DSLContext dsl, long quizId, Condition which) {
    return dsl.select(
            MEMBER.ID,
            MEMBER.NAME,
            MEMBER.ORGANISATION_ID,
            MEMBER.STATE,
            MEMBER.PHONE_TAIL,
            ROSTER_MEMBER.ORGANISATION_ID)
        .from(MEMBER)
        .leftJoin(ROSTER_MEMBER)
        .on(ROSTER_MEMBER.QUIZ_ID.eq(quizId))
        .and(ROSTER_MEMBER.MEMBER_ID.eq(MEMBER.ID))
        .and(ROSTER_MEMBER.REMOVED_AT.isNull())
        .where(which)
        .and(MEMBER.ERASED_AT.isNull())
        .orderBy(MEMBER.ID)
        .fetch(RosterStore::candidate);
  }

  private static Candidate candidate(Record row) {
    var onRoster = Optional.ofNullable(row.get(ROSTER_MEMBER.ORGANISATION_ID));
    return new Candidate(
        row.get(MEMBER.ID),
        row.get(MEMBER.NAME),
        onRoster.orElse(row.get(MEMBER.ORGANISATION_ID)),
        MemberState.stored(row.get(MEMBER.STATE)),
        onRoster.isPresent(),
        Optional.ofNullable(row.get(MEMBER.PHONE_TAIL)));
  }

  /** Adds somebody, as the person is now; false where the roster has the person already. */
  static boolean add(
      DSLContext dsl, long quizId, UUID member, Actor actor, String reason, Instant now) {
    return !isOn(dsl, quizId, member)
        && put(dsl, quizId, MEMBER.ID.eq(member), actor, reason, now) > 0;
  }

  /** Takes somebody out; false where the roster does not have the person. */
  static boolean remove(
      DSLContext dsl, long quizId, UUID member, Actor actor, String reason, Instant now) {
    return dsl.update(ROSTER_MEMBER)
            .set(ROSTER_MEMBER.REMOVED_AT, now)
            .set(ROSTER_MEMBER.REMOVED_BY, actor.code())
            .set(ROSTER_MEMBER.REMOVED_REASON, reason)
            .where(active(quizId, member))
            .execute()
        > 0;
  }

  static boolean isOn(DSLContext dsl, long quizId, UUID member) {
    return dsl.fetchExists(ROSTER_MEMBER, active(quizId, member));
  }

  private static Condition active(long quizId, UUID member) {
    return ROSTER_MEMBER
        .QUIZ_ID
        .eq(quizId)
        .and(ROSTER_MEMBER.MEMBER_ID.eq(member))
        .and(ROSTER_MEMBER.REMOVED_AT.isNull());
  }

  /** How many a roster has now. */
  static int count(DSLContext dsl, long quizId) {
    return dsl.fetchCount(
        ROSTER_MEMBER, ROSTER_MEMBER.QUIZ_ID.eq(quizId).and(ROSTER_MEMBER.REMOVED_AT.isNull()));
  }

  /** Those whom a roster has now, by name. */
  static List<Rosters.Listed> listed(DSLContext dsl, long quizId) {
    return dsl.select(MEMBER.ID, MEMBER.NAME)
        .from(ROSTER_MEMBER)
        .join(MEMBER)
        .on(MEMBER.ID.eq(ROSTER_MEMBER.MEMBER_ID))
        .where(ROSTER_MEMBER.QUIZ_ID.eq(quizId))
        .and(ROSTER_MEMBER.REMOVED_AT.isNull())
        .orderBy(MEMBER.NAME_KEY, MEMBER.ID)
        .fetch(r -> new Rosters.Listed(r.value1(), r.value2()));
  }

  /** Where a member is who was not erased. */
  static Optional<Long> organisationOf(DSLContext dsl, UUID member) {
    return dsl.select(MEMBER.ORGANISATION_ID)
        .from(MEMBER)
        .where(MEMBER.ID.eq(member))
        .and(MEMBER.ERASED_AT.isNull())
        .fetchOptional(MEMBER.ORGANISATION_ID);
  }

  /** Holds a roster that is frozen, until the end of the transaction. */
  static boolean isHeldFrozen(DSLContext dsl, long quizId) {
    return !dsl.select(ROSTER.QUIZ_ID)
        .from(ROSTER)
        .where(ROSTER.QUIZ_ID.eq(quizId))
        .and(ROSTER.FROZEN_AT.isNotNull())
        .forUpdate()
        .fetch()
        .isEmpty();
  }

  /**
   * Somebody whom a roster has, or had.
   *
   * @param organisationId where the person counts
   * @param name empty where the person was erased
   */
  record Line(
      UUID member,
      String name,
      long organisationId,
      MemberState state,
      Instant addedAt,
      String addedReason,
      Optional<Instant> removedAt,
      Optional<String> removedReason) {}

  /** Those of a roster after one, by identity, those taken out among them. */
  static List<Line> lines(DSLContext dsl, long quizId, Optional<UUID> after, int most) {
    return dsl.select(ROSTER_MEMBER, MEMBER.NAME)
        .from(ROSTER_MEMBER)
        .join(MEMBER)
        .on(MEMBER.ID.eq(ROSTER_MEMBER.MEMBER_ID))
        .where(ROSTER_MEMBER.QUIZ_ID.eq(quizId))
        .and(after.map(ROSTER_MEMBER.MEMBER_ID::gt).orElseGet(DSL::noCondition))
        .orderBy(ROSTER_MEMBER.MEMBER_ID, ROSTER_MEMBER.ADDED_AT)
        .limit(most)
        .fetch(row -> {
          var line = row.value1();
          return new Line(
              line.getMemberId(),
              row.value2(),
              line.getOrganisationId(),
              MemberState.stored(line.getState()),
              line.getAddedAt(),
              line.getAddedReason(),
              Optional.ofNullable(line.getRemovedAt()),
              Optional.ofNullable(line.getRemovedReason()));
        });
  }

  /**
   * That somebody is on a roster, or was.
   *
   * @param reasons for which the person was added or taken out; may be empty
   */
  record OnRoster(long quizId, Instant addedAt, String reasons) {}

  static List<OnRoster> of(DSLContext dsl, UUID member) {
    return dsl.selectFrom(ROSTER_MEMBER)
        .where(ROSTER_MEMBER.MEMBER_ID.eq(member))
        .fetch(row ->
            new OnRoster(
                row.getQuizId(),
                row.getAddedAt(),
                Stream.of(row.getAddedReason(), row.getRemovedReason())
                    .filter(reason -> reason != null && !reason.isEmpty())
                    .collect(Collectors.joining(" "))));
  }

  /** The reasons go, which may say who it was. */
  static void erase(DSLContext dsl, UUID member) {
    dsl.update(ROSTER_MEMBER)
        .set(ROSTER_MEMBER.ADDED_REASON, "")
        .set(ROSTER_MEMBER.REMOVED_REASON, DSL.when(ROSTER_MEMBER.REMOVED_AT.isNotNull(), ""))
        .where(ROSTER_MEMBER.MEMBER_ID.eq(member))
        .execute();
  }
}
