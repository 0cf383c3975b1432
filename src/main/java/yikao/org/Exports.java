package yikao.org;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import yikao.access.Actor;
import yikao.db.Transactions;
import yikao.org.ImportStore.Kind;
import yikao.org.PeopleWords.Column;
import yikao.table.TableFormat;
import yikao.table.TableWriter;

/** Organisations and members as tables, of the same columns as an import takes. */
@Singleton
final class Exports {
  private static final int PAGE = 1_000;

  private static final List<Column> OF_MEMBERS =
      List.of(
          Column.NAME,
          Column.ORGANISATION,
          Column.PATH,
          Column.STATE,
          Column.NUMBER,
          Column.PHONE,
          Column.POST,
          Column.ID);

  private static final List<Column> OF_ORGANISATIONS =
      List.of(Column.CODE, Column.NAME, Column.KIND, Column.PARENT, Column.STATE, Column.PATH);

  private final Transactions transactions;
  private final Organisations organisations;
  private final Members members;
  private final PeopleWords words;
  private final Trail trail;

  Exports(
      Transactions transactions,
      Organisations organisations,
      Members members,
      PeopleWords words,
      Trail trail) {
    this.transactions = transactions;
    this.organisations = organisations;
    this.members = members;
    this.words = words;
    this.trail = trail;
  }

  /**
   * How a table is wanted.
   *
   * @param phones whether it has the phones
   */
  record Wanted(TableFormat format, Locale locale, boolean phones) {}

  private TableWriter table(Wanted wanted, Kind kind, List<Column> columns) {
    var table = TableWriter.of(wanted.format(), "1");
    table.row(columns.stream().map(c -> words.heading(wanted.locale(), kind, c)).toList());
    return table;
  }

  /** An empty table with one example, which an import passes over. */
  byte[] template(Kind kind, Wanted wanted) {
    var columns =
        (kind == Kind.MEMBERS ? OF_MEMBERS : OF_ORGANISATIONS)
            .stream()
                .filter(c -> c != Column.ID && c != Column.PATH)
                .filter(c -> kind == Kind.MEMBERS || c != Column.STATE)
                .toList();
    var table = table(wanted, kind, columns);
    table.row(columns.stream().map(c -> words.example(wanted.locale(), c)).toList());
    return table.end();
  }

  /** Members; that they were taken stands in the audit log. */
  byte[] members(Actor actor, Members.Find find, Wanted wanted) {
    noted(
        actor,
        wanted.phones() ? "member.export-phones" : "member.export",
        find.organisation().map(o -> "organisation:" + o.id()).orElse("organisations"));
    var table = table(wanted, Kind.MEMBERS, OF_MEMBERS);
    var tree = organisations.tree();
    var page = members.find(find, PAGE);
    while (!page.isEmpty()) {
      var phones =
          wanted.phones()
              ? members.phones(page.stream().map(Member::id).toList())
              : Map.<UUID, String>of();
      for (var member : page) {
        table.row(row(member, tree, wanted.locale(), phones));
      }
      page = page.size() < PAGE ? List.of() : members.find(find.after(page.getLast()), PAGE);
    }
    return table.end();
  }

  private List<String> row(
      Member member, OrganisationTree tree, Locale locale, Map<UUID, String> phones) {
    var in = tree.byId(member.organisationId());
    return List.of(
        member.name(),
        in.map(Organisation::code).orElse(""),
        in.map(tree::path).orElse(""),
        words.of(locale, member.state()),
        member.number().orElse(""),
        phones.getOrDefault(member.id(), ""),
        member.post().orElse(""),
        member.id().toString());
  }

  /**
   * Organisations, open and closed.
   *
   * @param tops those that are in it with all below them
   */
  byte[] organisations(Actor actor, List<Organisation> tops, Wanted wanted) {
    noted(actor, "organisation.export", "organisations");
    var table = table(wanted, Kind.ORGANISATIONS, OF_ORGANISATIONS);
    var tree = organisations.tree();
    tops.stream()
        .flatMap(top -> tree.subtree(top).stream())
        .sorted(
            Comparator.comparing((Organisation o) -> tree.path(o))
                .thenComparing(Organisation::code))
        .forEach(o -> table.row(row(o, tree, wanted.locale())));
    return table.end();
  }

  private List<String> row(Organisation o, OrganisationTree tree, Locale locale) {
    return List.of(
        o.code(),
        o.name(),
        words.of(locale, o.kind()),
        Optional.of(o.code()).flatMap(tree::parentCode).orElse(""),
        words.open(locale, o.open()),
        tree.path(o));
  }

  private void noted(Actor actor, String action, String subject) {
    transactions.write(dsl -> {
      trail.append(dsl, actor, action, subject, "", "");
      return subject;
    });
  }
}
