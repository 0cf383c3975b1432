package yikao.org;

import static yikao.db.jooq.Tables.ORGANISATION;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.db.Leases;
import yikao.db.Transactions;
import yikao.text.WrittenText;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;
import yikao.web.ShownText;

/** The tree of organisations. */
@Singleton
public final class Organisations {
  private static final Logger LOG = LoggerFactory.getLogger(Organisations.class);

  /** Levels from the top. */
  private static final int MAX_DEPTH = 21;

  private static final int MAX_CODE = 64;
  private static final int MAX_NAME = 200;

  private final Transactions transactions;
  private final Leases leases;
  private volatile OrganisationTree tree;

  Organisations(Transactions transactions, Leases leases) {
    this.transactions = transactions;
    this.leases = leases;
    this.tree = load(transactions.read());
  }

  /** The tree as it is now. */
  public OrganisationTree tree() {
    return tree;
  }

  /** Reads the tree again. */
  public void refresh() {
    tree = load(transactions.read());
  }

  private static OrganisationTree load(DSLContext dsl) {
    return new OrganisationTree(
        dsl.selectFrom(ORGANISATION)
            .fetch(r ->
                new Organisation(
                    r.getId(), r.getCode(), r.getName(), Optional.ofNullable(r.getParentId()))));
  }

  /**
   * A row of an import.
   *
   * @param parent the parent's code; empty at the top
   */
  public record ImportRow(int line, String code, String name, String parent) {}

  /**
   * Adds organisations and renames or moves those known by their code; all rows or none.
   *
   * @param actor who does so
   * @throws Problem with every bad row
   */
  public int importAll(Actor actor, List<ImportRow> rows) {
    // one import at a time, and over what is stored: two that fit by themselves may make a cycle
    leases.exclusively(
        "organisations",
        dsl -> {
          var stored = load(dsl);
          var tidied = rows.stream().map(row -> tidied(row, stored)).toList();
          check(tidied, stored);
          write(dsl, tidied);
          return rows.size();
        });
    refresh();
    LOG.atInfo()
        .addKeyValue("actor", actor.code())
        .addKeyValue("rows", rows.size())
        .log("organisations imported");
    return rows.size();
  }

  private static ImportRow tidied(ImportRow row, OrganisationTree stored) {
    return new ImportRow(
        row.line(), code(row.code(), stored), tidied(row.name()), code(row.parent(), stored));
  }

  /** As it is known; earlier releases did not tidy it. */
  private static String code(String written, OrganisationTree stored) {
    return stored.byCode(written).isPresent() ? written : tidied(written);
  }

  /** What may not be shown stays as it is, and is refused. */
  private static String tidied(String written) {
    return WrittenText.shown(written, 0, MAX_NAME, false).orElse(written);
  }

  private static void check(List<ImportRow> rows, OrganisationTree stored) {
    var errors = new ArrayList<FieldError>();
    var inFile = new HashMap<String, ImportRow>();
    for (var row : rows) {
      check(row, inFile, errors);
    }
    var misplaced = new After(inFile, stored).misplaced();
    for (var row : rows) {
      if (!row.parent().isEmpty()
          && stored.byCode(row.parent()).isEmpty()
          && !inFile.containsKey(row.parent())) {
        errors.add(FieldError.of(place(row, "parent"), "organisation.no-parent", row.parent()));
      } else if (misplaced.contains(row)) {
        errors.add(FieldError.of(place(row, "parent"), "organisation.cycle", row.parent()));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private static void check(ImportRow row, Map<String, ImportRow> inFile, List<FieldError> errors) {
    var wrong = ShownText.wrong(place(row, "code"), row.code(), 1, MAX_CODE, false);
    if (wrong.isPresent()) {
      errors.add(wrong.get());
    } else if (inFile.putIfAbsent(row.code(), row) != null) {
      errors.add(FieldError.of(place(row, "code"), "duplicate", row.code()));
    }
    ShownText.wrong(place(row, "name"), row.name(), 1, MAX_NAME, false).ifPresent(errors::add);
  }

  /** The tree as it would be after an import. */
  private record After(Map<String, ImportRow> inFile, OrganisationTree stored) {
    /** Rows by which an organisation, or one below it, would be in a circle or too deep. */
    Set<ImportRow> misplaced() {
      var codes = new HashSet<>(inFile.keySet());
      stored.all().forEach(o -> codes.add(o.code()));
      return codes.stream()
          .filter(code -> upwards(code).count() > MAX_DEPTH)
          .flatMap(code -> upwards(code).filter(inFile::containsKey).limit(1))
          .map(inFile::get)
          .collect(Collectors.toSet());
    }

    /** An organisation and those above it, as far as the limit and one more. */
    private Stream<String> upwards(String code) {
      return Stream.iterate(code, c -> !c.isEmpty(), this::parent).limit(MAX_DEPTH + 1L);
    }

    private String parent(String code) {
      var row = inFile.get(code);
      return row == null ? stored.parentCode(code).orElse("") : row.parent();
    }
  }

  private static String place(ImportRow row, String field) {
    return "line %d: %s".formatted(row.line(), field);
  }

  private static void write(DSLContext dsl, List<ImportRow> rows) {
    var existing =
        dsl.select(ORGANISATION.CODE, ORGANISATION.ID)
            .from(ORGANISATION)
            .fetchMap(ORGANISATION.CODE, ORGANISATION.ID);
    for (var row : rows) {
      var id = existing.get(row.code());
      if (id == null) {
        existing.put(
            row.code(),
            dsl.insertInto(ORGANISATION)
                .set(ORGANISATION.CODE, row.code())
                .set(ORGANISATION.NAME, row.name())
                .returningResult(ORGANISATION.ID)
                .fetchSingle()
                .value1());
      } else {
        dsl.update(ORGANISATION)
            .set(ORGANISATION.NAME, row.name())
            .where(ORGANISATION.ID.eq(id))
            .execute();
      }
    }
    for (var row : rows) {
      dsl.update(ORGANISATION)
          .set(ORGANISATION.PARENT_ID, row.parent().isEmpty() ? null : existing.get(row.parent()))
          .where(ORGANISATION.CODE.eq(row.code()))
          .execute();
    }
  }
}
