package yikao.org;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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

  /** A portion is in memory several times over while it is sealed, and later opened. */
  private static final int MOST_OF_A_PORTION = 1 << 20;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final PeopleWords words;

  /** What is in memory of one file is as much as the service has to spare. */
  private final Semaphore reading = new Semaphore(1);

  ImportReader(PeopleWords words) {
    this.words = words;
  }

  /**
   * Reads a file.
   *
   * @return how many rows it has, without the one with the headings and the template's example
   * @throws Problem where it cannot be read, lacks a column, or has no rows; where another is being
   *     read it may be sent again
   */
  int read(Kind kind, byte[] file, Consumer<List<Cells>> portions) {
    if (!reading.tryAcquire()) {
      throw Problem.unavailable("overloaded", RETRY_AFTER);
    }
    try {
      var rows = new Reading(kind, portions);
      TableFile.read(file, rows::take);
      return rows.end();
    } finally {
      reading.release();
    }
  }

  /** One file. */
  private final class Reading {
    private final Kind kind;
    private final Consumer<List<Cells>> portions;
    private final Map<Integer, Column> columns = new HashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();
    private final PhonesOfFile phones = new PhonesOfFile();
    private final List<Cells> rows = new ArrayList<>();
    private int total;
    private int characters;

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
      rows.add(kind == Kind.MEMBERS ? ofMember(cells) : ofOrganisation(cells));
      characters += cells.values().values().stream().mapToInt(v -> v.text().length()).sum();
      if (rows.size() == ImportStore.PORTION || characters >= MOST_OF_A_PORTION) {
        portion();
      }
    }

    private void headings(Line line) {
      for (var i = 0; i < line.values().size(); i++) {
        var index = i;
        words
            .column(kind, line.values().get(i).text())
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
      return new Cells(line.line(), 0, 0, values);
    }

    private boolean isExample(Cells cells) {
      var column = kind == Kind.MEMBERS ? Column.NUMBER : Column.CODE;
      return words.isExample(column, cells.text(column));
    }

    /** The first line before that has one of these keys; 0: none has. */
    private int sameAs(List<String> own, int line) {
      var first = 0;
      for (var key : own) {
        var before = Optional.ofNullable(keys.putIfAbsent(key, line)).orElse(0);
        first = first == 0 ? before : first;
      }
      return first;
    }

    private Cells ofMember(Cells cells) {
      var row = MemberRow.of(cells, words);
      var sameAs = sameAs(row.keys(), cells.line());
      var alike = phones.take(row, cells.line());
      return new Cells(
          cells.line(), sameAs == 0 ? alike.sameAs() : sameAs, alike.phoneAs(), cells.values());
    }

    private Cells ofOrganisation(Cells cells) {
      var code = cells.text(Column.CODE);
      var sameAs = code.isEmpty() ? 0 : sameAs(List.of(code), cells.line());
      return new Cells(cells.line(), sameAs, 0, cells.values());
    }

    private void portion() {
      portions.accept(List.copyOf(rows));
      total += rows.size();
      rows.clear();
      characters = 0;
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
