package yikao.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a table of texts, row by row, as xlsx or CSV; nothing in it becomes a formula. */
public abstract sealed class TableWriter {
  private static final int FLUSHED_AFTER = 1_000;
  private static final double WIDTH = 18;

  /** Excel itself takes 1,048,576. */
  private static final int ROWS_OF_A_SHEET = 1_000_000;

  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * An empty table.
   *
   * @param sheet the name of the sheet, where the format has any
   */
  public static TableWriter of(TableFormat format, String sheet) {
    return switch (format) {
      case XLSX -> new Xlsx(sheet, ROWS_OF_A_SHEET);
      case CSV -> new Csv();
    };
  }

  /** The same, with sheets of so many rows. */
  static TableWriter xlsx(String sheet, int rowsOfASheet) {
    return new Xlsx(sheet, rowsOfASheet);
  }

  /** Adds a row; the first has the headings. */
  public abstract void row(List<String> cells);

  abstract void flush() throws IOException;

  abstract void finish() throws IOException;

  /** What of the file is written since this was asked last; it is no longer held here. */
  final byte[] taken() {
    try {
      flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return drained();
  }

  private byte[] drained() {
    var written = bytes.toByteArray();
    bytes.reset();
    return written;
  }

  /** The file, or the rest of it where parts were taken. */
  public final byte[] end() {
    try {
      finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return drained();
  }

  /** Texts are texts in it, whatever they begin with; where a sheet is full another follows. */
  private static final class Xlsx extends TableWriter {
    private final Workbook workbook;
    private final String name;
    private final int most;
    private Worksheet sheet;
    private List<String> headings = List.of();
    private int sheets;
    private int rows;

    Xlsx(String name, int most) {
      this.name = name;
      this.most = most;
      workbook = new Workbook(bytes, "Yikao", "1.0");
      sheet = next();
    }

    private Worksheet next() {
      sheets++;
      rows = 0;
      var fresh = workbook.newWorksheet(sheets == 1 ? name : name + " (" + sheets + ")");
      fresh.freezePane(0, 1);
      return fresh;
    }

    @Override
    public void row(List<String> cells) {
      try {
        if (headings.isEmpty()) {
          headings = List.copyOf(cells);
        } else if (rows == most) {
          sheet.finish();
          sheet = next();
          write(headings);
        }
        write(cells);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void write(List<String> cells) throws IOException {
      for (var i = 0; i < cells.size(); i++) {
        if (rows == 0) {
          sheet.width(i, WIDTH);
        }
        if (!cells.get(i).isEmpty()) {
          sheet.inlineString(rows, i, cells.get(i));
        }
      }
      rows++;
      if (rows % FLUSHED_AFTER == 0) {
        sheet.flush();
      }
    }

    @Override
    void flush() throws IOException {
      sheet.flush();
    }

    @Override
    void finish() throws IOException {
      workbook.finish();
    }
  }

  /** In UTF-8 with a mark by which spreadsheets know it. */
  private static final class Csv extends TableWriter {
    private final CSVPrinter printer;

    Csv() {
      try {
        var text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        text.write('\ufeff');
        printer = new CSVPrinter(text, CSVFormat.EXCEL);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void row(List<String> cells) {
      try {
        printer.printRecord(cells.stream().map(CsvText::guarded).toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    void flush() throws IOException {
      printer.flush();
    }

    @Override
    void finish() throws IOException {
      printer.flush();
    }
  }
}
