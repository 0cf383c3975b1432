package yikao.org;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/** Real xlsx files for tests. */
final class Sheets {
  private Sheets() {}

  /** Rows of texts and numbers; an empty text is no cell. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the list is only read
  static byte[] xlsx(List<Object>... rows) {
    return xlsx(List.of(rows));
  }

  static byte[] xlsx(List<List<Object>> rows) {
    var bytes = new ByteArrayOutputStream();
    try (var workbook = new Workbook(bytes, "test", "1.0")) {
      var sheet = workbook.newWorksheet("表");
      for (var r = 0; r < rows.size(); r++) {
        for (var c = 0; c < rows.get(r).size(); c++) {
          var cell = rows.get(r).get(c);
          if (cell instanceof Number number) {
            sheet.value(r, c, number);
          } else if (!cell.toString().isEmpty()) {
            sheet.value(r, c, cell.toString());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The texts of the first sheet. */
  static List<List<String>> read(byte[] xlsx) {
    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
      return workbook.getFirstSheet().read().stream()
          .map(row -> row.stream().map(cell -> cell == null ? "" : cell.getText()).toList())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
