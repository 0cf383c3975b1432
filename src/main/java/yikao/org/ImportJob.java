package yikao.org;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.db.Job;
import yikao.db.JobKind;
import yikao.db.Leases;
import yikao.org.Finding.Verdict;
import yikao.org.ImportStore.File;
import yikao.org.ImportStore.Kind;
import yikao.org.ImportStore.State;
import yikao.org.ImportStore.Tally;
import yikao.org.OrganisationStore.Recorded;

/**
 * Imports a file: members in portions, of which each is there whole or not at all; organisations at
 * once. What cannot be done any more is left out, and found as refused.
 */
@Singleton
final class ImportJob implements JobKind {
  private final ImportStore store;
  private final MemberImport members;
  private final Organisations organisations;
  private final Leases leases;
  private final PeopleWords words;
  private final Trail trail;
  private final Today today;

  ImportJob(
      ImportStore store,
      MemberImport members,
      Organisations organisations,
      Leases leases,
      PeopleWords words,
      Trail trail,
      Today today) {
    this.store = store;
    this.members = members;
    this.organisations = organisations;
    this.leases = leases;
    this.words = words;
    this.trail = trail;
    this.today = today;
  }

  @Override
  public String name() {
    return "import";
  }

  @Override
  public Job.Step step(DSLContext transaction, Job job) {
    var file = store.find(transaction, UUID.fromString(job.subject())).orElseThrow();
    var next = job.progress().isEmpty() ? 1 : Integer.parseInt(job.progress());
    var by = new Recorded(job.actor(), "import " + file.id(), today.now());
    if (file.kind() == Kind.ORGANISATIONS && next == 1) {
      return ofOrganisations(transaction, file, by);
    }
    var portions = store.portions(transaction, file.id(), next, 1);
    if (portions.isEmpty() || file.kind() == Kind.ORGANISATIONS) {
      end(transaction, file, job);
      return new Job.Step(job.progress(), 0, true);
    }
    var portion = portions.getFirst();
    if (!portion.imported()) {
      var findings = members.apply(transaction, file, portion, by);
      store.imported(transaction, file.id(), portion.number(), findings);
    }
    return new Job.Step(Integer.toString(portion.number() + 1), portion.rows().size(), false);
  }

  private Job.Step ofOrganisations(DSLContext dsl, File file, Recorded by) {
    leases.hold(dsl, OrganisationChanges.LEASE);
    var loaded = OrganisationStore.load(dsl, today.date());
    var portions = store.portions(dsl, file.id(), 1, ImportPreviewJob.ALL);
    var rows = portions.stream().flatMap(p -> p.rows().stream()).toList();
    var plan = OrganisationRows.plan(rows, loaded.register(), today.date(), words);
    if (!plan.wanted().isEmpty()) {
      var after = OrganisationImport.apply(dsl, loaded.register(), plan.wanted(), today.date());
      OrganisationStore.store(dsl, loaded, after, by);
    }
    var from = 0;
    for (var portion : portions) {
      var to = from + portion.rows().size();
      store.imported(dsl, file.id(), portion.number(), plan.findings().subList(from, to));
      from = to;
    }
    return new Job.Step(Integer.toString(portions.getLast().number() + 1), rows.size(), false);
  }

  private void end(DSLContext dsl, File file, Job job) {
    // by now what the step before has written is committed
    if (file.kind() == Kind.ORGANISATIONS) {
      organisations.refresh();
    }
    store.state(dsl, file.id(), State.IMPORTED, Optional.empty(), today.now());
    trail.append(
        dsl,
        Actor.of(job.actor()),
        "import.end",
        "import:" + file.id(),
        "",
        file.kind().code() + " " + brief(store.tally(dsl, file.id())));
  }

  private static String brief(Tally tally) {
    return Arrays.stream(Verdict.values())
        .map(v -> v.code() + " " + tally.of(v))
        .collect(Collectors.joining(", "));
  }
}
