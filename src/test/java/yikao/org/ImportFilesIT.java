package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static yikao.db.jooq.Tables.IMPORT_PORTION;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import yikao.api.Client.Reply;
import yikao.table.TableFormat;
import yikao.web.Language;
import yikao.web.Problem;

/** What files may be like, whatever the database. */
final class ImportFilesIT extends PeopleContract {
  @Override
  Map<String, Object> database() {
    return Map.of();
  }

  @Test
  void unreadableFiles_areRefused() throws IOException {
    var old = new byte[600];
    System.arraycopy(
        new byte[] {
          (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
        },
        0,
        old,
        0,
        8);
    for (var file :
        List.of(
            old,
            new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0},
            new byte[] {(byte) 0xff, (byte) 0xff, 1},
            "姓名,编号\n甲,1\n".getBytes(StandardCharsets.UTF_8),
            "姓名,组织编号\n".getBytes(StandardCharsets.UTF_8),
            bomb())) {
      var reply = bring("members", file, "application/octet-stream");
      assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    }
    assertThat(dsl().fetchCount(IMPORT_PORTION)).isZero();
  }

  /** A sheet of a few hundred kilobytes that unpacks to more than may be. */
  private static byte[] bomb() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
      var blank = new byte[1 << 20];
      for (var i = 0; i < 100; i++) {
        zip.write(blank);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void template_isKnownInEveryLanguage() {
    var exports = service.context().getBean(Exports.class);
    var reader = service.context().getBean(ImportReader.class);
    var words = service.context().getBean(PeopleWords.class);
    for (var language : Language.values()) {
      var wanted = new Exports.Wanted(TableFormat.XLSX, language.locale(), false);
      for (var kind : ImportStore.Kind.values()) {
        var template = exports.template(kind, wanted);
        var empty = catchThrowableOfType(Problem.class, () -> reader.read(kind, template, _ -> {}));
        assertThat(empty).as("%s %s", language, kind).isNotNull();
        assertThat(empty.fields()).containsExactly("body");
        var filled = new ArrayList<List<Object>>();
        Sheets.read(template).forEach(row -> filled.add(List.copyOf(row)));
        var row = new ArrayList<Object>(filled.get(1));
        var key = kind == ImportStore.Kind.MEMBERS ? "P1" : "C1";
        row.replaceAll(cell -> words.isExample(column(kind), cell.toString()) ? key : cell);
        filled.add(row);
        var read = new ArrayList<Cells>();
        reader.read(kind, Sheets.xlsx(filled), read::addAll);
        assertThat(read).as("%s %s", language, kind).hasSize(1);
        var cells = read.getFirst();
        assertThat(cells.text(column(kind))).isEqualTo(key);
        assertThat(cells.values()).hasSize(row.size());
        assertThat(
                kind == ImportStore.Kind.MEMBERS
                    ? words.state(cells.text(PeopleWords.Column.STATE)).isPresent()
                    : words.kind(cells.text(PeopleWords.Column.KIND)).isPresent())
            .isTrue();
      }
    }
  }

  @Test
  void template_hasAnExampleThatIsPassedOver() throws Exception {
    for (var kind : List.of("members", "organisations")) {
      var template = download("/api/templates/" + kind);
      assertThat(Sheets.read(template)).hasSize(2);
      assertThat(bring(kind, template, ImportsApi.XLSX).fields()).containsExactly("body");
    }
  }

  @Test
  void files_areReadOneAtATime() {
    var reader = service.context().getBean(ImportReader.class);
    var file = Sheets.xlsx(HEADINGS, List.of("王小明", "A", "", "P1", "", ""));
    var meanwhile = new ArrayList<Reply>();
    reader.read(
        ImportStore.Kind.MEMBERS,
        file,
        _ -> meanwhile.add(bring("members", file, ImportsApi.XLSX)));
    assertThat(meanwhile).hasSize(1);
    assertThat(meanwhile.getFirst().status()).isEqualTo(503);
    assertThat(meanwhile.getFirst().headers()).containsKey("retry-after");
    assertThat(counts(bring(file))).as("afterwards").containsExactly(1, 0, 0, 0, 0);
  }

  @Test
  void longRows_makeMorePortions() {
    var reader = service.context().getBean(ImportReader.class);
    var rows = new ArrayList<List<Object>>(List.of(HEADINGS));
    for (var i = 0; i < 900; i++) {
      rows.add(List.of("x".repeat(1_900), "A", "", "P" + i, "", ""));
    }
    var sizes = new ArrayList<Integer>();
    reader.read(ImportStore.Kind.MEMBERS, Sheets.xlsx(rows), p -> sizes.add(p.size()));
    assertThat(sizes).hasSize(2);
    assertThat(sizes.getFirst() + sizes.getLast()).isEqualTo(900);
  }

  private static PeopleWords.Column column(ImportStore.Kind kind) {
    return kind == ImportStore.Kind.MEMBERS ? PeopleWords.Column.NUMBER : PeopleWords.Column.CODE;
  }
}
