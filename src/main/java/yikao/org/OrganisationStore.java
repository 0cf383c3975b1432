package yikao.org;

import static yikao.db.jooq.Tables.ORGANISATION;
import static yikao.db.jooq.Tables.ORGANISATION_LIST;
import static yikao.db.jooq.Tables.ORGANISATION_VERSION;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import yikao.db.Bulk;
import yikao.db.StatementBatch;
import yikao.db.jooq.tables.records.OrganisationRecord;
import yikao.org.Register.Entry;
import yikao.org.Register.Held;
import yikao.org.Timeline.Span;

/** Organisations and their history in the database. */
final class OrganisationStore {
  static final String OPEN = "open";
  static final String CLOSED = "closed";
  private static final int LIST = 1;
  private static final int AT_ONCE = 500;

  private static final Bulk SUPERSEDE =
      Bulk.update(
          ORGANISATION_VERSION,
          List.of(ORGANISATION_VERSION.SUPERSEDED_AT),
          List.of(ORGANISATION_VERSION.ID));

  private static final Bulk INSERT =
      Bulk.insert(
          ORGANISATION_VERSION,
          List.of(
              ORGANISATION_VERSION.ORGANISATION_ID,
              ORGANISATION_VERSION.NAME,
              ORGANISATION_VERSION.KIND,
              ORGANISATION_VERSION.PARENT_ID,
              ORGANISATION_VERSION.STATE,
              ORGANISATION_VERSION.HELD_FROM,
              ORGANISATION_VERSION.HELD_UNTIL,
              ORGANISATION_VERSION.RECORDED_AT,
              ORGANISATION_VERSION.ACTOR,
              ORGANISATION_VERSION.REASON));

  private static final Bulk UPDATE =
      Bulk.update(
          ORGANISATION,
          List.of(
              ORGANISATION.NAME,
              ORGANISATION.KIND,
              ORGANISATION.PARENT_ID,
              ORGANISATION.STATE,
              ORGANISATION.VERSION),
          List.of(ORGANISATION.ID));

  private static final Bulk PATHS =
      Bulk.update(ORGANISATION, List.of(ORGANISATION.PATH), List.of(ORGANISATION.ID));

  private OrganisationStore() {}

  /** By whom, why and when something is recorded. */
  record Recorded(String actor, String reason, Instant at) {}

  /** What the database has. */
  record Loaded(
      Map<Long, OrganisationRecord> rows, Map<Long, List<Stored>> spans, Register register) {}

  /** A span with its row. */
  record Stored(long id, Span<Held> span) {}

  static Organisation organisation(OrganisationRecord row) {
    return new Organisation(
        row.getId(),
        row.getCode(),
        row.getName(),
        Optional.ofNullable(row.getParentId()),
        OrganisationKind.stored(row.getKind()),
        row.getState().equals(OPEN),
        row.getVersion());
  }

  private static Held held(Organisation o) {
    return new Held(o.name(), o.kind(), o.parentId(), o.open());
  }

  static long version(DSLContext dsl) {
    return dsl.select(ORGANISATION_LIST.VERSION)
        .from(ORGANISATION_LIST)
        .where(ORGANISATION_LIST.ID.eq(LIST))
        .fetchSingle()
        .value1();
  }

  static List<Organisation> all(DSLContext dsl) {
    return dsl.selectFrom(ORGANISATION).fetch(OrganisationStore::organisation);
  }

  /**
   * Whether some were left by an earlier release, of which it is not worked out where they hang.
   */
  static boolean hasUnplaced(DSLContext dsl) {
    return dsl.fetchExists(ORGANISATION, ORGANISATION.PATH.eq(""));
  }

