package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.IMPORT_PORTION;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.MEMBERSHIP;

import io.micronaut.json.tree.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import yikao.access.Actor;
import yikao.api.Client.Reply;
import yikao.db.Jobs;
import yikao.db.Transactions;

/** Members from files over the API: looked at, confirmed, imported. */
abstract class MemberImportsContract extends PeopleContract {
  @Test
  void oddCells_arriveWholeAndTheSameFileAgainChangesNothing() {
    var file =
        Sheets.xlsx(
            HEADINGS,
            List.of(" 𠮷田\u200b", "A", "", "P1", 1.38E10, ""),
            List.of("\u3000㛃", "A", "流动", 1002, 13800000001L, "书记"),
            List.of("", "", "", "", "", ""),
            List.of("昇", "甲支部", "在册", "P3", "138 0000 0002", ""),
            List.of("阿依古丽•买买提", "市委 / 乙支部", "", "", "13800000003.0", ""));
    var brought = bring(file);
    assertThat(brought.text("state")).isEqualTo("checked");
    assertThat(counts(brought)).containsExactly(4, 0, 0, 0, 0);
    assertThat(names("")).as("nothing yet").isEmpty();
    var done = confirm(brought, "all");
    assertThat(done.text("state")).as(done.body()).isEqualTo("imported");
    assertThat(names("")).containsExactlyInAnyOrder("𠮷田", "㛃", "昇", "阿依古丽•买买提");
    var phones = get("/api/members?phones=true").body();
    assertThat(phones)
        .contains("13800000000", "13800000001", "13800000002", "13800000003", "\"1002\"");
    assertThat(names("name=" + escaped("古丽·买"))).hasSize(1);
    assertThat(names("organisation=B")).containsExactly("阿依古丽•买买提");
    var before = dsl().fetchCount(MEMBERSHIP);
    var again = bring(file);
    assertThat(counts(again)).containsExactly(0, 0, 0, 4, 0);
    assertThat(confirm(again, "all").text("state")).isEqualTo("imported");
    assertThat(dsl().fetchCount(MEMBERSHIP)).isEqualTo(before);
    assertThat(confirm(again, "all").status()).as("once").isEqualTo(409);
  }

  @Test
  void gbkCsv_isRead() {
    var csv = "姓名,组织编号,编号\r\n王小明,A,P1\r\n李红,乙支部,P2\r\n";
    for (var charset : List.of(Charset.forName("GBK"), StandardCharsets.UTF_8)) {
      var brought = bring("members", csv.getBytes(charset), "text/csv");
      assertThat(brought.status()).as(brought.body()).isEqualTo(201);
      assertThat(brought.json().get("refused").getIntValue()).isZero();
      assertThat(confirm(brought, "all").status()).isEqualTo(200);
    }
    assertThat(names("")).containsExactlyInAnyOrder("王小明", "李红");
  }

  @Test
  void badRows_areNamedAndTheSoundOnesMayBeImported() {
    var brought =
        bring(
            Sheets.xlsx(
                HEADINGS,
                List.of("甲", "A", "", "P1", "13800000001", ""),
                List.of("乙", "A", "", "", "", ""),
                List.of("丙", "X", "", "P3", "", ""),
                List.of("丁", "A", "不明", "P4", "", ""),
                List.of("戊", "A", "", "P5", "1.38E+10", ""),
                List.of("己", "A", "", "P1", "", ""),
                List.of("\u202e庚", "A", "", "P7", "", ""),
                List.of("辛", "", "", "P8", "", ""),
                List.of("壬", "A", "", 123456789012345678L, "", "")));
    assertThat(counts(brought)).containsExactly(1, 0, 0, 0, 8);
    assertThat(refusals(brought))
        .containsExactly(
            "3 number",
            "4 organisation",
            "5 state",
            "6 phone",
            "7 line",
            "8 name",
            "9 organisation",
            "10 number");
    assertThat(confirm(brought, "all").status()).isEqualTo(409);
    assertThat(names("")).isEmpty();
    assertThat(confirm(brought, "sound").status()).isEqualTo(200);
    assertThat(names("")).containsExactly("甲");
  }

