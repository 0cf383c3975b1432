package yikao.org;

import static yikao.db.jooq.Tables.ORGANISATION;
import static yikao.db.jooq.Tables.ORGANISATION_LIST;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.db.Leases;
import yikao.db.Transactions;
import yikao.text.WrittenText;
import yikao.web.Problem;

/** The tree of organisations. */
@Singleton
public final class Organisations {
  private static final Logger LOG = LoggerFactory.getLogger(Organisations.class);
  private static final int LIST = 1;

  private final Transactions transactions;
  private final Leases leases;
  private final AtomicReference<Listed> listed;

  Organisations(Transactions transactions, Leases leases) {
    this.transactions = transactions;
    this.leases = leases;
    this.listed = new AtomicReference<>(read());
  }

  /** The tree, and how many imports are in it at least. */
  private record Listed(long version, OrganisationTree tree) {
    private static Listed later(Listed one, Listed other) {
      return other.version < one.version ? one : other;
    }
  }

  /** The tree as it is now. */
  public OrganisationTree tree() {
    return listed.get().tree();
  }

  /** Reads the tree again. */
  public void refresh() {
    // of two that read at once the one that saw more stays
    listed.accumulateAndGet(read(), Listed::later);
  }

  /** Takes up what another node has imported. */
  void notice() {
    if (version(transactions.read()) != listed.get().version()) {
      refresh();
      LOG.atInfo()
          .addKeyValue("organisations", tree().all().size())
          .log("the organisations were imported anew and taken up");
    }
  }

  private Listed read() {
    var dsl = transactions.read();
    // the version first: what is read after it has that import, and maybe more
    var read = new Listed(version(dsl), load(dsl));
    var raised = read.tree().raised();
    if (!raised.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("codes", raised.stream().map(Organisation::code).toList())
          .log("organisations in a circle or too deep count as standing at the top");
    }
    return read;
  }

  private static long version(DSLContext dsl) {
    return dsl.select(ORGANISATION_LIST.VERSION)
        .from(ORGANISATION_LIST)
        .where(ORGANISATION_LIST.ID.eq(LIST))
        .fetchSingle()
        .value1();
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
  public record ImportRow(int line, String code, String name, String parent) {
    /**
     * Without what nobody sees, by which two codes or names would be others to a machine alone.
     * What may not be shown stays as it is, and is refused.
     */
    private ImportRow tidied(OrganisationTree stored) {
      return new ImportRow(line, code(code, stored), tidied(name), code(parent, stored));
    }

    /** As it is known; earlier releases did not tidy it. */
    private static String code(String written, OrganisationTree stored) {
      return stored.byCode(written).isPresent() ? written : tidied(written);
    }

    private static String tidied(String written) {
      return WrittenText.shown(written, 0, ImportCheck.MAX_NAME, false).orElse(written);
    }
  }

  /**
   * Adds organisations and renames or moves those known by their code; all rows or none.
   *
   * @param actor who does so
   * @throws Problem with every bad row
   */
  public int importAll(Actor actor, List<ImportRow> given) {
    // one import at a time, and over what is stored: two that fit by themselves may make a cycle
    leases.exclusively(
        "organisations",
        dsl -> {
          var stored = load(dsl);
          var rows = given.stream().map(row -> row.tidied(stored)).toList();
          ImportCheck.check(rows, stored);
          settle(dsl, stored.raised());
          write(dsl, rows);
          count(dsl);
          return rows.size();
        });
    refresh();
    LOG.atInfo()
        .addKeyValue("actor", actor.code())
        .addKeyValue("rows", given.size())
        .log("organisations imported");
    return given.size();
  }

  /** What only counts as standing at the top stands there from now on, as it was checked. */
  private static void settle(DSLContext dsl, List<Organisation> raised) {
    if (!raised.isEmpty()) {
      dsl.update(ORGANISATION)
          .setNull(ORGANISATION.PARENT_ID)
          .where(ORGANISATION.ID.in(raised.stream().map(Organisation::id).toList()))
          .execute();
    }
  }

  /** So that other nodes notice. */
  private static void count(DSLContext dsl) {
    dsl.update(ORGANISATION_LIST)
        .set(ORGANISATION_LIST.VERSION, ORGANISATION_LIST.VERSION.plus(1))
        .where(ORGANISATION_LIST.ID.eq(LIST))
        .execute();
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
