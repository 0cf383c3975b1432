package yikao.org;

import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.MEMBER_NAME_PART;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import yikao.db.Among;
import yikao.db.Bulk;
import yikao.db.StatementBatch;

/** Members in the database. */
final class MemberStore {
  private static final Bulk INSERT =
      Bulk.insert(
          MEMBER,
          List.of(
              MEMBER.ID,
              MEMBER.NAME,
              MEMBER.NAME_KEY,
              MEMBER.ORGANISATION_ID,
              MEMBER.STATE,
              MEMBER.NUMBER,
              MEMBER.PHONE,
              MEMBER.PHONE_DIGEST,
              MEMBER.PHONE_TAIL,
              MEMBER.POST,
              MEMBER.VERSION,
              MEMBER.CREATED_AT));

  private static final Bulk UPDATE =
      Bulk.update(
          MEMBER,
          List.of(
              MEMBER.NAME,
              MEMBER.NAME_KEY,
              MEMBER.NUMBER,
              MEMBER.PHONE,
              MEMBER.PHONE_DIGEST,
              MEMBER.PHONE_TAIL,
              MEMBER.POST,
              MEMBER.VERSION),
          List.of(MEMBER.ID));

  private static final Bulk PARTS =
      Bulk.insert(MEMBER_NAME_PART, List.of(MEMBER_NAME_PART.PART, MEMBER_NAME_PART.MEMBER_ID));

  private static final Bulk NO_PARTS =
      Bulk.delete(MEMBER_NAME_PART, List.of(MEMBER_NAME_PART.PART, MEMBER_NAME_PART.MEMBER_ID));

  /**
   * New ones in the order of an index: nobody else writes them, so none waits for another, and each
   * page of the index is written once instead of again for each that comes into it.
   */
  private static final Comparator<Object[]> BY_PLACE =
      Comparator.<Object[], Long>comparing(m -> (Long) m[3]).thenComparing(m -> (String) m[2]);

  /** The same of parts of names. */
  private static final Comparator<Object[]> BY_PART =
      Comparator.<Object[], String>comparing(p -> (String) p[0]).thenComparing(p -> (UUID) p[1]);

  private MemberStore() {}

  /**
   * What stands in the row of a member; where and in what state is written by {@link Memberships}.
   *
   * @param phone as it is sealed; absent: none
   */
  record Row(
      UUID id,
      String name,
      Optional<String> number,
      Optional<SealedPhone> phone,
      Optional<String> post,
      int version) {}

  /** A phone as it is stored. */
  @SuppressWarnings("ArrayRecordComponent")
  record SealedPhone(byte[] sealed, byte[] digest, byte[] tail) {}

  /**
   * Which members are looked for; what is absent makes no difference.
   *
   * @param organisations where; absent: anywhere
   * @param key what stands in the key of the name
   * @param after the member after whom the page begins
   */
  record Sought(
      Optional<List<Long>> organisations,
      Optional<MemberState> state,
      Optional<String> key,
      Optional<After> after) {}

  /** A place in the list of members: behind one of this key of the name. */
  record After(String key, UUID id) {
    static After of(Member member) {
      return new After(NameKey.of(member.name()), member.id());
    }
  }

  static Member member(Record row) {
    return new Member(
        row.get(MEMBER.ID),
        row.get(MEMBER.NAME),
        row.get(MEMBER.ORGANISATION_ID),
        MemberState.stored(row.get(MEMBER.STATE)),
        Optional.ofNullable(row.get(MEMBER.NUMBER)),
        row.get(MEMBER.PHONE) != null,
        Optional.ofNullable(row.get(MEMBER.POST)),
        row.get(MEMBER.VERSION),
        row.get(MEMBER.CREATED_AT));
  }

  /** A member who was not erased. */
  static Optional<Member> find(DSLContext dsl, UUID id) {
    return dsl.selectFrom(MEMBER)
        .where(MEMBER.ID.eq(id))
        .and(MEMBER.ERASED_AT.isNull())
        .fetchOptional(MemberStore::member);
  }

  /** The same, held against other changes. */
  static Optional<Member> held(DSLContext dsl, UUID id) {
    return dsl.selectFrom(MEMBER)
        .where(MEMBER.ID.eq(id))
        .and(MEMBER.ERASED_AT.isNull())
        .forUpdate()
        .fetchOptional(MemberStore::member);
  }

