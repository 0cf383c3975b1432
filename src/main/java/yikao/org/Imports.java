package yikao.org;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Actor;
import yikao.db.Job;
import yikao.db.Jobs;
import yikao.db.Transactions;
import yikao.db.UuidV7;
import yikao.org.Finding.Verdict;
import yikao.org.ImportStore.File;
import yikao.org.ImportStore.Kind;
import yikao.org.ImportStore.State;
import yikao.org.PeopleWords.Column;
import yikao.web.Problem;

/** Files of organisations and members: brought, looked at, confirmed, imported. */
@Singleton
final class Imports {
  /** What organisations are taken in at once. */
  private static final int MOST_ORGANISATIONS = 20_000;

  private final Transactions transactions;
  private final ImportStore store;
  private final ImportReader reader;
  private final ImportPreviewJob previews;
  private final ImportJob imports;
  private final Jobs jobs;
  private final Trail trail;
  private final Today today;

  Imports(
      Transactions transactions,
      ImportStore store,
      ImportReader reader,
      ImportPreviewJob previews,
      ImportJob imports,
      Jobs jobs,
      Trail trail,
      Today today) {
    this.transactions = transactions;
    this.store = store;
    this.reader = reader;
    this.previews = previews;
    this.imports = imports;
    this.jobs = jobs;
    this.trail = trail;
    this.today = today;
  }

  /** A row of a file as it is shown. */
  record ShownRow(int line, String key, String name, Finding finding) {}

  /**
   * Takes a file and orders that it is looked at.
   *
   * @param scope the tops of what the actor may change by it; empty: everything
   */
  File bring(Actor actor, Kind kind, List<Long> scope, LocalDate date, byte[] bytes) {
    return transactions.write(dsl -> {
      var now = today.now();
      var id = UuidV7.at(now);
      var file =
          new File(id, kind, State.CHECKING, actor.code(), scope, date, Optional.empty(), 0, now);
      store.insert(dsl, file);
      var number = new int[1];
      var total = reader.read(kind, bytes, rows -> store.insert(dsl, id, ++number[0], rows));
      if (kind == Kind.ORGANISATIONS && total > MOST_ORGANISATIONS) {
        throw Problem.invalid("body", "import.too-many-rows", MOST_ORGANISATIONS);
      }
      var job = jobs.order(dsl, previews, id.toString(), actor.code(), "", total);
      store.total(dsl, id, total, job);
      trail.append(
          dsl,
          actor,
          "import.bring",
          "import:" + id,
          "",
          "%s, %d rows".formatted(kind.code(), total));
      return new File(
          id, kind, State.CHECKING, actor.code(), scope, date, Optional.of(job), total, now);
    });
  }

  File get(UUID id) {
    return store
        .find(transactions.read(), id)
        .orElseThrow(() -> Problem.notFound("no-such-import"));
  }

  /** What somebody has brought, the newest first. */
  List<File> of(Actor actor, int most) {
    return store.of(transactions.read(), actor.code(), most);
  }

  /** The job that is at a file, or was last. */
  Optional<Job> job(File file) {
    return file.job().flatMap(jobs::find);
  }

  ImportStore.Tally tally(File file) {
    return store.tally(transactions.read(), file.id());
  }

  /**
   * Orders that a file is imported.
   *
   * @param all whether it is refused where a row is
   */
  File confirm(Actor actor, UUID id, boolean all) {
    transactions.write(dsl -> {
      var file = store.held(dsl, id).orElseThrow(() -> Problem.notFound("no-such-import"));
      mayBegin(file);
      var refused = store.tally(dsl, id).of(Verdict.REFUSED);
      if (all && refused > 0) {
        throw Problem.conflict("import.refused-rows", refused);
      }
      var ordered = jobs.order(dsl, imports, id.toString(), actor.code(), "", file.total());
      store.state(dsl, id, State.IMPORTING, Optional.of(ordered), today.now());
      trail.append(dsl, actor, "import.confirm", "import:" + id, "", all ? "all" : "sound");
      return ordered;
    });
    return get(id);
  }

  private void mayBegin(File file) {
    var hasFailed =
        file.state() == State.IMPORTING
            && job(file).map(j -> j.state() == Job.State.FAILED).orElse(true);
    if (file.state() != State.CHECKED && !hasFailed) {
      throw Problem.conflict(
          file.state() == State.CHECKING ? "import.not-checked" : "import.confirmed");
    }
  }

  /** Rows after a line, of one verdict or of any. */
  List<ShownRow> rows(File file, Optional<Verdict> verdict, int after, int most) {
    var shown = new ArrayList<ShownRow>();
    var number = store.portionAfter(transactions.read(), file.id(), after);
    while (shown.size() < most) {
      var portions = store.portions(transactions.read(), file.id(), number++, 1);
      if (portions.isEmpty()) {
        break;
      }
      var portion = portions.getFirst();
      for (var i = 0; i < portion.findings().size() && i < portion.rows().size(); i++) {
        var row = portion.rows().get(i);
        var finding = portion.findings().get(i);
        if (row.line() > after && verdict.map(finding.verdict()::equals).orElse(true)) {
          shown.add(shown(file.kind(), row, finding));
        }
      }
    }
    return shown.subList(0, Math.min(most, shown.size()));
  }

  private static ShownRow shown(Kind kind, Cells row, Finding finding) {
    var key = kind == Kind.MEMBERS ? row.text(Column.NUMBER) : row.text(Column.CODE);
    return new ShownRow(row.line(), key, row.text(Column.NAME), finding);
  }
}