  /**
   * Everything, as it is known now. Where the rows themselves say something else than their history
   * they are right, from today; and what is no tree is made one.
   */
  static Loaded load(DSLContext dsl, LocalDate today) {
    var rows = dsl.selectFrom(ORGANISATION).fetchMap(ORGANISATION.ID);
    var spans = new HashMap<Long, List<Stored>>();
    dsl.selectFrom(ORGANISATION_VERSION)
        .where(ORGANISATION_VERSION.SUPERSEDED_AT.isNull())
        .orderBy(ORGANISATION_VERSION.HELD_FROM)
        .forEach(row ->
            spans
                .computeIfAbsent(row.getOrganisationId(), _ -> new ArrayList<>())
                .add(stored(row)));
    var raised =
        TreeRepair.repair(
                rows.values().stream().map(OrganisationStore::organisation).toList(),
                OrganisationTree.LEVELS)
            .raised();
    var entries = new ArrayList<Entry>();
    for (var row : rows.values()) {
      var organisation = organisation(row);
      var actual = held(raised.contains(row.getId()) ? organisation.atTop() : organisation);
      var history = spans.getOrDefault(row.getId(), List.of()).stream().map(Stored::span).toList();
      entries.add(
          new Entry(
              row.getId(), row.getCode(), row.getVersion(), timeline(history, actual, today)));
    }
    return new Loaded(rows, spans, Register.of(entries));
  }

  private static Timeline<Held> timeline(List<Span<Held>> history, Held actual, LocalDate today) {
    if (history.isEmpty()) {
      return Timeline.from(today, actual);
    }
    var timeline = new Timeline<>(history);
    return timeline.last().equals(actual) ? timeline : timeline.mapFrom(today, _ -> actual);
  }

  private static Stored stored(Record row) {
    return new Stored(
        row.get(ORGANISATION_VERSION.ID),
        new Span<>(
            row.get(ORGANISATION_VERSION.HELD_FROM),
            Optional.ofNullable(row.get(ORGANISATION_VERSION.HELD_UNTIL)),
            held(row)));
  }

  private static Held held(Record row) {
    return new Held(
        row.get(ORGANISATION_VERSION.NAME),
        OrganisationKind.stored(row.get(ORGANISATION_VERSION.KIND)),
        Optional.ofNullable(row.get(ORGANISATION_VERSION.PARENT_ID)),
        row.get(ORGANISATION_VERSION.STATE).equals(OPEN));
  }

  /** Rows for new codes, which hang nowhere yet; identities by code. */
  static Map<String, Long> insert(DSLContext dsl, Collection<String> codes) {
    var ids = new HashMap<String, Long>();
    var all = List.copyOf(codes);
    for (var from = 0; from < all.size(); from += AT_ONCE) {
      var some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      var insert = dsl.insertInto(ORGANISATION, ORGANISATION.CODE, ORGANISATION.NAME);
      for (var code : some) {
        insert = insert.values(code, "");
      }
      insert
          .returningResult(ORGANISATION.CODE, ORGANISATION.ID)
          .forEach(row -> ids.put(row.value1(), row.value2()));
    }
    return ids;
  }

  /**
   * Writes what became another, and counts it so that other nodes notice.
   *
   * @return the identities of those of which something changed
   */
  static List<Long> store(DSLContext dsl, Loaded before, Register after, Recorded by) {
    var superseded = new ArrayList<Object[]>();
    var inserted = new ArrayList<Object[]>();
    var updated = new ArrayList<Object[]>();
    var changed = new ArrayList<Long>();
    for (var entry : after.all().stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList()) {
      var old = before.spans().getOrDefault(entry.id(), List.of());
      var spans = entry.timeline().spans();
      var kept = old.stream().filter(s -> spans.contains(s.span())).map(Stored::span).toList();
      old.stream()
          .filter(s -> !spans.contains(s.span()))
          .forEach(s -> superseded.add(new Object[] {by.at(), s.id()}));
      spans.stream()
          .filter(s -> !kept.contains(s))
          .forEach(s -> inserted.add(row(entry.id(), s, by)));
      if (kept.size() < spans.size() || kept.size() < old.size() || !isStored(before, entry)) {
        changed.add(entry.id());
        updated.add(row(entry, before.rows().containsKey(entry.id())));
      }
    }
    var batch = new StatementBatch(dsl);
    addTo(batch, SUPERSEDE, superseded);
    addTo(batch, INSERT, inserted);
    addTo(batch, UPDATE, updated);
    addTo(batch, PATHS, paths(before, after));
    batch.execute();
    count(dsl);
    return changed;
  }

