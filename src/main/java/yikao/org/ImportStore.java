package yikao.org;

import static yikao.db.jooq.Tables.IMPORT_FILE;
import static yikao.db.jooq.Tables.IMPORT_PORTION;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import yikao.access.Vault;
import yikao.org.Finding.Verdict;

/** Files that are to be imported, in the database. What stands in them is sealed. */
@Singleton
final class ImportStore {
  /**
   * Rows of a portion, at most: what is imported together. Each writes much of each index anew, so
   * few large ones cost less than many small ones.
   */
  static final int PORTION = 5_000;

  private static final String PURPOSE = "import";
  private static final String BETWEEN = ",";

  private final Vault vault;

  ImportStore(Vault vault) {
    this.vault = vault;
  }

  /** What a file is about. */
  enum Kind {
    ORGANISATIONS,
    MEMBERS;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String code) {
      return Arrays.stream(values()).filter(k -> k.code().equals(code)).findFirst();
    }
  }

  /** How far a file is. */
  enum State {
    CHECKING,
    CHECKED,
    IMPORTING,
    IMPORTED;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A file.
   *
   * @param actor who brought it
   * @param scope the tops of what may be changed by it; empty: everything
   * @param date from which what it says holds
   * @param job the one that is at it, or was last
   */
  record File(
      UUID id,
      Kind kind,
      State state,
      String actor,
      List<Long> scope,
      LocalDate date,
      Optional<UUID> job,
      int total,
      Instant createdAt) {}

  /** Some rows of a file. */
  record Portion(int number, List<Cells> rows, List<Finding> findings, boolean imported) {}

  void insert(DSLContext dsl, File file) {
    dsl.insertInto(IMPORT_FILE)
        .set(IMPORT_FILE.ID, file.id())
        .set(IMPORT_FILE.KIND, file.kind().code())
        .set(IMPORT_FILE.STATE, file.state().code())
        .set(IMPORT_FILE.ACTOR, file.actor())
        .set(
            IMPORT_FILE.SCOPE,
            file.scope().stream().map(String::valueOf).collect(Collectors.joining(BETWEEN)))
        .set(IMPORT_FILE.HELD_FROM, file.date())
        .set(IMPORT_FILE.JOB_ID, file.job().orElse(null))
        .set(IMPORT_FILE.TOTAL, file.total())
        .set(IMPORT_FILE.CREATED_AT, file.createdAt())
        .set(IMPORT_FILE.UPDATED_AT, file.createdAt())
        .execute();
  }

  void insert(DSLContext dsl, UUID file, int number, List<Cells> rows) {
    dsl.insertInto(IMPORT_PORTION)
        .set(IMPORT_PORTION.FILE_ID, file)
        .set(IMPORT_PORTION.NUMBER, number)
        .set(IMPORT_PORTION.FIRST_ROW, rows.getFirst().line())
        .set(IMPORT_PORTION.CONTENT, vault.seal(PURPOSE, Cells.packed(rows)))
        .set(IMPORT_PORTION.FINDINGS, "")
        .set(IMPORT_PORTION.IMPORTED, false)
        .execute();
  }

  Optional<File> find(DSLContext dsl, UUID id) {
    return dsl.selectFrom(IMPORT_FILE)
        .where(IMPORT_FILE.ID.eq(id))
        .fetchOptional(ImportStore::file);
  }

  /** What somebody has brought, the newest first. */
  List<File> of(DSLContext dsl, String actor, int most) {
    return dsl.selectFrom(IMPORT_FILE)
        .where(IMPORT_FILE.ACTOR.eq(actor))
        .orderBy(IMPORT_FILE.CREATED_AT.desc(), IMPORT_FILE.ID)
        .limit(most)
        .fetch(ImportStore::file);
  }

  /** Held against others who confirm it. */
  Optional<File> held(DSLContext dsl, UUID id) {
    return dsl.selectFrom(IMPORT_FILE)
        .where(IMPORT_FILE.ID.eq(id))
        .forUpdate()
        .fetchOptional(ImportStore::file);
  }

  private static File file(Record row) {
    var scope = row.get(IMPORT_FILE.SCOPE);
    return new File(
        row.get(IMPORT_FILE.ID),
        Kind.of(row.get(IMPORT_FILE.KIND)).orElseThrow(),
        State.valueOf(row.get(IMPORT_FILE.STATE).toUpperCase(Locale.ROOT)),
        row.get(IMPORT_FILE.ACTOR),
        scope.isEmpty()
            ? List.of()
            : Arrays.stream(scope.split(BETWEEN, -1)).map(Long::valueOf).toList(),
        row.get(IMPORT_FILE.HELD_FROM),
        Optional.ofNullable(row.get(IMPORT_FILE.JOB_ID)),
        row.get(IMPORT_FILE.TOTAL),
        row.get(IMPORT_FILE.CREATED_AT));
  }

  void state(DSLContext dsl, UUID id, State state, Optional<UUID> job, Instant now) {
    dsl.update(IMPORT_FILE)
        .set(IMPORT_FILE.STATE, state.code())
        .set(IMPORT_FILE.UPDATED_AT, now)
        .set(IMPORT_FILE.JOB_ID, job.map(j -> (Field<UUID>) DSL.val(j)).orElse(IMPORT_FILE.JOB_ID))
        .where(IMPORT_FILE.ID.eq(id))
        .execute();
  }

  void total(DSLContext dsl, UUID id, int total, UUID job) {
    dsl.update(IMPORT_FILE)
        .set(IMPORT_FILE.TOTAL, total)
        .set(IMPORT_FILE.JOB_ID, job)
        .where(IMPORT_FILE.ID.eq(id))
        .execute();
  }

  /** Portions from a number on. */
  List<Portion> portions(DSLContext dsl, UUID file, int from, int most) {
    return dsl.selectFrom(IMPORT_PORTION)
        .where(IMPORT_PORTION.FILE_ID.eq(file))
        .and(IMPORT_PORTION.NUMBER.ge(from))
        .orderBy(IMPORT_PORTION.NUMBER)
        .limit(most)
        .fetch(row ->
            new Portion(
                row.getNumber(),
                row.getContent().length == 0
                    ? List.of()
                    : Cells.unpacked(vault.open(PURPOSE, row.getContent())),
                Finding.unpacked(row.getFindings()),
                row.getImported()));
  }

  /** The number of the portion in which the rows after a line begin. */
  int portionAfter(DSLContext dsl, UUID file, int line) {
    return dsl.select(DSL.coalesce(DSL.max(IMPORT_PORTION.NUMBER), 1))
        .from(IMPORT_PORTION)
        .where(IMPORT_PORTION.FILE_ID.eq(file))
        .and(IMPORT_PORTION.FIRST_ROW.le(line))
        .fetchSingle()
        .value1();
  }

  /**
   * What was found of all rows.
   *
   * @param counts how many rows there are of each verdict
   * @param imported how many rows are imported
   */
  record Tally(Map<Verdict, Integer> counts, int imported) {
    int of(Verdict verdict) {
      return counts.getOrDefault(verdict, 0);
    }
  }

  Tally tally(DSLContext dsl, UUID file) {
    var all = new EnumMap<Verdict, Integer>(Verdict.class);
    var imported = new int[1];
    dsl.select(IMPORT_PORTION.FINDINGS, IMPORT_PORTION.IMPORTED)
        .from(IMPORT_PORTION)
        .where(IMPORT_PORTION.FILE_ID.eq(file))
        .forEach(row -> {
          var counts = Finding.counts(row.value1());
          counts.forEach((verdict, rows) -> all.merge(verdict, rows, Integer::sum));
          if (row.value2()) {
            imported[0] += counts.values().stream().mapToInt(Integer::intValue).sum();
          }
        });
    return new Tally(all, imported[0]);
  }

  void found(DSLContext dsl, UUID file, int number, List<Finding> findings) {
    dsl.update(IMPORT_PORTION)
        .set(IMPORT_PORTION.FINDINGS, Finding.packed(findings))
        .where(IMPORT_PORTION.FILE_ID.eq(file))
        .and(IMPORT_PORTION.NUMBER.eq(number))
        .execute();
  }

  void imported(DSLContext dsl, UUID file, int number, List<Finding> findings) {
    dsl.update(IMPORT_PORTION)
        .set(IMPORT_PORTION.FINDINGS, Finding.packed(findings))
        .set(IMPORT_PORTION.IMPORTED, true)
        .where(IMPORT_PORTION.FILE_ID.eq(file))
        .and(IMPORT_PORTION.NUMBER.eq(number))
        .execute();
  }

  /** Files that nobody has touched since then, and all that was in them. */
  int deleteBefore(DSLContext dsl, Instant then) {
    var old =
        dsl.select(IMPORT_FILE.ID)
            .from(IMPORT_FILE)
            .where(IMPORT_FILE.UPDATED_AT.lt(then))
            .fetch(IMPORT_FILE.ID);
    if (!old.isEmpty()) {
      dsl.deleteFrom(IMPORT_PORTION).where(IMPORT_PORTION.FILE_ID.in(old)).execute();
      dsl.deleteFrom(IMPORT_FILE).where(IMPORT_FILE.ID.in(old)).execute();
    }
    return old.size();
  }
}
