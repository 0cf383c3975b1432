package yikao.org;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import yikao.org.PeopleWords.Column;
import yikao.org.TableFile.Value;
import yikao.text.WrittenText;

/**
 * A row of a file by its columns, and as it is kept until it is imported.
 *
 * @param line counted from 1
 * @param sameAs the line before it that has the same key; 0: none has
 * @param phoneAs the first line before it that has the same phone; 0: none has
 */
record Cells(int line, int sameAs, int phoneAs, Map<Column, Value> values) {
  /** Each is packed as a letter, in this order. */
  private static final List<Column> COLUMNS = List.of(Column.values());

  private static final String BETWEEN_ROWS = "\u001e";
  private static final String BETWEEN_CELLS = "\u001f";

  /** What stands before the cells. */
  private static final int LINES = 3;

  private static final char NUMBER = 'n';
  private static final char TEXT = 't';

  /** The text of a column without what nobody sees; empty where there is none. */
  String text(Column column) {
    return WrittenText.tidy(value(column).text());
  }

  Value value(Column column) {
    return values.getOrDefault(column, Value.NONE);
  }

  static String packed(List<Cells> rows) {
    return rows.stream().map(Cells::packed).collect(Collectors.joining(BETWEEN_ROWS));
  }

  private String packed() {
    var cells = new ArrayList<String>();
    cells.add(Integer.toString(line));
    cells.add(Integer.toString(sameAs));
    cells.add(Integer.toString(phoneAs));
    values.forEach((column, value) -> {
      if (!value.text().isEmpty()) {
        cells.add(
            Character.toString('a' + COLUMNS.indexOf(column))
                + (value.isNumber() ? NUMBER : TEXT)
                + value.text().replace('\u001e', '\ufffd').replace('\u001f', '\ufffd'));
      }
    });
    return String.join(BETWEEN_CELLS, cells);
  }

  static List<Cells> unpacked(String packed) {
    return Arrays.stream(packed.split(BETWEEN_ROWS, -1)).map(Cells::unpackedRow).toList();
  }

  private static Cells unpackedRow(String row) {
    var cells = row.split(BETWEEN_CELLS, -1);
    var values = new EnumMap<Column, Value>(Column.class);
    for (var i = LINES; i < cells.length; i++) {
      var column = COLUMNS.get(cells[i].charAt(0) - 'a');
      values.put(column, new Value(cells[i].substring(2), cells[i].charAt(1) == NUMBER));
    }
    return new Cells(
        Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), values);
  }
}
