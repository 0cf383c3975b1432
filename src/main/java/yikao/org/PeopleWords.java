package yikao.org;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import yikao.org.ImportStore.Kind;
import yikao.text.NameFolding;
import yikao.web.Messages;

/** What the columns, states and kinds of tables are called, in every language of the service. */
@Singleton
final class PeopleWords {
  private static final List<Locale> LOCALES = List.of(Locale.CHINESE, Locale.ENGLISH);

  private final Messages messages;
  private final Map<String, Column> columns = new HashMap<>();
  private final Map<String, MemberState> states = new HashMap<>();
  private final Map<String, OrganisationKind> kinds = new HashMap<>();

  /** A column of a table of people or organisations. */
  enum Column {
    NAME,
    ORGANISATION,
    STATE,
    NUMBER,
    PHONE,
    POST,
    ID,
    CODE,
    KIND,
    PARENT,
    /** For those who read; says nothing to an import. */
    PATH;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  PeopleWords(Messages messages) {
    this.messages = messages;
    for (var locale : LOCALES) {
      for (var column : Column.values()) {
        for (var kind : Kind.values()) {
          columns.put(key(heading(locale, kind, column)), column);
        }
      }
      for (var state : MemberState.values()) {
        states.put(key(of(locale, state)), state);
      }
      for (var kind : OrganisationKind.values()) {
        kinds.put(key(of(locale, kind)), kind);
      }
    }
    for (var column : Column.values()) {
      columns.putIfAbsent(column.code(), column);
    }
    for (var state : MemberState.values()) {
      states.putIfAbsent(state.code(), state);
    }
    for (var kind : OrganisationKind.values()) {
      kinds.putIfAbsent(kind.code(), kind);
    }
  }

  private static String key(String written) {
    return NameFolding.fold(written).toLowerCase(Locale.ROOT);
  }

  /** What a column is called; the name of an organisation is called otherwise than a person's. */
  String heading(Locale locale, Kind kind, Column column) {
    var isTitle = kind == Kind.ORGANISATIONS && column == Column.NAME;
    return messages.text(
        locale, isTitle ? "people.column.title" : "people.column." + column.code(), List.of());
  }

  String of(Locale locale, MemberState state) {
    return messages.text(locale, "member.state." + state.code(), List.of());
  }

  String of(Locale locale, OrganisationKind kind) {
    return messages.text(locale, "organisation.kind." + kind.code(), List.of());
  }

  /** The text of an open or closed organisation. */
  String open(Locale locale, boolean open) {
    return messages.text(
        locale, open ? "organisation.state.open" : "organisation.state.closed", List.of());
  }

  String example(Locale locale, Column column) {
    return messages.text(locale, "people.example." + column.code(), List.of());
  }

  Optional<Column> column(String heading) {
    return Optional.ofNullable(columns.get(key(heading)));
  }

  Optional<MemberState> state(String written) {
    return Optional.ofNullable(states.get(key(written)));
  }

  Optional<OrganisationKind> kind(String written) {
    return Optional.ofNullable(kinds.get(key(written)));
  }
}
