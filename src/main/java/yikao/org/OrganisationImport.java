package yikao.org;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import yikao.org.Organisations.ImportRow;
import yikao.org.Register.Entry;
import yikao.org.Register.Held;

/** Many organisations at a time, by their codes; after they were checked. */
final class OrganisationImport {
  private OrganisationImport() {}

  /**
   * What an organisation is to be.
   *
   * @param kind absent: as it is, or none in particular
   * @param parent the code of the one above it; empty at the top
   */
  record Wanted(String code, String name, Optional<OrganisationKind> kind, String parent) {
    static Wanted of(ImportRow row) {
      return new Wanted(row.code(), row.name(), Optional.empty(), row.parent());
    }
  }

  /** The register as it is with them, in which new ones have got their rows. */
  static Register apply(DSLContext dsl, Register register, List<Wanted> wanted, LocalDate date) {
    return apply(register, wanted, date, codes -> OrganisationStore.insert(dsl, codes));
  }

  /**
   * The same.
   *
   * @param ids gives identities to codes that are new
   */
  static Register apply(
      Register register,
      List<Wanted> wanted,
      LocalDate date,
      Function<List<String>, Map<String, Long>> ids) {
    var byCode = new HashMap<String, Long>();
    register.all().forEach(e -> byCode.put(e.code(), e.id()));
    var fresh = wanted.stream().map(Wanted::code).filter(c -> !byCode.containsKey(c)).toList();
    byCode.putAll(ids.apply(fresh));
    // the first ones have been there since nobody knows when
    var begin = register.all().isEmpty() ? Today.EVER : date;
    var entries = new ArrayList<Entry>();
    for (var row : wanted) {
      var id = byCode.getOrDefault(row.code(), 0L);
      var parent = Optional.ofNullable(byCode.get(row.parent()));
      entries.add(
          register
              .find(id)
              .map(e -> changed(e, row, parent, date))
              .orElseGet(() -> new Entry(id, row.code(), 1, begun(row, parent, begin))));
    }
    return register.with(entries);
  }

  private static Timeline<Held> begun(Wanted row, Optional<Long> parent, LocalDate date) {
    return Timeline.from(
        date, new Held(row.name(), row.kind().orElse(OrganisationKind.OTHER), parent, true));
  }

  private static Entry changed(Entry entry, Wanted row, Optional<Long> parent, LocalDate date) {
    return entry.changed(held ->
        held.change(date, Held::name, h -> h.named(row.name()))
            .change(date, Held::kind, h -> h.ofKind(row.kind().orElse(h.kind())))
            .change(date, Held::parentId, h -> h.below(parent)));
  }
}
