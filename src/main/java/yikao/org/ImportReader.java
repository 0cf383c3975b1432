package yikao.org;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import yikao.org.ImportStore.Kind;
import yikao.org.PeopleWords.Column;
import yikao.org.TableFile.Line;
import yikao.org.TableFile.Value;
import yikao.web.Problem;

/** Reads a file into rows by their columns, in portions. */
@Singleton
final class ImportReader {
  private static final List<Column> OF_MEMBERS = List.of(Column.NAME, Column.ORGANISATION);
  private static final List<Column> OF_ORGANISATIONS = List.of(Column.CODE, Column.NAME);

  private final PeopleWords words;

  ImportReader(PeopleWords words) {
    this.words = words;
  }

  /**
   * Reads a file.
   *
   * @return how many rows it has, without the one with the headings and the template's example
   * @throws Problem where it cannot be read, lacks a column, or has no rows
   */
  int read(Kind kind, byte[] file, Consumer<List<Cells>> portions) {
    var reading = new Reading(kind, portions);
    TableFile.read(file, reading::take);
    return reading.end();
  }

  /** One file. */
  private final class Reading {
    private final Kind kind;
    private final Consumer<List<Cells>> portions;
    private final Map<Integer, Column> columns = new HashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();
    private final List<Cells> rows = new ArrayList<>();
    private int total;

    Reading(Kind kind, Consumer<List<Cells>> portions) {
      this.kind = kind;
      this.portions = portions;
    }

    void take(Line line) {
      if (columns.isEmpty()) {
        headings(line);
        return;
      }
      var cells = cells(line);
      if (isExample(cells)) {
        return;
      }
      var sameAs =
          key(cells)
              .map(key -> Optional.ofNullable(keys.putIfAbsent(key, line.line())).orElse(0))
              .orElse(0);
      rows.add(new Cells(line.line(), sameAs, cells.values()));
      if (rows.size() == ImportStore.PORTION) {
        portion();
      }
    }

    private void headings(Line line) {
      for (var i = 0; i < line.values().size(); i++) {
        var index = i;
        words
            .column(line.values().get(i).text())
            .ifPresent(column -> {
              if (columns.containsValue(column)) {
                throw Problem.invalid(column.code(), "import.column-twice");
              }
              columns.put(index, column);
            });
      }
      for (var column : kind == Kind.MEMBERS ? OF_MEMBERS : OF_ORGANISATIONS) {
        if (!columns.containsValue(column)) {
          throw Problem.invalid(
              column.code(), "import.no-column", words.heading(Locale.CHINESE, kind, column));
        }
      }
    }

    private Cells cells(Line line) {
      var values = new EnumMap<Column, Value>(Column.class);
      columns.forEach((index, column) -> {
        if (index < line.values().size()) {
          values.put(column, line.values().get(index));
        }
      });
      return new Cells(line.line(), 0, values);
    }

    private boolean isExample(Cells cells) {
      var column = kind == Kind.MEMBERS ? Column.NUMBER : Column.CODE;
      var text = cells.text(column);
      return !text.isEmpty()
          && (text.equals(words.example(Locale.CHINESE, column))
              || text.equals(words.example(Locale.ENGLISH, column)));
    }

    private Optional<String> key(Cells cells) {
      return kind == Kind.MEMBERS
          ? MemberRow.of(cells, words).key()
          : Optional.of(cells.text(Column.CODE)).filter(code -> !code.isEmpty());
    }

    private void portion() {
      portions.accept(List.copyOf(rows));
      total += rows.size();
      rows.clear();
    }

    int end() {
      if (!rows.isEmpty()) {
        portion();
      }
      if (total == 0) {
        throw Problem.invalid("body", "import.no-rows");
      }
      return total;
    }
  }
}
