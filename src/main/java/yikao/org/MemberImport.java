package yikao.org;

import static yikao.db.jooq.Tables.MEMBER;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import yikao.db.Leases;
import yikao.db.Lookup;
import yikao.db.UuidV7;
import yikao.db.jooq.tables.records.MemberRecord;
import yikao.org.Finding.Verdict;
import yikao.org.MemberStore.Row;
import yikao.org.MemberStore.SealedPhone;
import yikao.org.Memberships.Change;
import yikao.org.OrganisationStore.Recorded;

/** Members from a file: what each row would do, and doing it; a portion at a time. */
@Singleton
final class MemberImport {
  private static final Lookup<Record> BY_ID =
      new Lookup<>(dsl -> dsl.select(MEMBER.fields()).from(MEMBER).where(Lookup.among(MEMBER.ID)));

  private static final Lookup<Record> BY_NUMBER =
      new Lookup<>(
          dsl -> dsl.select(MEMBER.fields()).from(MEMBER).where(Lookup.among(MEMBER.NUMBER)));

  private static final Lookup<Record> BY_PHONE =
      new Lookup<>(
          dsl -> dsl.select(MEMBER.fields()).from(MEMBER).where(Lookup.among(MEMBER.PHONE_DIGEST)));

  private final Leases leases;
  private final Organisations organisations;
  private final Memberships memberships;
  private final Phones phones;
  private final PeopleWords words;
  private final Today today;

  MemberImport(
      Leases leases,
      Organisations organisations,
      Memberships memberships,
      Phones phones,
      PeopleWords words,
      Today today) {
    this.leases = leases;
    this.organisations = organisations;
    this.memberships = memberships;
    this.phones = phones;
    this.words = words;
    this.today = today;
  }

