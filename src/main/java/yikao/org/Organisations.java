package yikao.org;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.db.Leases;
import yikao.db.Transactions;
import yikao.org.OrganisationImport.Wanted;
import yikao.org.OrganisationStore.Recorded;
import yikao.text.WrittenText;
import yikao.web.Problem;

/** The tree of organisations, as it is now and as it was. */
@Singleton
public final class Organisations {
  private static final Logger LOG = LoggerFactory.getLogger(Organisations.class);

  private final Transactions transactions;
  private final Leases leases;
  private final Trail trail;
  private final Today today;
  private final AtomicReference<Listed> listed;

  Organisations(Transactions transactions, Leases leases, Trail trail, Today today) {
    this.transactions = transactions;
    this.leases = leases;
    this.trail = trail;
    this.today = today;
    place();
    this.listed = new AtomicReference<>(read());
  }

  /** The tree, and how many changes are in it at least. */
  private record Listed(long version, OrganisationTree tree) {
    private static Listed later(Listed one, Listed other) {
      return other.version < one.version ? one : other;
    }
  }

  /** The tree as it is now. */
  public OrganisationTree tree() {
    return listed.get().tree();
  }

  /**
   * The tree as it was on a day, as is known now.
   *
   * @param date not before 1900
   */
  public OrganisationTree tree(LocalDate date) {
    return new OrganisationTree(
        OrganisationStore.asOf(transactions.read(), date, Optional.empty()));
  }

  /** The tree as it was on a day, as it was recorded at a moment. */
  public OrganisationTree tree(LocalDate date, Instant known) {
    return new OrganisationTree(
        OrganisationStore.asOf(transactions.read(), date, Optional.of(known)));
  }

  /** Reads the tree again. */
  public void refresh() {
    // of two that read at once the one that saw more stays
    listed.accumulateAndGet(read(), Listed::later);
  }

  /** Takes up what another node has changed. */
  void notice() {
    if (OrganisationStore.version(transactions.read()) != listed.get().version()) {
      refresh();
      LOG.atInfo()
          .addKeyValue("organisations", tree().all().size())
          .log("the organisations were changed elsewhere and taken up");
    }
  }

  /** Works out where those hang that an earlier release has left. */
  private void place() {
    if (OrganisationStore.hasUnplaced(transactions.read())) {
      leases.exclusively(
          OrganisationChanges.LEASE,
          dsl -> {
            var loaded = OrganisationStore.load(dsl, today.date());
            return OrganisationStore.store(
                dsl, loaded, loaded.register(), new Recorded(Actor.SYSTEM.code(), "", today.now()));
          });
    }
  }

  private Listed read() {
    var dsl = transactions.read();
    // the version first: what is read after it has that change, and maybe more
    var version = OrganisationStore.version(dsl);
    var read = new Listed(version, new OrganisationTree(OrganisationStore.all(dsl)));
    var raised = read.tree().raised();
    if (!raised.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("codes", raised.stream().map(Organisation::code).toList())
          .log("organisations in a circle or too deep count as standing at the top");
    }
    return read;
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
   * Adds organisations and renames or moves those known by their code, from today; all rows or
   * none.
   *
   * @param actor who does so
   * @throws Problem with every bad row
   */
  public int importAll(Actor actor, List<ImportRow> given) {
    // one import at a time, and over what is stored: two that fit by themselves may make a cycle
    leases.exclusively(
        OrganisationChanges.LEASE,
        dsl -> {
          var loaded = OrganisationStore.load(dsl, today.date());
          var stored = new OrganisationTree(loaded.register().organisations());
          var rows = given.stream().map(row -> row.tidied(stored)).toList();
          ImportCheck.check(rows, stored);
          var wanted = rows.stream().map(Wanted::of).toList();
          var after = OrganisationImport.apply(dsl, loaded.register(), wanted, today.date());
          var changed =
              OrganisationStore.store(
                  dsl, loaded, after, new Recorded(actor.code(), "", today.now()));
          trail.append(
              dsl,
              actor,
              "organisation.import",
              "organisations",
              "",
              "%d rows, %d changed".formatted(rows.size(), changed.size()));
          return changed;
        });
    refresh();
    LOG.atInfo()
        .addKeyValue("actor", actor.code())
        .addKeyValue("rows", given.size())
        .log("organisations imported");
    return given.size();
  }
}