  @Test
  void people_areToldByKeyAndNeverByNameAlone() {
    confirm(
        bring(
            Sheets.xlsx(
                HEADINGS,
                List.of("王伟", "A", "", "P1", "13800000001", ""),
                List.of("王伟", "A", "", "P2", "13800000002", ""),
                List.of("李静", "A", "", "", "13800000003", ""))),
        "all");
    var brought =
        bring(
            Sheets.xlsx(
                HEADINGS,
                List.of("王伟", "B", "", "P2", "", "委员"),
                List.of("王伟", "A", "", "P1", "13800000009", ""),
                List.of("李静", "A", "", "P3", "13800000003", ""),
                List.of("李强", "A", "", "", "13800000003", "")));
    assertThat(counts(brought)).containsExactly(0, 2, 1, 0, 1);
    assertThat(refusals(brought)).containsExactly("5 phone");
    confirm(brought, "sound");
    assertThat(names("")).containsExactlyInAnyOrder("王伟", "王伟", "李静");
    assertThat(names("organisation=B")).containsExactly("王伟");
  }

  /** Passed over; so long that a portion has some five hundred rows. */
  private static final String LONG = "x".repeat(1_900);

  private static List<Object> with(List<Object> cells, Object more) {
    var all = new ArrayList<Object>(cells);
    all.add(more);
    return all;
  }

