package yikao.org;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import yikao.web.Problem;

/**
 * The rows of a file that somebody brings: the first sheet of an xlsx, or CSV in UTF-8 or GBK. They
 * are read one after the other, and what is packed small and unpacks huge is refused.
 */
final class TableFile {
  static final int MOST_ROWS = 200_000;
  static final int MOST_COLUMNS = 64;
  private static final int MOST_OF_A_CELL = 2_000;

  /** What an xlsx may unpack to; its texts are held in memory at once. */
  private static final long MOST_UNPACKED = 256L << 20;

  private static final long MOST_TEXTS = 64L << 20;
  private static final int HEAD = 8;

  /** GBK and all that Chinese computers have written since. */
  private static final Charset CHINESE = Charset.forName("GB18030");

  private TableFile() {}

  /**
   * A cell.
   *
   * @param isNumber whether it is a number to the spreadsheet, which is then all of it
   */
  record Value(String text, boolean isNumber) {
    static final Value NONE = new Value("", false);
  }

  /**
   * A row.
   *
   * @param line counted from 1, as a spreadsheet does
   */
  record Line(int line, List<Value> values) {
    boolean isBlank() {
      return values.stream().allMatch(v -> v.text().isBlank());
    }
  }

  /**
   * Reads all rows that are not blank.
   *
   * @throws Problem where it is neither, or too large
   */
  static void read(byte[] file, Consumer<Line> reader) {
    var head = Arrays.copyOf(file, HEAD);
    try {
      if (ReadableWorkbook.isOOXMLZipHeader(head)) {
        check(file);
        readWorkbook(file, reader);
      } else if (ReadableWorkbook.isOLE2Header(head)) {
        throw Problem.invalid("body", "import.old-excel");
      } else {
        readCsv(text(file), reader);
      }
    } catch (IOException | UncheckedIOException e) {
      throw Problem.invalid("body", "import.unreadable");
    }
  }

  /** Before anything of it is taken to mean something. */
  private static void check(byte[] file) throws IOException {
    var buffer = new byte[1 << 16];
    var all = 0L;
    // as the library itself sees it: what is written as a stream says no sizes before its data
    try (var zip = ZipFile.builder().setByteArray(file).get()) {
      for (var entry : Collections.list(zip.getEntries())) {
        var isTexts = entry.getName().endsWith("sharedStrings.xml");
        var texts = 0L;
        try (var content = zip.getInputStream(entry)) {
          for (var read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            all += read;
            texts += isTexts ? read : 0;
            if (all > MOST_UNPACKED || texts > MOST_TEXTS) {
              throw Problem.invalid("body", "import.too-large");
            }
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(e);
    }
  }

  private static void readWorkbook(byte[] file, Consumer<Line> reader) throws IOException {
    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file));
        var rows = workbook.getFirstSheet().openStream()) {
      var count = new int[1];
      rows.forEach(row -> take(line(row), count, reader));
    } catch (Problem e) {
      throw e;
    } catch (RuntimeException e) {
      // what the library makes of a file that is none
      throw new IOException(e);
    }
  }

  private static void take(Line line, int[] count, Consumer<Line> reader) {
    if (line.isBlank()) {
      return;
    }
    if (++count[0] > MOST_ROWS + 1) {
      throw Problem.invalid("body", "import.too-many-rows", MOST_ROWS);
    }
    reader.accept(line);
  }

  private static Line line(Row row) {
    if (row.getCellCount() > MOST_COLUMNS) {
      throw Problem.invalid("body", "import.too-many-columns", MOST_COLUMNS);
    }
    var values = new ArrayList<Value>(row.getCellCount());
    for (var i = 0; i < row.getCellCount(); i++) {
      values.add(value(Optional.ofNullable(row.getCell(i))));
    }
    return new Line(row.getRowNum(), values);
  }

  private static Value value(Optional<Cell> cell) {
    return cell.map(Cell::getValue)
        .map(value -> value instanceof BigDecimal number ? number(number) : text(value.toString()))
        .orElse(Value.NONE);
  }

  private static Value number(BigDecimal number) {
    var plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    return new Value(
        Math.abs((long) plain.scale()) > MOST_COLUMNS ? plain.toString() : plain.toPlainString(),
        true);
  }

  private static Value text(String text) {
    return new Value(
        text.length() > MOST_OF_A_CELL ? text.substring(0, MOST_OF_A_CELL + 1) : text, false);
  }

  /**
   * Texts of Chinese spreadsheets are GBK unless they say otherwise; what reads as UTF-8 is that.
   */
  private static String text(byte[] file) {
    for (var charset : List.of(StandardCharsets.UTF_8, CHINESE)) {
      try {
        var text = charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
      } catch (CharacterCodingException e) {
        // the next may be it
      }
    }
    throw Problem.invalid("body", "import.encoding");
  }

  private static void readCsv(String text, Consumer<Line> reader) throws IOException {
    var end = text.indexOf('\n');
    var first = end < 0 ? text : text.substring(0, end);
    var format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(first.indexOf('\t') >= 0 && first.indexOf(',') < 0 ? '\t' : ',')
            .setIgnoreEmptyLines(true)
            .get();
    var count = new int[1];
    try (var parser = format.parse(new StringReader(text))) {
      for (var row : parser) {
        if (row.size() > MOST_COLUMNS) {
          throw Problem.invalid("body", "import.too-many-columns", MOST_COLUMNS);
        }
        var values = row.stream().map(TableFile::unguarded).toList();
        take(new Line((int) row.getRecordNumber(), values), count, reader);
      }
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
  }

  /** Without the mark that an export puts before what a spreadsheet would take for a formula. */
  private static Value unguarded(String text) {
    return text(CsvText.unguarded(text));
  }
}
