package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import yikao.web.Problem;
import yikao.web.Problems;

/** What a file may be at most, and how its text is read. */
final class TableFileTest {
  private static String refusal(byte[] file) {
    var problem = catchThrowableOfType(Problem.class, () -> TableFile.read(file, _ -> {}));
    assertThat(problem).isNotNull();
    return Problems.errors(problem).getFirst().code();
  }

  private static List<String> texts(byte[] file) {
    var texts = new ArrayList<String>();
    TableFile.read(file, line -> line.values().forEach(v -> texts.add(v.text())));
    return texts;
  }

  @Test
  void csv_isReadInItsCharsetWithCommasOrTabs() {
    for (var charset : List.of(StandardCharsets.UTF_8, Charset.forName("GBK"))) {
      assertThat(texts("姓名,编号\n王小明,\"1,2\"\n".getBytes(charset)))
          .containsExactly("姓名", "编号", "王小明", "1,2");
      assertThat(texts("姓名\t编号\n王,小明\t1\n".getBytes(charset)))
          .containsExactly("姓名", "编号", "王,小明", "1");
    }
    assertThat(texts("\ufeff姓名,编号".getBytes(StandardCharsets.UTF_8))).containsExactly("姓名", "编号");
    assertThat(refusal(new byte[] {(byte) 0xff, (byte) 0xff, 1})).isEqualTo("import.encoding");
  }

  @Test
  void textsOfAllCells_haveALimit() {
    var text = "x".repeat(1_900);
    var rows = Collections.nCopies(9_000, List.<Object>of(text));
    assertThat(refusal(Sheets.xlsx(List.copyOf(rows)))).isEqualTo("import.too-large");
    assertThat(refusal((text + "\n").repeat(9_000).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("import.too-large");
    assertThat(texts(Sheets.xlsx(List.copyOf(rows.subList(0, 8_000))))).hasSize(8_000);
  }

  /** One text of more than a spreadsheet holds would be in memory before it is cut. */
  @Test
  void oneHugeText_isRefused() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      zip.write("<worksheet><c><is><t>".getBytes(StandardCharsets.UTF_8));
      var blank = new byte[1 << 20];
      for (var i = 0; i < 20; i++) {
        zip.write(blank);
      }
    }
    assertThat(refusal(bytes.toByteArray())).isEqualTo("import.too-large");
  }
}
