package yikao.org;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
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
import yikao.table.CsvText;
import yikao.web.Problem;

/**
 * The rows of a file that somebody brings: the first sheet of an xlsx, or CSV in UTF-8 or GBK. They
 * are read one after the other, and what is packed small and unpacks huge is refused.
 */
final class TableFile {
  static final int MOST_ROWS = 200_000;
  static final int MOST_COLUMNS = 64;
  private static final int MOST_OF_A_CELL = 2_000;

  /** Characters of all cells: what a small heap carries while it is stored. */
  private static final int MOST_CHARACTERS = 16 << 20;

  /** What an xlsx may unpack to, piece by piece. */
  private static final long MOST_UNPACKED = 128L << 20;

  /** Bytes of the texts that its cells share, with their markup; these are in memory at once. */
  private static final long MOST_TEXTS = 48L << 20;

  /** Bytes from one mark to the next, which are in memory at once as well. */
  private static final int MOST_BETWEEN_MARKS = 1 << 20;

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
        readCsv(file, reader);
      }
    } catch (IOException | UncheckedIOException e) {
      throw Problem.invalid("body", "import.unreadable");
    }
  }

  /** Before anything of it is taken to mean something. */
  private static void check(byte[] file) throws IOException {
    var all = 0L;
    // as the library itself sees it: what is written as a stream says no sizes before its data
    try (var zip = ZipFile.builder().setByteArray(file).get()) {
      for (var entry : Collections.list(zip.getEntries())) {
        var most = MOST_UNPACKED - all;
        try (var content = zip.getInputStream(entry)) {
          all +=
              size(
                  content,
                  entry.getName().endsWith("sharedStrings.xml")
                      ? Math.min(most, MOST_TEXTS)
                      : most);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(e);
    }
  }

  private static long size(InputStream content, long most) throws IOException {
    var buffer = new byte[1 << 16];
    var size = 0L;
    var mark = 0L;
    for (var read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      for (var i = 0; i < read; i++) {
        size++;
        if (buffer[i] == '<') {
          mark = size;
        } else if (size - mark > MOST_BETWEEN_MARKS) {
          throw tooLarge();
        }
      }
      if (size > most) {
        throw tooLarge();
      }
    }
    return size;
  }

  private static Problem tooLarge() {
    return Problem.invalid("body", "import.too-large");
  }

  /** What was read so far of one file. */
  private static final class Taken {
    private final Consumer<Line> reader;
    private int rows;
    private long characters;

    Taken(Consumer<Line> reader) {
      this.reader = reader;
    }

    void take(Line line) {
      if (line.isBlank()) {
        return;
      }
      if (++rows > MOST_ROWS + 1) {
        throw Problem.invalid("body", "import.too-many-rows", MOST_ROWS);
      }
      characters += line.values().stream().mapToLong(v -> v.text().length()).sum();
      if (characters > MOST_CHARACTERS) {
        throw tooLarge();
      }
      reader.accept(line);
    }
  }

  private static void readWorkbook(byte[] file, Consumer<Line> reader) throws IOException {
    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file));
        var rows = workbook.getFirstSheet().openStream()) {
      var taken = new Taken(reader);
      rows.forEach(row -> taken.take(line(row)));
    } catch (Problem e) {
      throw e;
    } catch (RuntimeException e) {
      // what the library makes of a file that is none
      throw new IOException(e);
    }
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
  private static Charset charset(byte[] file) throws IOException {
    for (var charset : List.of(StandardCharsets.UTF_8, CHINESE)) {
      try {
        check(reader(file, charset));
        return charset;
      } catch (CharacterCodingException e) {
        // the next may be it
      }
    }
    throw Problem.invalid("body", "import.encoding");
  }

  private static void check(Reader text) throws IOException {
    var buffer = new char[1 << 13];
    var characters = 0L;
    for (var read = text.read(buffer); read >= 0; read = text.read(buffer)) {
      characters += read;
      if (characters > MOST_CHARACTERS) {
        throw tooLarge();
      }
    }
  }

  /** Piece by piece; what is no such text is refused. */
  private static Reader reader(byte[] file, Charset charset) throws IOException {
    var text =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(file), charset.newDecoder()));
    text.mark(1);
    if (text.read() != '\ufeff') {
      text.reset();
    }
    return text;
  }

  /** As copied out of a spreadsheet, where the first line has tabs and no commas. */
  private static char delimiter(Reader text) throws IOException {
    var tabs = false;
    for (var c = text.read(); c >= 0 && c != '\n'; c = text.read()) {
      if (c == ',') {
        return ',';
      }
      tabs |= c == '\t';
    }
    return tabs ? '\t' : ',';
  }

  private static void readCsv(byte[] file, Consumer<Line> reader) throws IOException {
    var charset = charset(file);
    var format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter(reader(file, charset)))
            .setIgnoreEmptyLines(true)
            .get();
    var taken = new Taken(reader);
    try (var parser = format.parse(reader(file, charset))) {
      for (var row : parser) {
        if (row.size() > MOST_COLUMNS) {
          throw Problem.invalid("body", "import.too-many-columns", MOST_COLUMNS);
        }
        var values = row.stream().map(TableFile::unguarded).toList();
        taken.take(new Line((int) row.getRecordNumber(), values));
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
