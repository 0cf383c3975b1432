package yikao.org;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.org.ImportStore.File;
import yikao.org.ImportStore.Kind;
import yikao.org.ImportStore.State;

/** Finds out what a file would do; changes nothing. */
@Singleton
final class ImportPreviewJob implements JobKind {
  static final int ALL = Integer.MAX_VALUE;

  private final ImportStore store;
  private final MemberImport members;
  private final PeopleWords words;
  private final Today today;

  ImportPreviewJob(ImportStore store, MemberImport members, PeopleWords words, Today today) {
    this.store = store;
    this.members = members;
    this.words = words;
    this.today = today;
  }

  @Override
  public String name() {
    return "import-preview";
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var file = store.find(transaction, UUID.fromString(job.subject())).orElseThrow();
    var next = job.progress().isEmpty() ? 1 : Integer.parseInt(job.progress());
    var portions =
        store.portions(transaction, file.id(), next, file.kind() == Kind.MEMBERS ? 1 : ALL);
    if (portions.isEmpty()) {
      store.state(transaction, file.id(), State.CHECKED, Optional.empty(), today.now());
      return new Job.Step(job.progress(), 0, true);
    }
    return file.kind() == Kind.MEMBERS
        ? ofMembers(transaction, file, portions.getFirst())
        : ofOrganisations(transaction, file);
  }

  private Job.Step ofMembers(DSLContext dsl, File file, ImportStore.Portion portion) {
    store.found(dsl, file.id(), portion.number(), members.preview(dsl, file, portion.rows()));
    return new Job.Step(Integer.toString(portion.number() + 1), portion.rows().size(), false);
  }

  /** All together, since each row may hang below any other. */
  private Job.Step ofOrganisations(DSLContext dsl, File file) {
    var loaded = OrganisationStore.load(dsl, today.date());
    var portions = store.portions(dsl, file.id(), 1, ALL);
    var rows = portions.stream().flatMap(p -> p.rows().stream()).toList();
    var plan = OrganisationRows.plan(rows, loaded.register(), today.date(), words);
    var from = 0;
    for (var portion : portions) {
      var to = from + portion.rows().size();
      store.found(dsl, file.id(), portion.number(), plan.findings().subList(from, to));
      from = to;
    }
    return new Job.Step(Integer.toString(portions.getLast().number() + 1), rows.size(), false);
  }
}