  @Test
  void portions_areWholeAndGoOnInTheBackground() throws Exception {
    var rows = new ArrayList<List<Object>>(List.of(with(HEADINGS, "路径")));
    var count = 1_300;
    for (var i = 0; i < count; i++) {
      rows.add(List.of("党员" + i, "A", "", "N" + i, 13_800_000_000L + i, "", LONG));
    }
    var brought = bring(Sheets.xlsx(rows));
    var imports = service.context().getBean(Imports.class);
    var id = UUID.fromString(brought.text("id"));
    var actor = Actor.of(imports.get(id).actor());
    var job = imports.confirm(actor, id, true).job().orElseThrow();
    service.context().getBean(Jobs.class).run(job, Duration.ZERO);
    var there = new TreeSet<Integer>();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          there.add(dsl().fetchCount(MEMBER));
          return imports.get(id).state() == ImportStore.State.IMPORTED;
        });
    var portions = portions(id);
    assertThat(portions).hasSizeGreaterThan(2).endsWith(count);
    assertThat(portions).as("whole ones, whenever one looks").containsAll(there);
    assertThat(dsl().fetchCount(MEMBER)).isEqualTo(count);
  }

  /** How many rows there are after each portion. */
  private List<Integer> portions(UUID file) {
    var ends = new ArrayList<Integer>(List.of(0));
    dsl()
        .select(IMPORT_PORTION.FINDINGS)
        .from(IMPORT_PORTION)
        .where(IMPORT_PORTION.FILE_ID.eq(file))
        .orderBy(IMPORT_PORTION.NUMBER)
        .fetch(IMPORT_PORTION.FINDINGS)
        .forEach(found -> ends.add(ends.getLast() + Finding.unpacked(found).size()));
    return ends;
  }

  @Test
  void oneNumberForTwo_isRefusedInTheWholeFile() {
    var first = member("王小明", ",\"number\":\"P1\"").text("id");
    var second = member("李红", ",\"number\":\"P2\"").text("id");
    var headings = List.<Object>of("姓名", "组织编号", "系统编号", "编号");
    var brought =
        bring(
            Sheets.xlsx(
                headings,
                List.of("王小明", "A", first, "P9"),
                List.of("李红", "A", second, "P9"),
                List.of("赵刚", "A", "", "P9"),
                List.of("孙明", "A", "", "P4")));
    assertThat(counts(brought)).containsExactly(1, 1, 0, 0, 2);
    assertThat(refusals(brought)).containsExactly("3 line", "4 line");
    assertThat(confirm(brought, "sound").text("state")).isEqualTo("imported");
    assertThat(get("/api/members/" + first).text("number")).isEqualTo("P9");
    assertThat(get("/api/members/" + second).text("number")).isEqualTo("P2");
  }

  @Test
  void pastDate_changesOnlyWhatIsToBeOtherwise() {
    var made = member("王小明", ",\"number\":\"P1\",\"date\":\"2020-01-01\"");
    var path = "/api/members/" + made.text("id");
    var moved =
        staff(
            "POST",
            path + "/move",
            "{\"organisation\":\"B\",\"version\":1,\"date\":\"2024-01-01\",\"reason\":\"转接\"}");
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    var before = get(path + "/history").body();
    var file = Sheets.xlsx(HEADINGS, List.of("王小明", "B", "在册", "P1", "13800000001", "书记"));
    var brought = bring("members?date=2021-01-01", file, ImportsApi.XLSX);
    assertThat(counts(brought)).containsExactly(0, 1, 0, 0, 0);
    assertThat(confirm(brought, "all").text("state")).isEqualTo("imported");
    assertThat(get(path).text("post")).isEqualTo("书记");
    assertThat(get(path + "/history").body()).isEqualTo(before);
  }

  @Test
  void organisationOfLaterThanTheFile_isRefused() {
    var made =
        staff(
            "POST",
            "/api/organisations",
            "{\"code\":\"N\",\"name\":\"新支部\",\"parent\":\"T\",\"reason\":\"新成立\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    var file = Sheets.xlsx(HEADINGS, List.of("王小明", "N", "", "P1", "", ""));
    var early = bring("members?date=2021-01-01", file, ImportsApi.XLSX);
    assertThat(counts(early)).containsExactly(0, 0, 0, 0, 1);
    assertThat(refusals(early)).containsExactly("2 organisation");
    assertThat(counts(bring(file))).containsExactly(1, 0, 0, 0, 0);
  }

  /** What somebody else changes while a file is imported is not written over. */
  @Test
  void editMeanwhile_isKept() throws Exception {
    var made = member("王小明", ",\"number\":\"P1\"");
    var brought = bring(Sheets.xlsx(HEADINGS, List.of("", "A", "", "P1", "13800000001", "")));
    var imports = service.context().getBean(Imports.class);
    var jobs = service.context().getBean(Jobs.class);
    var id = UUID.fromString(brought.text("id"));
    var importing =
        service
            .context()
            .getBean(Transactions.class)
            .write(dsl -> {
              dsl.update(MEMBER).set(MEMBER.POST, "书记").set(MEMBER.VERSION, 2).execute();
              var job =
                  imports.confirm(Actor.of(imports.get(id).actor()), id, true).job().orElseThrow();
              var thread = new Thread(() -> jobs.run(job, Duration.ofSeconds(30)));
              thread.start();
              // it has read what was there before, and comes no further than the row that is held
              Awaitility.await()
                  .atMost(Duration.ofSeconds(20))
                  .until(MemberImportsContract::isHeldUp);
              return thread;
            });
    assertThat(importing.join(Duration.ofSeconds(30))).isTrue();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> imports.get(id).state() == ImportStore.State.IMPORTED);
    var after = get("/api/members/" + made.text("id") + "?phones=true");
    assertThat(after.text("post")).isEqualTo("书记");
    assertThat(after.text("phone")).isEqualTo("13800000001");
    assertThat(after.json().get("version").getIntValue()).isEqualTo(3);
  }

  /** Whoever does the job, this test or the background. */
  private static boolean isHeldUp() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(e ->
            e.getClassName().equals(Memberships.class.getName())
                && e.getMethodName().equals("hold"));
  }

  private List<String> said(Reply brought) {
    return list(get("/api/imports/%s/rows".formatted(brought.text("id"))).json()).stream()
        .map(r ->
            "%d %s %s"
                .formatted(
                    r.get("line").getIntValue(),
                    r.get("verdict").getStringValue(),
                    Optional.ofNullable(r.get("reason"))
                        .filter(n -> !n.isNull())
                        .map(JsonNode::getStringValue)
                        .orElse("-")))
        .toList();
  }

  @Test
  void onePhoneForTwo_isSaidRowByRow() {
    member("王小明", ",\"number\":\"P1\",\"phone\":\"13800000001\"");
    member("李红", ",\"phone\":\"13800000002\"");
    var brought =
        bring(
            Sheets.xlsx(
                HEADINGS,
                List.of("赵刚", "A", "", "P2", "13800000001", ""),
                List.of("孙明", "A", "", "P3", "13800000002", ""),
                List.of("周强", "A", "", "P4", "13800000003", ""),
                List.of("吴静", "A", "", "P5", "13800000003", ""),
                List.of("郑洋", "A", "", "", "13800000003", ""),
                List.of("周强", "A", "", "", "13800000003", ""),
                List.of("冯军", "A", "", "", "13800000004", ""),
                List.of("陈伟", "A", "", "", "13800000004", ""),
                List.of("冯军", "A", "", "P6", "13800000004", ""),
                List.of("王小明", "A", "", "P1", "13800000001", "书记")));
    var said =
        List.of(
            "2 new 与编号 P1 的人是同一个手机，请核对",
            "3 new 名单里已经有人用这个手机，请核对",
            "4 new -",
            "5 new 与第 4 行是同一个手机，请核对",
            "6 refused 与第 4 行是同一个手机，请填编号",
            "7 refused 与第 4 行重复",
            "8 new -",
            "9 refused 与第 8 行是同一个手机，请填编号",
            "10 refused 与第 8 行重复",
            "11 changed -");
    assertThat(said(brought)).containsExactlyElementsOf(said);
    confirm(brought, "sound");
    assertThat(said(brought)).as("as was said").containsExactlyElementsOf(said);
    assertThat(names("")).hasSize(7).doesNotContain("郑洋", "陈伟");
  }

  /** What becomes of two rows does not hang on how far they are from each other. */
  @Test
  void onePhoneForTwo_isTheSameInOnePortionAndInTwo() {
    var verdicts = new ArrayList<List<String>>();
    for (var between : List.of(0, 600)) {
      plant();
      var rows = new ArrayList<List<Object>>(List.of(with(HEADINGS, "路径")));
      rows.add(List.of("王伟", "A", "", "", "13800000001", ""));
      rows.add(List.of("李静", "A", "", "N2", "13800000002", ""));
      for (var i = 0; i < between; i++) {
        rows.add(List.of("某人", "B", "", "M" + i, "", "", LONG));
      }
      rows.add(List.of("王强", "A", "", "", "13800000001", ""));
      rows.add(List.of("王伟", "A", "", "N3", "13800000001", ""));
      rows.add(List.of("李敏", "A", "", "N4", "13800000002", ""));
      rows.add(List.of("李静", "A", "", "", "13800000002", ""));
      var brought = bring(Sheets.xlsx(rows));
      confirm(brought, "sound");
      var found = new ArrayList<>(names("organisation=A"));
      for (var row : said(brought, rows.size() - 4)) {
        found.add(row.replaceFirst("\\d+ ", ""));
      }
      verdicts.add(found);
    }
    assertThat(verdicts.getFirst()).hasSize(7).isEqualTo(verdicts.getLast());
  }

  private List<String> said(Reply brought, int after) {
    var path = "/api/imports/%s/rows?after=%d".formatted(brought.text("id"), after);
    return list(get(path).json()).stream()
        .map(r ->
            r.get("line").getIntValue()
                + " "
                + r.get("verdict").getStringValue()
                + Optional.ofNullable(r.get("field"))
                    .filter(n -> !n.isNull())
                    .map(n -> " " + n.getStringValue())
                    .orElse(""))
        .toList();
  }

  /** The preview is what was agreed to. */
  @Test
  void refusedRow_isNotImportedThoughItCouldBeByNow() {
    var brought = bring(Sheets.xlsx(HEADINGS, List.of("王小明", "N", "", "P1", "", "")));
    assertThat(refusals(brought)).containsExactly("2 organisation");
    var made =
        staff(
            "POST",
            "/api/organisations",
            "{\"code\":\"N\",\"name\":\"新支部\",\"parent\":\"T\",\"reason\":\"新成立\"}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(confirm(brought, "sound").text("state")).isEqualTo("imported");
    assertThat(names("")).isEmpty();
    assertThat(refusals(brought)).containsExactly("2 organisation");
  }
}
