package yikao.org;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import yikao.org.ImportStore.Kind;
import yikao.text.Conversion;
import yikao.text.NameFolding;
import yikao.web.Language;
import yikao.web.Messages;

/** What the columns, states and kinds of tables are called, in every language of the service. */
@Singleton
final class PeopleWords {
  private static final List<Locale> LOCALES =
      Arrays.stream(Language.values()).map(Language::locale).toList();

  private static final String BETWEEN = "/";

  private final Messages messages;
  private final Map<Kind, Map<String, Column>> headings = new EnumMap<>(Kind.class);
  private final Map<String, Column> columns = new HashMap<>();
  private final Map<String, MemberState> states = new HashMap<>();
  private final Map<String, OrganisationKind> kinds = new HashMap<>();
  private final Map<Column, Set<String>> examples = new EnumMap<>(Column.class);

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
    for (var column : List.of(Column.NUMBER, Column.CODE)) {
      examples.put(
          column, LOCALES.stream().map(l -> key(example(l, column))).collect(Collectors.toSet()));
    }
    for (var kind : Kind.values()) {
      headings.put(kind, headings(kind));
    }
    for (var locale : LOCALES) {
      for (var state : MemberState.values()) {
        states.put(key(of(locale, state)), state);
      }
      for (var kind : OrganisationKind.values()) {
        kinds.put(key(of(locale, kind)), kind);
      }
    }
    for (var column : Column.values()) {
      columns.put(column.code(), column);
    }
    for (var state : MemberState.values()) {
      states.putIfAbsent(state.code(), state);
    }
    for (var kind : OrganisationKind.values()) {
      kinds.putIfAbsent(kind.code(), kind);
    }
  }

  /** What each column is called, and what people call it besides, in every language. */
  private Map<String, Column> headings(Kind kind) {
    var of = new HashMap<String, Column>();
    for (var column : Column.values()) {
      of.put(column.code(), column);
      for (var locale : LOCALES) {
        of.put(key(heading(locale, kind, column)), column);
      }
    }
    // the code of an organisation has one name, be it its own or that of a member's
    var code = kind == Kind.MEMBERS ? Column.ORGANISATION : Column.CODE;
    for (var locale : LOCALES) {
      for (var column : List.of(Column.CODE, Column.ORGANISATION)) {
        of.put(key(heading(locale, kind, column)), code);
        of.put(column.code(), code);
      }
      others(locale, Column.CODE).forEach(other -> of.put(key(other), code));
      others(locale, Column.PARENT).forEach(other -> of.put(key(other), Column.PARENT));
    }
    return of;
  }

  private List<String> others(Locale locale, Column column) {
    var all = messages.text(locale, "people.heading." + column.code(), List.of());
    return List.of(all.split(BETWEEN, -1));
  }

  /** Whichever script somebody's spreadsheet is in. */
  private static String key(String written) {
    return Conversion.toSimplified(NameFolding.fold(written)).toLowerCase(Locale.ROOT);
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

  /** Whether a number or a code is that of the example in the template of any language. */
  boolean isExample(Column column, String text) {
    return !text.isEmpty() && examples.getOrDefault(column, Set.of()).contains(key(text));
  }

  /** The column of a file by what stands above it. */
  Optional<Column> column(Kind kind, String heading) {
    return Optional.ofNullable(headings.getOrDefault(kind, Map.of()).get(key(heading)));
  }

  /** A column by its code. */
  Optional<Column> column(String code) {
    return Optional.ofNullable(columns.get(code));
  }

  Optional<MemberState> state(String written) {
    return Optional.ofNullable(states.get(key(written)));
  }

  Optional<OrganisationKind> kind(String written) {
    return Optional.ofNullable(kinds.get(key(written)));
  }
}
