package yikao.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TableWriterTest {
  private static final int ROWS = 100_000;

  private static List<String> row(int number) {
    return List.of(Integer.toString(number), "王小明", "组织 " + number % 97);
  }

  private static List<List<List<String>>> sheets(byte[] xlsx) throws IOException {
    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
      var sheets = new ArrayList<List<List<String>>>();
      for (var sheet : workbook.getSheets().toList()) {
        sheets.add(
            sheet.read().stream()
                .map(row -> row.stream().map(cell -> cell == null ? "" : cell.getText()).toList())
                .toList());
      }
      return sheets;
    }
  }

  /** Pages of numbers from 1 on. */
  private static Iterator<List<List<String>>> pages(int rows, int page) {
    return new RowPortions<>(
        List.of("序号", "姓名", "组织"),
        page,
        (Optional<Integer> last) ->
            IntStream.rangeClosed(last.orElse(0) + 1, Math.min(rows, last.orElse(0) + page))
                .boxed()
                .toList(),
        TableWriterTest::row);
  }

  @Test
  void portions_haveHeadingsOnceAndEveryRowOnce() {
    for (var rows : List.of(0, 1, 9, 10, 11, 20, 25)) {
      var all = new ArrayList<List<String>>();
      pages(rows, 10).forEachRemaining(all::addAll);
      assertThat(all).as("%d", rows).hasSize(rows + 1);
      assertThat(all.getFirst()).containsExactly("序号", "姓名", "组织");
      assertThat(all.stream().skip(1).map(List::getFirst))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, rows).mapToObj(Integer::toString).toList());
    }
  }

  /** However long a table is, what is held of it at a time is not. */
  @ParameterizedTest
  @EnumSource
  void stream_holdsAPortionAtATime(TableFormat format) throws IOException {
    var writer = TableWriter.of(format, "1");
    var largest = new int[1];
    var pages = pages(ROWS, 1_000);
    var whole = new ByteArrayOutputStream();
    while (pages.hasNext()) {
      pages.next().forEach(writer::row);
      var taken = writer.taken();
      largest[0] = Math.max(largest[0], taken.length);
      whole.write(taken);
    }
    whole.write(writer.end());
    assertThat(largest[0]).isPositive().isLessThan(200_000);
    assertThat(whole.size()).isGreaterThan(5 * largest[0]);
    try (var stream = new TableStream(TableWriter.of(format, "1"), pages(ROWS, 1_000))) {
      var read = new ByteArrayOutputStream();
      stream.transferTo(read);
      assertThat(rows(format, read.toByteArray())).hasSize(ROWS + 1).endsWith(row(ROWS));
    }
  }

  private static List<List<String>> rows(TableFormat format, byte[] file) throws IOException {
    return format == TableFormat.XLSX
        ? sheets(file).getFirst()
        : new String(file, StandardCharsets.UTF_8)
            .lines()
            .map(line -> List.of(line.split(",", -1)))
            .toList();
  }

  /** Nothing is read before somebody takes it, and nothing after nobody does any more. */
  @Test
  void stream_readsNoFurtherThanItIsTaken() throws IOException {
    var asked = new int[1];
    var pages =
        new RowPortions<>(
            List.of("x"),
            1_000,
            (Optional<Integer> _) -> {
              asked[0]++;
              return IntStream.range(0, 1_000).boxed().toList();
            },
            TableWriterTest::row);
    try (var endless = new TableStream(TableWriter.of(TableFormat.CSV, "1"), pages)) {
      assertThat(asked[0]).isZero();
      assertThat(endless.readNBytes(10)).hasSize(10);
      assertThat(asked[0]).isOne();
    }
  }

  @Test
  void xlsx_goesOnInAnotherSheetWhereOneIsFull() throws IOException {
    var writer = TableWriter.xlsx("表", 4);
    writer.row(List.of("甲"));
    IntStream.rangeClosed(1, 7).forEach(i -> writer.row(List.of(Integer.toString(i))));
    assertThat(sheets(writer.end()))
        .containsExactly(
            List.of(List.of("甲"), List.of("1"), List.of("2"), List.of("3")),
            List.of(List.of("甲"), List.of("4"), List.of("5"), List.of("6")),
            List.of(List.of("甲"), List.of("7")));
  }

  @Test
  void texts_becomeNoFormulas() throws IOException {
    var cells = List.of("=1+1", "+86", "-1", "@x", "\tx", "x");
    var csv = TableWriter.of(TableFormat.CSV, "1");
    csv.row(cells);
    assertThat(new String(csv.end(), StandardCharsets.UTF_8))
        .isEqualTo("\ufeff'=1+1,'+86,'-1,'@x,'\tx,x\r\n");
    var xlsx = TableWriter.of(TableFormat.XLSX, "1");
    xlsx.row(cells);
    assertThat(sheets(xlsx.end())).containsExactly(List.of(cells));
  }

  @Test
  void stream_endsOnce() throws IOException {
    try (var stream = new TableStream(TableWriter.of(TableFormat.CSV, "1"), pages(1, 10))) {
      stream.transferTo(OutputStream.nullOutputStream());
      assertThat(stream.read()).isEqualTo(-1);
      assertThat(stream.read(new byte[3])).isEqualTo(-1);
    }
  }
}