  /** Whether the row says what holds at last. */
  private static boolean isStored(Loaded before, Entry entry) {
    var row = before.rows().get(entry.id());
    return row != null && held(organisation(row)).equals(entry.last());
  }

  private static void addTo(StatementBatch batch, Bulk bulk, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      bulk.addTo(batch, rows);
    }
  }

  private static Object[] row(long id, Span<Held> span, Recorded by) {
    var held = span.value();
    return new Object[] {
      id,
      held.name(),
      held.kind().code(),
      held.parentId().orElse(null),
      held.open() ? OPEN : CLOSED,
      span.from(),
      span.until().orElse(null),
      by.at(),
      by.actor(),
      by.reason()
    };
  }

  private static Object[] row(Entry entry, boolean wasThere) {
    var held = entry.last();
    return new Object[] {
      held.name(),
      held.kind().code(),
      held.parentId().orElse(null),
      held.open() ? OPEN : CLOSED,
      wasThere ? entry.version() + 1 : 1,
      entry.id()
    };
  }

  private static List<Object[]> paths(Loaded before, Register after) {
    var rows = new ArrayList<Object[]>();
    after
        .paths()
        .forEach((id, path) -> {
          var row = before.rows().get(id);
          if (row == null || !row.getPath().equals(path)) {
            rows.add(new Object[] {path, id});
          }
        });
    rows.sort((a, b) -> Long.compare((Long) a[1], (Long) b[1]));
    return rows;
  }

  private static void count(DSLContext dsl) {
    dsl.update(ORGANISATION_LIST)
        .set(ORGANISATION_LIST.VERSION, ORGANISATION_LIST.VERSION.plus(1))
        .where(ORGANISATION_LIST.ID.eq(LIST))
        .execute();
  }

  /**
   * Those that were there on a day.
   *
   * @param known as it was recorded at that moment; absent: as it is known now
   */
  static List<Organisation> asOf(DSLContext dsl, LocalDate date, Optional<Instant> known) {
    return asOf(dsl, date, isKnown(known));
  }

  /** One of them, where it was there. */
  static Optional<Organisation> asOf(
      DSLContext dsl, LocalDate date, Optional<Instant> known, long organisationId) {
    var one = ORGANISATION_VERSION.ORGANISATION_ID.eq(organisationId);
    return asOf(dsl, date, isKnown(known).and(one)).stream().findFirst();
  }

  private static List<Organisation> asOf(DSLContext dsl, LocalDate date, Condition which) {
    return dsl.select(ORGANISATION.CODE, ORGANISATION.VERSION)
        .select(ORGANISATION_VERSION.fields())
        .from(ORGANISATION_VERSION)
        .join(ORGANISATION)
        .on(ORGANISATION.ID.eq(ORGANISATION_VERSION.ORGANISATION_ID))
        .where(ORGANISATION_VERSION.HELD_FROM.le(date))
        .and(ORGANISATION_VERSION.HELD_UNTIL.isNull().or(ORGANISATION_VERSION.HELD_UNTIL.gt(date)))
        .and(which)
        .fetch(row -> {
          var held = held(row);
          return new Organisation(
              row.get(ORGANISATION_VERSION.ORGANISATION_ID),
              Objects.requireNonNull(row.get(ORGANISATION.CODE)),
              held.name(),
              held.parentId(),
              held.kind(),
              held.open(),
              row.get(ORGANISATION.VERSION));
        });
  }

  private static Condition isKnown(Optional<Instant> known) {
    var superseded = ORGANISATION_VERSION.SUPERSEDED_AT;
    return known
        .map(at ->
            ORGANISATION_VERSION.RECORDED_AT.le(at).and(superseded.isNull().or(superseded.gt(at))))
        .orElseGet(superseded::isNull);
  }
}
