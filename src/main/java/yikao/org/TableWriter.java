package yikao.org;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The forms of a table. */
  public enum Format {
    XLSX,
    CSV
  }

  /** An empty table. */
  public static TableWriter of(Format format, String sheet) {
    return switch (format) {
      case XLSX -> new Xlsx(sheet);
      case CSV -> new Csv();
    };
  }

  /** Adds a row; the first has the headings. */
  public abstract void row(List<String> cells);

  /** The file. */
  public abstract byte[] end();

  /** Texts are texts in it, whatever they begin with. */
  private static final class Xlsx extends TableWriter {
    private final Workbook workbook;
    private final Worksheet sheet;
    private int rows;

    Xlsx(String name) {
      workbook = new Workbook(bytes, "Yikao", "1.0");
      sheet = workbook.newWorksheet(name);
      sheet.freezePane(0, 1);
    }

    @Override
    public void row(List<String> cells) {
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
        try {
          sheet.flush();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public byte[] end() {
      try {
        workbook.finish();
        return bytes.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** In UTF-8 with a mark by which spreadsheets know it. */
  private static final class Csv extends TableWriter {
    private final StringBuilder text = new StringBuilder("\ufeff");
    private final CSVPrinter printer;

    Csv() {
      try {
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
    public byte[] end() {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