  /** Where a member is, or was when erased. */
  static Optional<Long> organisationOf(DSLContext dsl, UUID id) {
    return dsl.select(MEMBER.ORGANISATION_ID)
        .from(MEMBER)
        .where(MEMBER.ID.eq(id))
        .fetchOptional(MEMBER.ORGANISATION_ID);
  }

  /**
   * What is left of somebody who was erased.
   *
   * @param at when
   */
  record Left(long organisationId, Instant at) {}

  static Optional<Left> erased(DSLContext dsl, UUID id) {
    return dsl.select(MEMBER.ORGANISATION_ID, MEMBER.ERASED_AT)
        .from(MEMBER)
        .where(MEMBER.ID.eq(id))
        .and(MEMBER.ERASED_AT.isNotNull())
        .fetchOptional(row -> new Left(row.value1(), row.value2()));
  }

  static Optional<byte[]> phone(DSLContext dsl, UUID id) {
    return dsl.select(MEMBER.PHONE)
        .from(MEMBER)
        .where(MEMBER.ID.eq(id))
        .fetchOptional(MEMBER.PHONE);
  }

  static Map<UUID, byte[]> phones(DSLContext dsl, List<UUID> ids) {
    return dsl.select(MEMBER.ID, MEMBER.PHONE)
        .from(MEMBER)
        .where(MEMBER.ID.in(ids))
        .and(MEMBER.PHONE.isNotNull())
        .fetchMap(MEMBER.ID, MEMBER.PHONE);
  }

  /** Whether somebody has this number; the member named does not count. */
  static boolean hasNumber(DSLContext dsl, String number, Optional<UUID> but) {
    return dsl.fetchExists(
        MEMBER, MEMBER.NUMBER.eq(number).and(but.map(MEMBER.ID::ne).orElseGet(DSL::noCondition)));
  }

  /** How many belong to some organisations. */
  static int belonging(DSLContext dsl, List<Long> organisations) {
    return dsl.fetchCount(
        MEMBER,
        isIn(organisations)
            .and(MEMBER.STATE.in(MemberState.BELONGING.stream().map(MemberState::code).toList()))
            .and(MEMBER.NAME_KEY.ne("")));
  }

  /** Members by name, and among those of one name by identity. */
  static List<Member> find(DSLContext dsl, Sought sought, int most) {
    var condition =
        sought
            .organisations()
            .map(MemberStore::isIn)
            .orElseGet(DSL::noCondition)
            .and(MEMBER.NAME_KEY.ne(""))
            .and(sought.state().map(s -> MEMBER.STATE.eq(s.code())).orElseGet(DSL::noCondition))
            .and(sought.after().map(a -> isAfter(a.key(), a.id())).orElseGet(DSL::noCondition));
    if (sought.key().isEmpty()) {
      return dsl.selectFrom(MEMBER)
          .where(condition)
          .orderBy(MEMBER.NAME_KEY, MEMBER.ID)
          .limit(most)
          .fetch(MemberStore::member);
    }
    var parts = NameKey.sought(sought.key().get());
    return dsl.select(MEMBER.fields())
        .from(MEMBER_NAME_PART)
        .join(MEMBER)
        .on(MEMBER.ID.eq(MEMBER_NAME_PART.MEMBER_ID))
        .where(MEMBER_NAME_PART.PART.eq(parts.getLast()))
        .and(alsoHas(parts))
        .and(MEMBER.NAME_KEY.contains(sought.key().get()))
        .and(condition)
        .orderBy(MEMBER.NAME_KEY, MEMBER.ID)
        .limit(most)
        .fetch(MemberStore::member);
  }

  /** The names of a city have few beginnings in common with each other's ends. */
  private static Condition alsoHas(List<String> parts) {
    if (parts.size() == 1) {
      return DSL.noCondition();
    }
    var other = MEMBER_NAME_PART.as("other");
    return DSL.exists(
        DSL.selectOne()
            .from(other)
            .where(other.PART.eq(parts.getFirst()))
            .and(other.MEMBER_ID.eq(MEMBER_NAME_PART.MEMBER_ID)));
  }

  private static Condition isIn(List<Long> ids) {
    return Among.numbers(MEMBER.ORGANISATION_ID, ids);
  }

  /** Written so that both databases go into the index where the page begins. */
  private static Condition isAfter(String key, UUID id) {
    return MEMBER.NAME_KEY.ge(key).and(MEMBER.NAME_KEY.gt(key).or(MEMBER.ID.gt(id)));
  }

