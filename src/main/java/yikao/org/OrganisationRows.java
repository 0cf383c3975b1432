package yikao.org;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import yikao.org.Finding.Verdict;
import yikao.org.OrganisationImport.Wanted;
import yikao.org.PeopleWords.Column;
import yikao.org.Register.Entry;
import yikao.org.Register.Held;
import yikao.web.ShownText;

/** Organisations from a file: what each row would do, all of the file together. Pure. */
final class OrganisationRows {
  private static final String SAME_NAME = "organisation.same-name";

  private final Register register;
  private final LocalDate date;
  private final Map<String, Entry> known = new HashMap<>();
  private final Map<Integer, Finding> findings = new HashMap<>();
  private final Map<Integer, Wanted> sound = new HashMap<>();

  private OrganisationRows(Register register, LocalDate date) {
    this.register = register;
    this.date = date;
    register.all().forEach(e -> known.put(e.code(), e));
  }

  /**
   * What becomes of rows.
   *
   * @param findings in the order of the rows
   * @param wanted the rows that change something, and can
   */
  record Plan(List<Finding> findings, List<Wanted> wanted) {}

  static Plan plan(List<Cells> rows, Register register, LocalDate date, PeopleWords words) {
    var plan = new OrganisationRows(register, date);
    for (var i = 0; i < rows.size(); i++) {
      plan.take(i, rows.get(i), words);
    }
    plan.settle();
    return plan.result(rows.size());
  }

  private void take(int index, Cells cells, PeopleWords words) {
    var wanted = wanted(cells, words);
    var wrong =
        cells.sameAs() > 0
            ? Optional.of(Finding.refused("line", "import.twice", cells.sameAs()))
            : wrong(cells, words);
    if (wrong.isPresent()) {
      findings.put(index, wrong.get());
    } else {
      sound.put(index, wanted);
    }
  }

  private Optional<Finding> wrong(Cells cells, PeopleWords words) {
    var kind = cells.text(Column.KIND);
    if (!kind.isEmpty() && words.kind(kind).isEmpty()) {
      return Optional.of(Finding.refused("kind", "import.no-such-kind", kind));
    }
    return text(cells, Column.CODE, ImportCheck.MAX_CODE)
        .or(() ->
            cells.text(Column.NAME).isEmpty() && known.containsKey(cells.text(Column.CODE))
                ? Optional.empty()
                : text(cells, Column.NAME, ImportCheck.MAX_NAME));
  }

  private static Optional<Finding> text(Cells cells, Column column, int most) {
    return ShownText.wrong(column.code(), cells.value(column).text(), 1, most, false)
        .map(Finding::refused);
  }

  /** An empty cell changes nothing of one that is there. */
  private Wanted wanted(Cells cells, PeopleWords words) {
    var code = cells.text(Column.CODE);
    var held = Optional.ofNullable(known.get(code)).map(Entry::last);
    return new Wanted(
        code,
        written(cells, Column.NAME).or(() -> held.map(Held::name)).orElse(""),
        words.kind(cells.text(Column.KIND)),
        written(cells, Column.PARENT)
            .or(() -> held.flatMap(Held::parentId).flatMap(register::find).map(Entry::code))
            .orElse(""));
  }

  private static Optional<String> written(Cells cells, Column column) {
    return Optional.of(cells.text(column)).filter(text -> !text.isEmpty());
  }

  /** Takes rows out that cannot be, until those that are left fit together. */
  private void settle() {
    var left = true;
    while (left) {
      left = takeOut(orphans()) || takeOut(misfits());
    }
  }

  private boolean takeOut(Map<Integer, Finding> wrong) {
    findings.putAll(wrong);
    sound.keySet().removeAll(wrong.keySet());
    return !wrong.isEmpty();
  }

  private Map<Integer, Finding> orphans() {
    var codes = register.all().stream().map(Entry::code).collect(Collectors.toSet());
    sound.values().forEach(w -> codes.add(w.code()));
    var wrong = new HashMap<Integer, Finding>();
    sound.forEach((index, w) -> {
      if (!w.parent().isEmpty() && !codes.contains(w.parent())) {
        wrong.put(index, Finding.refused("parent", "organisation.no-parent", w.parent()));
      }
    });
    return wrong;
  }

  private Map<Integer, Finding> misfits() {
    var after = after();
    var byCode = new HashMap<String, Entry>();
    after.all().forEach(e -> byCode.put(e.code(), e));
    var indices = new HashMap<Long, Integer>();
    sound.forEach((index, w) -> {
      var entry = byCode.get(w.code());
      if (entry != null && verdict(entry) != Verdict.UNTOUCHED) {
        indices.put(entry.id(), index);
      }
    });
    var wrong = new HashMap<Integer, Finding>();
    indices.forEach((id, index) -> {
      if (register.find(id).filter(e -> !e.last().open()).isPresent()) {
        wrong.put(index, Finding.refused("code", "organisation.is-closed"));
      }
    });
    if (!wrong.isEmpty()) {
      return wrong;
    }
    TreeRules.wrong(after.organisations(), indices.keySet(), "parent")
        .forEach((id, error) -> {
          var index = indices.get(id);
          if (index != null) {
            wrong.put(index, Finding.refused(error));
          }
        });
    return inTurn(wrong);
  }

  /** Names after all else; of two rows that want one name the first may have it. */
  private static Map<Integer, Finding> inTurn(Map<Integer, Finding> wrong) {
    var others = new HashMap<>(wrong);
    others.values().removeIf(f -> f.code().equals(SAME_NAME));
    if (!others.isEmpty()) {
      return others;
    }
    // who is named by another that stays goes; that one comes first
    var names = new HashMap<List<String>, Integer>();
    wrong.forEach((index, f) -> names.merge(f.arguments().subList(0, 1), index, Math::max));
    var last = new HashMap<Integer, Finding>();
    names.values().forEach(index -> last.put(index, wrong.get(index)));
    return last;
  }

  private Register after() {
    return OrganisationImport.apply(
        register,
        new ArrayList<>(sound.values()),
        date,
        codes -> {
          // none that is there has a negative one
          var ids = new HashMap<String, Long>();
          codes.forEach(code -> ids.put(code, -1L - ids.size()));
          return ids;
        });
  }

  private Verdict verdict(Entry entry) {
    var before = register.find(entry.id());
    if (before.isEmpty()) {
      return Verdict.NEW;
    }
    var was = before.get().last();
    if (!was.parentId().equals(entry.last().parentId())) {
      return Verdict.MOVED;
    }
    return was.equals(entry.last()) ? Verdict.UNTOUCHED : Verdict.CHANGED;
  }

  private Plan result(int rows) {
    var byCode = new HashMap<String, Entry>();
    after().all().forEach(e -> byCode.put(e.code(), e));
    var wanted = new ArrayList<Wanted>();
    sound.keySet().stream()
        .sorted()
        .forEach(index -> {
          var want = Optional.ofNullable(sound.get(index)).orElseThrow();
          var verdict =
              Optional.ofNullable(byCode.get(want.code())).map(this::verdict).orElseThrow();
          findings.put(index, Finding.of(verdict));
          if (verdict != Verdict.UNTOUCHED) {
            wanted.add(want);
          }
        });
    var all = new ArrayList<Finding>();
    for (var i = 0; i < rows; i++) {
      all.add(Optional.ofNullable(findings.get(i)).orElseThrow());
    }
    return new Plan(all, wanted);
  }
}
