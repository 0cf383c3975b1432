package yikao.org;

import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.MEMBERSHIP;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import yikao.db.Bulk;
import yikao.db.Lookup;
import yikao.db.StatementBatch;
import yikao.db.jooq.tables.records.MembershipRecord;
import yikao.org.OrganisationStore.Recorded;
import yikao.org.Timeline.Span;
import yikao.web.Problem;

/** Where members were from when until when, in the database. */
@Singleton
final class Memberships {
  private static final List<String> BELONGING =
      MemberState.BELONGING.stream().map(MemberState::code).toList();

  private static final Bulk SUPERSEDE =
      Bulk.update(MEMBERSHIP, List.of(MEMBERSHIP.SUPERSEDED_AT), List.of(MEMBERSHIP.ID));

  private static final Bulk INSERT =
      Bulk.insert(
          MEMBERSHIP,
          List.of(
              MEMBERSHIP.MEMBER_ID,
              MEMBERSHIP.ORGANISATION_ID,
              MEMBERSHIP.STATE,
              MEMBERSHIP.HELD_FROM,
              MEMBERSHIP.HELD_UNTIL,
              MEMBERSHIP.RECORDED_AT,
              MEMBERSHIP.ACTOR,
              MEMBERSHIP.REASON));

  private static final Bulk CURRENT =
      Bulk.update(MEMBER, List.of(MEMBER.ORGANISATION_ID, MEMBER.STATE), List.of(MEMBER.ID));

  private static final Bulk COUNT =
      Bulk.update(MEMBER, List.of(MEMBER.VERSION), List.of(MEMBER.ID));

  private static final Lookup<Record> OF =
      new Lookup<>(dsl ->
          dsl.select(MEMBERSHIP.fields())
              .from(MEMBERSHIP)
              .where(Lookup.among(MEMBERSHIP.MEMBER_ID))
              .and(MEMBERSHIP.SUPERSEDED_AT.isNull())
              .orderBy(MEMBERSHIP.HELD_FROM));

  private static final Lookup<Record> VERSIONS =
      new Lookup<>(dsl ->
          dsl.select(MEMBER.fields())
              .from(MEMBER)
              .where(Lookup.among(MEMBER.ID))
              .orderBy(MEMBER.ID));

  private static final Lookup<Record> HELD =
      new Lookup<>(dsl ->
          dsl.select(MEMBER.fields())
              .from(MEMBER)
              .where(Lookup.among(MEMBER.ID))
              .orderBy(MEMBER.ID)
              .forUpdate());

  /** The history of a member as it is stored, and as it is to be. */
  record Change(UUID member, Optional<Timeline<Membership>> before, Timeline<Membership> after) {}

  /** How many belong to an organisation on a day or later; nobody knows of whom was erased. */
  int countFrom(DSLContext dsl, long organisationId, LocalDate date) {
    return dsl.fetchCount(
        MEMBERSHIP.join(MEMBER).on(MEMBER.ID.eq(MEMBERSHIP.MEMBER_ID)),
        inFrom(organisationId, date)
            .and(MEMBER.ERASED_AT.isNull())
            .and(MEMBERSHIP.STATE.in(BELONGING)));
  }

  /**
   * How many belonged to some organisations on a day, as is known now; also those of whom nobody
   * knows any more who they were.
   */
  int countOn(DSLContext dsl, Collection<Long> organisations, LocalDate date) {
    var id = DSL.field(DSL.name("o", "id"), MEMBERSHIP.ORGANISATION_ID.getDataType());
    var rows =
        DSL.table(
                "unnest({0})",
                DSL.val(organisations.toArray(Long[]::new), id.getDataType().array()))
            .as("o", "id");
    // H2 would go through all memberships where the organisations were a condition
    return dsl.fetchCount(
        rows.join(MEMBERSHIP).on(MEMBERSHIP.ORGANISATION_ID.eq(id)),
        MEMBERSHIP
            .SUPERSEDED_AT
            .isNull()
            .and(MEMBERSHIP.HELD_FROM.le(date))
            .and(MEMBERSHIP.HELD_UNTIL.isNull().or(MEMBERSHIP.HELD_UNTIL.gt(date)))
            .and(MEMBERSHIP.STATE.in(BELONGING)));
  }

  private static Condition inFrom(long organisationId, LocalDate date) {
    return MEMBERSHIP
        .ORGANISATION_ID
        .eq(organisationId)
        .and(MEMBERSHIP.SUPERSEDED_AT.isNull())
        .and(MEMBERSHIP.HELD_UNTIL.isNull().or(MEMBERSHIP.HELD_UNTIL.gt(date)));
  }

  /**
   * Whoever is in one organisation on a day or later is in another instead. Each is held, so that
   * what is read is what is written over.
   */
  void moveAll(DSLContext dsl, long from, long to, Recorded by, LocalDate date) {
    var members =
        dsl.select(MEMBER.ID)
            .from(MEMBER)
            .where(
                MEMBER.ID.in(
                    dsl.select(MEMBERSHIP.MEMBER_ID).from(MEMBERSHIP).where(inFrom(from, date))))
            .orderBy(MEMBER.ID)
            .forUpdate()
            .fetch(MEMBER.ID);
    move(dsl, members, from, to, by, date);
  }