  /** New members, and where they are. */
  static void insert(
      DSLContext dsl, List<Row> rows, Map<UUID, Membership> where, Instant createdAt) {
    if (rows.isEmpty()) {
      return;
    }
    var members = new ArrayList<Object[]>();
    for (var row : rows) {
      var at = where.get(row.id());
      if (at == null) {
        throw new IllegalArgumentException("nowhere");
      }
      members.add(
          new Object[] {
            row.id(),
            row.name(),
            NameKey.of(row.name()),
            at.organisationId(),
            at.state().code(),
            row.number().orElse(null),
            row.phone().map(SealedPhone::sealed).orElse(null),
            row.phone().map(SealedPhone::digest).orElse(null),
            row.phone().map(SealedPhone::tail).orElse(null),
            row.post().orElse(null),
            row.version(),
            createdAt
          });
    }
    var batch = new StatementBatch(dsl);
    members.sort(BY_PLACE);
    INSERT.addTo(batch, members);
    addParts(batch, rows);
    batch.execute();
  }

  private static void addParts(StatementBatch batch, List<Row> rows) {
    var parts = new ArrayList<Object[]>();
    for (var row : rows) {
      NameKey.parts(NameKey.of(row.name()))
          .forEach(part -> parts.add(new Object[] {part, row.id()}));
    }
    if (!parts.isEmpty()) {
      parts.sort(BY_PART);
      PARTS.addTo(batch, parts);
    }
  }

  /** What says who members are, anew. */
  static void update(DSLContext dsl, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var sorted = rows.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    var members = new ArrayList<Object[]>();
    for (var row : sorted) {
      members.add(
          new Object[] {
            row.name(),
            NameKey.of(row.name()),
            row.number().orElse(null),
            row.phone().map(SealedPhone::sealed).orElse(null),
            row.phone().map(SealedPhone::digest).orElse(null),
            row.phone().map(SealedPhone::tail).orElse(null),
            row.post().orElse(null),
            row.version(),
            row.id()
          });
    }
    var batch = new StatementBatch(dsl);
    UPDATE.addExact(batch, members);
    removeParts(dsl, batch, sorted.stream().map(Row::id).toList());
    addParts(batch, sorted);
    batch.execute();
  }

  /** Those of the names as they are stored: they are found by nothing else. */
  private static void removeParts(DSLContext dsl, StatementBatch batch, List<UUID> ids) {
    var parts = new ArrayList<Object[]>();
    dsl.select(MEMBER.ID, MEMBER.NAME_KEY)
        .from(MEMBER)
        .where(MEMBER.ID.in(ids))
        .orderBy(MEMBER.ID)
        .forEach(row ->
            NameKey.parts(row.value2())
                .forEach(part -> parts.add(new Object[] {part, row.value1()})));
    if (!parts.isEmpty()) {
      NO_PARTS.addTo(batch, parts);
    }
  }

  static void count(DSLContext dsl, UUID id) {
    dsl.update(MEMBER)
        .set(MEMBER.VERSION, MEMBER.VERSION.plus(1))
        .where(MEMBER.ID.eq(id))
        .execute();
  }

  static Optional<SealedPhone> sealedPhone(DSLContext dsl, UUID id) {
    return dsl.select(MEMBER.PHONE, MEMBER.PHONE_DIGEST, MEMBER.PHONE_TAIL)
        .from(MEMBER)
        .where(MEMBER.ID.eq(id))
        .and(MEMBER.PHONE.isNotNull())
        .fetchOptional(row -> new SealedPhone(row.value1(), row.value2(), row.value3()));
  }

  /** Nothing is left that says who it was. */
  static void erase(DSLContext dsl, UUID id, Instant now) {
    var batch = new StatementBatch(dsl);
    removeParts(dsl, batch, List.of(id));
    batch.execute();
    dsl.update(MEMBER)
        .set(MEMBER.NAME, "")
        .set(MEMBER.NAME_KEY, "")
        .setNull(MEMBER.NUMBER)
        .setNull(MEMBER.PHONE)
        .setNull(MEMBER.PHONE_DIGEST)
        .setNull(MEMBER.PHONE_TAIL)
        .setNull(MEMBER.POST)
        .set(MEMBER.ERASED_AT, now)
        .set(MEMBER.VERSION, MEMBER.VERSION.plus(1))
        .where(MEMBER.ID.eq(id))
        .execute();
  }
}