  /**
   * What becomes of a row.
   *
   * @param found the member it is about; absent: a new one
   * @param at where the member is to be
   * @param change what becomes of the history of one who is known; absent: it stays
   */
  private record Plan(
      Finding finding,
      MemberRow row,
      Optional<MemberRecord> found,
      Optional<Membership> at,
      Optional<Change> change) {
    static Plan refused(MemberRow row, Finding why) {
      return new Plan(why, row, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Plan with(Change of) {
      return new Plan(finding, row, found, at, Optional.of(of));
    }

    boolean isToDo() {
      return !finding.isRefused() && finding.verdict() != Verdict.UNTOUCHED;
    }

    /** Whether somebody comes into an organisation, or belongs to one again. */
    boolean joins() {
      return finding.verdict() == Verdict.NEW
          || finding.verdict() == Verdict.MOVED
          || (finding.verdict() == Verdict.CHANGED && joins(found.orElseThrow(), at.orElseThrow()));
    }

    static boolean joins(MemberRecord found, Membership at) {
      return at.organisationId() != found.getOrganisationId()
          || (at.state().belongs() && !MemberState.stored(found.getState()).belongs());
    }

    Plan unless(Set<Long> closed) {
      return joins() && at.filter(a -> closed.contains(a.organisationId())).isPresent()
          ? refused(row, Finding.refused("organisation", "organisation.is-closed"))
          : this;
    }
  }

  /**
   * Members that the rows may be about, and who has their digests. Of those whom the one who
   * brought the file does not keep nothing is known, but that a number is not free.
   */
  private record Known(
      Map<UUID, MemberRecord> byId,
      Map<String, MemberRecord> byNumber,
      Set<String> numbersElsewhere,
      Map<ByteBuffer, List<MemberRecord>> byPhone,
      Map<String, ByteBuffer> digests) {
    ByteBuffer digest(String phone) {
      return digests.getOrDefault(phone, ByteBuffer.allocate(0));
    }

    List<MemberRecord> ofPhone(String phone) {
      return byPhone.getOrDefault(digest(phone), List.of());
    }

    Set<UUID> ids() {
      var ids = new HashSet<>(byId.keySet());
      byNumber.values().forEach(m -> ids.add(m.getId()));
      byPhone.values().forEach(all -> all.forEach(m -> ids.add(m.getId())));
      return ids;
    }
  }

  /** What rows would do. */
  List<Finding> preview(DSLContext dsl, ImportStore.File file, List<Cells> cells) {
    var rows = rows(cells);
    var places = places(file);
    return plans(dsl, file, rows, known(dsl, rows, places), places).stream()
        .map(Plan::finding)
        .toList();
  }

  private List<MemberRow> rows(List<Cells> cells) {
    return cells.stream().map(c -> MemberRow.of(c, words)).toList();
  }

  private List<MemberRow> rows(ImportStore.Portion portion) {
    var rows = new ArrayList<>(rows(portion.rows()));
    for (var i = 0; i < rows.size(); i++) {
      if (portion.findings().get(i).isRefused()) {
        rows.set(i, rows.get(i).refused(portion.findings().get(i)));
      }
    }
    return rows;
  }

  private ImportPlaces places(ImportStore.File file) {
    var tree = organisations.tree();
    var then = file.date().isBefore(today.date()) ? organisations.tree(file.date()) : tree;
    return new ImportPlaces(tree, then, file);
  }

  private List<Plan> plans(
      DSLContext dsl,
      ImportStore.File file,
      List<MemberRow> rows,
      Known known,
      ImportPlaces places) {
    var taken = new HashSet<UUID>();
    var plans = new ArrayList<Plan>();
    for (var row : rows) {
      var plan = plan(row, known, places);
      // two rows may come to the same member by different keys
      var isTwice =
          !plan.finding().isRefused()
              && plan.found().isPresent()
              && !taken.add(plan.found().get().getId());
      plans.add(isTwice ? Plan.refused(row, Finding.refused("line", "import.twice-member")) : plan);
    }
    return withHistories(dsl, file, plans, places);
  }

  private Known known(DSLContext dsl, List<MemberRow> rows, ImportPlaces places) {
    var digests = new HashMap<String, ByteBuffer>();
    rows.stream()
        .flatMap(r -> r.phone().stream())
        .forEach(p -> digests.computeIfAbsent(p, x -> ByteBuffer.wrap(phones.digest(x))));
    var known =
        new Known(new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashMap<>(), digests);
    var ids = rows.stream().flatMap(r -> r.id().stream()).toArray(UUID[]::new);
    var numbers = rows.stream().flatMap(r -> r.number().stream()).toArray(String[]::new);
    BY_ID.fetch(
        dsl,
        m -> {
          if (isKept(m, places) && m.get(MEMBER.ERASED_AT) == null) {
            known.byId().put(m.get(MEMBER.ID), m.into(MEMBER));
          }
        },
        ids);
    BY_NUMBER.fetch(
        dsl,
        m -> {
          if (isKept(m, places)) {
            known.byNumber().put(m.get(MEMBER.NUMBER), m.into(MEMBER));
          } else {
            known.numbersElsewhere().add(m.get(MEMBER.NUMBER));
          }
        },
        numbers);
    BY_PHONE.fetch(
        dsl,
        m -> {
          if (isKept(m, places)) {
            var digest = ByteBuffer.wrap(m.get(MEMBER.PHONE_DIGEST));
            known.byPhone().computeIfAbsent(digest, _ -> new ArrayList<>()).add(m.into(MEMBER));
          }
        },
        digests.values().stream().map(ByteBuffer::array).toArray(byte[][]::new));
    return known;
  }

  private static boolean isKept(Record member, ImportPlaces places) {
    return places.mayEdit(member.get(MEMBER.ORGANISATION_ID));
  }

  private static Plan plan(MemberRow row, Known known, ImportPlaces places) {
    if (row.wrong().isPresent()) {
      return Plan.refused(row, row.wrong().get());
    }
    if (row.number().filter(known.numbersElsewhere()::contains).isPresent()) {
      return Plan.refused(row, Finding.refused("number", "member.number-unusable"));
    }
    return match(row, known)
        .map(found -> existing(row, found, known, places))
        .orElseGet(() ->
            unmatched(row, known)
                .map(f -> Plan.refused(row, f))
                .orElseGet(() -> fresh(row, known, places)));
  }

  /** The member that a row is about: by identifier, number, or phone and name together. */
  private static Optional<MemberRecord> match(MemberRow row, Known known) {
    if (row.id().isPresent()) {
      return Optional.ofNullable(known.byId().get(row.id().get()));
    }
    var byNumber = row.number().map(known.byNumber()::get);
    if (byNumber.isPresent()) {
      return byNumber;
    }
    var alike = alike(row, known);
    return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
  }

  /** Of the phone and the name of a row; with a number of its own it is somebody who had none. */
  private static List<MemberRecord> alike(MemberRow row, Known known) {
    var key = NameKey.of(row.name().orElse(""));
    return row.phone().map(known::ofPhone).orElse(List.of()).stream()
        .filter(m -> m.getNameKey().equals(key))
        .filter(m -> row.number().isEmpty() || m.getNumber() == null)
        .toList();
  }

  /** Why a row that is about nobody known cannot be somebody new. */
  private static Optional<Finding> unmatched(MemberRow row, Known known) {
    if (row.id().isPresent()) {
      return Optional.of(Finding.refused("id", "import.no-such-member"));
    }
    if (alike(row, known).size() > 1) {
      return Optional.of(Finding.refused("phone", "import.ambiguous"));
    }
    if (row.number().isEmpty()
        && row.phone().filter(p -> !known.ofPhone(p).isEmpty()).isPresent()) {
      return Optional.of(Finding.refused("phone", "import.phone-of-another"));
    }
    return Optional.empty();
  }

  private static Plan fresh(MemberRow row, Known known, ImportPlaces places) {
    if (row.name().isEmpty()) {
      return Plan.refused(row, Finding.refused("name", "missing"));
    }
    if (row.organisation().isEmpty()) {
      return Plan.refused(row, Finding.refused("organisation", "missing"));
    }
    var wrong = places.wrong(row.organisation().get());
    if (wrong.isPresent()) {
      return Plan.refused(row, wrong.get());
    }
    var to = places.find(row.organisation().get()).orElseThrow();
    var at = new Membership(to.id(), row.state().orElse(MemberState.ENROLLED));
    return new Plan(
        finding(Verdict.NEW, row, Optional.empty(), known),
        row,
        Optional.empty(),
        Optional.of(at),
        Optional.empty());
  }

  /** A phone that others have too may be a slip, or that of a couple: somebody has to look. */
  private static Finding finding(
      Verdict verdict, MemberRow row, Optional<MemberRecord> found, Known known) {
    if (verdict == Verdict.UNTOUCHED || row.phone().isEmpty() || hasPhone(row, found, known)) {
      return Finding.of(verdict);
    }
    if (row.phoneAs() > 0) {
      return Finding.noted(verdict, "phone", "import.phone-as-line", row.phoneAs());
    }
    return known.ofPhone(row.phone().get()).stream()
        .map(m -> Optional.ofNullable(m.getNumber()))
        .findFirst()
        .map(number ->
            number
                .map(n -> Finding.noted(verdict, "phone", "import.phone-as-number", n))
                .orElseGet(() -> Finding.noted(verdict, "phone", "import.phone-as-another")))
        .orElseGet(() -> Finding.of(verdict));
  }

  private static boolean hasPhone(MemberRow row, Optional<MemberRecord> found, Known known) {
    return found
        .map(MemberRecord::getPhoneDigest)
        .filter(d -> row.phone().map(known::digest).equals(Optional.of(ByteBuffer.wrap(d))))
        .isPresent();
  }

  private static Plan existing(
      MemberRow row, MemberRecord found, Known known, ImportPlaces places) {
    var now = now(found);
    var at = row.state().map(now::as).orElse(now);
    if (row.organisation().isPresent()) {
      var to = places.find(row.organisation().get());
      if (to.isEmpty()) {
        return Plan.refused(row, places.wrong(row.organisation().get()).orElseThrow());
      }
      at = at.in(to.get().id());
    }
    var wrong =
        Plan.joins(found, at) ? places.wrong(at.organisationId()) : Optional.<Finding>empty();
    if (wrong.isPresent()) {
      return Plan.refused(row, wrong.get());
    }
    var owner = row.number().map(known.byNumber()::get);
    if (owner.isPresent() && !owner.get().getId().equals(found.getId())) {
      return Plan.refused(row, Finding.refused("number", "member.number-unusable"));
    }
    return new Plan(
        finding(verdict(row, found, known, at), row, Optional.of(found), known),
        row,
        Optional.of(found),
        Optional.of(at),
        Optional.empty());
  }

  private static Membership now(MemberRecord found) {
    return new Membership(found.getOrganisationId(), MemberState.stored(found.getState()));
  }

  private static Verdict verdict(MemberRow row, MemberRecord found, Known known, Membership at) {
    var now = now(found);
    if (at.organisationId() != now.organisationId()) {
      return Verdict.MOVED;
    }
    return at.equals(now) && isSame(row, found, known) ? Verdict.UNTOUCHED : Verdict.CHANGED;
  }

  private static boolean isSame(MemberRow row, MemberRecord found, Known known) {
    var digest = found.getPhoneDigest();
    return row.name().map(found.getName()::equals).orElse(true)
        && row.number().map(n -> n.equals(found.getNumber())).orElse(true)
        && row.post().map(p -> p.equals(found.getPost())).orElse(true)
        && row.phone()
            .map(p -> digest != null && known.digest(p).equals(ByteBuffer.wrap(digest)))
            .orElse(true);
  }

  /** With the histories of those who are to be elsewhere, or in another state, than they are. */
  private List<Plan> withHistories(
      DSLContext dsl, ImportStore.File file, List<Plan> plans, ImportPlaces places) {
    var ids =
        plans.stream()
            .filter(MemberImport::isElsewhere)
            .map(p -> p.found().orElseThrow().getId())
            .toList();
    var histories = memberships.histories(dsl, ids);
    return plans.stream()
        .map(p ->
            isElsewhere(p)
                ? withHistory(
                    p,
                    Optional.ofNullable(histories.get(p.found().orElseThrow().getId()))
                        .orElseThrow(),
                    file.date(),
                    places)
                : p)
        .toList();
  }

  private static boolean isElsewhere(Plan plan) {
    return plan.found().isPresent() && !plan.at().equals(Optional.of(now(plan.found().get())));
  }

  /** What held in an organisation is for those to replace who keep its members. */
  private static Plan withHistory(
      Plan plan, Timeline<Membership> before, LocalDate date, ImportPlaces places) {
    var found = plan.found().orElseThrow();
    var from = date.isBefore(before.begin()) ? before.begin() : date;
    var after = after(before, now(found), plan.at().orElseThrow(), from);
    var foreign =
        before.replacedBy(after, from).stream()
            .filter(m -> !places.mayEdit(m.organisationId()))
            .findFirst();
    return foreign.isPresent()
        ? Plan.refused(plan.row(), Finding.refused("organisation", "import.foreign", ""))
        : plan.with(new Change(found.getId(), Optional.of(before), after));
  }

  /** What the file does not say otherwise stays as it was on each day. */
  private static Timeline<Membership> after(
      Timeline<Membership> before, Membership now, Membership at, LocalDate from) {
    var after = before;
    if (at.organisationId() != now.organisationId()) {
      after = after.change(from, Membership::organisationId, m -> m.in(at.organisationId()));
    }
    return at.state() == now.state()
        ? after
        : after.change(from, Membership::state, m -> m.as(at.state()));
  }

  /**
   * Does what rows want that can be done; says what became of each. What somebody has seen refused
   * is not done, even if it could be by now.
   */
  List<Finding> apply(
      DSLContext dsl, ImportStore.File file, ImportStore.Portion portion, Recorded by) {
    // a row for each organisation would have to be locked otherwise; always before members
    leases.hold(dsl, OrganisationChanges.LEASE);
    var closed = OrganisationChanges.closed(dsl);
    var rows = rows(portion);
    var places = places(file);
    var known = known(dsl, rows, places);
    if (!known.ids().isEmpty()) {
      // what others did to them until now is read, and nothing more comes
      Memberships.hold(dsl, known.ids());
      known = known(dsl, rows, places);
    }
    var planned = plans(dsl, file, rows, known, places);
    var plans = planned.stream().map(p -> p.unless(closed)).toList();
    var done = plans.stream().filter(Plan::isToDo).toList();
    insert(dsl, done.stream().filter(p -> p.found().isEmpty()).toList(), file.date(), by);
    update(dsl, done.stream().filter(p -> p.found().isPresent()).toList(), by);
    return plans.stream().map(Plan::finding).toList();
  }

  private void insert(DSLContext dsl, List<Plan> plans, LocalDate date, Recorded by) {
    var rows = new ArrayList<Row>();
    var where = new HashMap<UUID, Membership>();
    var changes = new ArrayList<Change>();
    var now = today.now();
    for (var plan : plans) {
      var id = UuidV7.at(now);
      var row = plan.row();
      rows.add(
          new Row(
              id,
              row.name().orElseThrow(),
              row.number(),
              row.phone().map(this::sealed),
              row.post(),
              1));
      where.put(id, plan.at().orElseThrow());
      changes.add(new Change(id, Optional.empty(), Timeline.from(date, plan.at().orElseThrow())));
    }
    MemberStore.insert(dsl, rows, where, now);
    memberships.store(dsl, changes, by);
  }

  private SealedPhone sealed(String digits) {
    return new SealedPhone(
        phones.sealed(digits), phones.digest(digits), phones.tailDigest(PhoneNumber.tail(digits)));
  }

  private void update(DSLContext dsl, List<Plan> plans, Recorded by) {
    MemberStore.update(
        dsl, plans.stream().map(p -> row(p.found().orElseThrow(), p.row())).toList());
    memberships.store(dsl, plans.stream().flatMap(p -> p.change().stream()).toList(), by);
  }

  private Row row(MemberRecord found, MemberRow wanted) {
    var phone =
        wanted
            .phone()
            .map(this::sealed)
            .or(() ->
                Optional.ofNullable(found.getPhone())
                    .map(p -> new SealedPhone(p, found.getPhoneDigest(), found.getPhoneTail())));
    return new Row(
        found.getId(),
        wanted.name().orElse(found.getName()),
        wanted.number().or(() -> Optional.ofNullable(found.getNumber())),
        phone,
        wanted.post().or(() -> Optional.ofNullable(found.getPost())),
        found.getVersion() + 1);
  }
}