  /** The same of some, each of whom has to be in it at last. */
  void moveSome(
      DSLContext dsl, List<UUID> members, long from, long to, Recorded by, LocalDate date) {
    var here =
        dsl.select(MEMBER.ID)
            .from(MEMBER)
            .where(MEMBER.ID.in(members))
            .and(MEMBER.ORGANISATION_ID.eq(from))
            .orderBy(MEMBER.ID)
            .forUpdate()
            .fetchSet(MEMBER.ID);
    for (var member : members) {
      if (!here.contains(member)) {
        throw Problem.invalid("members", "member.not-in", member.toString());
      }
    }
    move(dsl, members, from, to, by, date);
  }

  private void move(
      DSLContext dsl, List<UUID> members, long from, long to, Recorded by, LocalDate date) {
    UnaryOperator<Membership> over = m -> m.organisationId() == from ? m.in(to) : m;
    var changes = new ArrayList<Change>();
    histories(dsl, members)
        .forEach((id, history) ->
            changes.add(new Change(id, Optional.of(history), history.mapFrom(date, over))));
    store(dsl, changes, by);
    var versions = new ArrayList<Object[]>();
    VERSIONS.fetch(
        dsl,
        row -> versions.add(new Object[] {row.get(MEMBER.VERSION) + 1, row.get(MEMBER.ID)}),
        members.toArray(UUID[]::new));
    var batch = new StatementBatch(dsl);
    addTo(batch, COUNT, versions);
    batch.execute();
  }

  /** Holds members in the one order that all who hold several keep to. */
  static void hold(DSLContext dsl, Collection<UUID> members) {
    HELD.fetch(dsl, _ -> {}, members.toArray(UUID[]::new));
  }

  /** What is known of members now; whoever has no history is not there. */
  Map<UUID, Timeline<Membership>> histories(DSLContext dsl, Collection<UUID> members) {
    var spans = new HashMap<UUID, List<Span<Membership>>>();
    if (!members.isEmpty()) {
      OF.fetch(
          dsl,
          row ->
              spans
                  .computeIfAbsent(row.get(MEMBERSHIP.MEMBER_ID), _ -> new ArrayList<>())
                  .add(span(row)),
          members.toArray(UUID[]::new));
    }
    var histories = new HashMap<UUID, Timeline<Membership>>();
    spans.forEach((id, of) -> histories.put(id, new Timeline<>(of)));
    return histories;
  }

  private static Span<Membership> span(Record row) {
    return new Span<>(
        row.get(MEMBERSHIP.HELD_FROM),
        Optional.ofNullable(row.get(MEMBERSHIP.HELD_UNTIL)),
        new Membership(
            row.get(MEMBERSHIP.ORGANISATION_ID), MemberState.stored(row.get(MEMBERSHIP.STATE))));
  }

  /** Writes histories, and into each member's row what holds at last. */
  void store(DSLContext dsl, List<Change> changes, Recorded by) {
    var superseded = new ArrayList<Object[]>();
    var inserted = new ArrayList<Object[]>();
    var current = new ArrayList<Object[]>();
    var sorted =
        changes.stream()
            .filter(c -> !c.before().equals(Optional.of(c.after())))
            .sorted((a, b) -> a.member().compareTo(b.member()))
            .toList();
    var ids = rows(dsl, sorted.stream().filter(c -> c.before().isPresent()).toList());
    for (var change : sorted) {
      var old = change.before().map(Timeline::spans).orElse(List.of());
      var spans = change.after().spans();
      old.stream()
          .filter(s -> !spans.contains(s))
          .forEach(s -> superseded.add(new Object[] {by.at(), ids.get(key(change.member(), s))}));
      spans.stream()
          .filter(s -> !old.contains(s))
          .forEach(s -> inserted.add(row(change.member(), s, by)));
      var last = change.after().last();
      if (change.before().map(b -> !b.last().equals(last)).orElse(false)) {
        current.add(new Object[] {last.organisationId(), last.state().code(), change.member()});
      }
    }
    var batch = new StatementBatch(dsl);
    addTo(batch, SUPERSEDE, superseded);
    // in the order of an index, of which each page is then written once
    inserted.sort(Comparator.comparing(row -> (Long) row[1]));
    addTo(batch, INSERT, inserted);
    addTo(batch, CURRENT, current);
    batch.execute();
  }

  /** As many rows as were read, or somebody else was there in between. */
  private static void addTo(StatementBatch batch, Bulk bulk, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      bulk.addExact(batch, rows);
    }
  }

  private static String key(UUID member, Span<Membership> span) {
    return member + " " + span.from();
  }

  /** Which row each span of what is known has. */
  private static Map<String, Long> rows(DSLContext dsl, List<Change> changes) {
    var ids = new HashMap<String, Long>();
    if (!changes.isEmpty()) {
      OF.fetch(
          dsl,
          row -> ids.put(key(row.get(MEMBERSHIP.MEMBER_ID), span(row)), row.get(MEMBERSHIP.ID)),
          changes.stream().map(Change::member).toArray(UUID[]::new));
    }
    return ids;
  }

  private static Object[] row(UUID member, Span<Membership> span, Recorded by) {
    return new Object[] {
      member,
      span.value().organisationId(),
      span.value().state().code(),
      span.from(),
      span.until().orElse(null),
      by.at(),
      by.actor(),
      by.reason()
    };
  }

  /** Every row about a member, also those that better knowledge has replaced. */
  List<MembershipRecord> all(DSLContext dsl, UUID member) {
    return dsl.selectFrom(MEMBERSHIP)
        .where(MEMBERSHIP.MEMBER_ID.eq(member))
        .orderBy(MEMBERSHIP.RECORDED_AT, MEMBERSHIP.ID)
        .fetch();
  }
}
