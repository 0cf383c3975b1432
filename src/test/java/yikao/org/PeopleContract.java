package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static yikao.db.jooq.Tables.IMPORT_PORTION;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.MEMBERSHIP;
import static yikao.db.jooq.Tables.MEMBER_NAME_PART;

import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.access.Actor;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.audit.AuditLog;
import yikao.db.Jobs;
import yikao.db.Transactions;
import yikao.table.TableFormat;
import yikao.web.Language;
import yikao.web.Problem;

/** Members over the API, one by one and from files. */
abstract class PeopleContract {
  private static final List<Object> HEADINGS = List.of("姓名", "组织编号", "状态", "编号", "手机", "职务");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private TestService service;
  private Client api;

  abstract Map<String, Object> database() throws Exception;

  @BeforeEach
  void open() throws Exception {
    var settings = new HashMap<>(database());
    settings.put("yikao.jobs.at-once", "20s");
    service = TestService.start(settings);
    api = new Client(service.uri());
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", "text/csv");
    var csv = "code,name,parent\nT,市委,\nA,甲支部,T\nB,乙支部,T\n";
    assertThat(api.send("PUT", "/api/organisations", csv, headers).status()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    service.close();
  }

  private DSLContext dsl() {
    return service.context().getBean(Transactions.class).read();
  }

  private Reply staff(String method, String path, String body) {
    return api.send(
        method,
        path,
        body.getBytes(StandardCharsets.UTF_8),
        body.isEmpty()
            ? Client.bearer(TestService.editorToken())
            : Map.of(
                "Authorization",
                "Bearer " + TestService.editorToken(),
                "Content-Type",
                "application/json"));
  }

  private Reply get(String path) {
    return staff("GET", path, "");
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Reply member(String name, String more) {
    var reply =
        staff(
            "POST",
            "/api/members",
            "{\"name\":\"%s\",\"organisation\":\"A\",\"reason\":\"登记\"%s}".formatted(name, more));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply;
  }

  private List<String> names(String query) {
    var reply = get("/api/members?" + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return list(reply.json().get("members")).stream()
        .map(m -> m.get("name").getStringValue())
        .toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(array::get).toList();
  }

  // one by one

  @Test
  void member_isFoundByAnyPartOfTheNameAndEitherDot() {
    member("阿依古丽·买买提", "");
    member("𠮷田昇", "");
    member("王小明", "");
    member("王 明", "");
    for (var sought : List.of("买买", "古丽•买", "古丽・买买提", "阿依古丽·买买提", "阿")) {
      assertThat(names("name=" + escaped(sought))).as(sought).containsExactly("阿依古丽·买买提");
    }
    assertThat(names("name=" + escaped("田昇"))).containsExactly("𠮷田昇");
    assertThat(names("name=" + escaped("𠮷"))).containsExactly("𠮷田昇");
    assertThat(names("name=" + escaped("王明"))).containsExactly("王 明");
    assertThat(names("name=" + escaped("王"))).containsExactlyInAnyOrder("王小明", "王 明");
    assertThat(names("name=" + escaped("\u200b"))).isEmpty();
    assertThat(names("name=" + escaped("%_"))).isEmpty();
  }

  @Test
  void list_isPagedBySubtreeAndState() {
    for (var i = 0; i < 7; i++) {
      member("党员" + i, i == 3 ? ",\"state\":\"lost\"" : "");
    }
    assertThat(names("organisation=T")).hasSize(7);
    assertThat(names("organisation=B")).isEmpty();
    assertThat(names("state=lost")).containsExactly("党员3");
    var seen = new ArrayList<String>();
    var next = "";
    do {
      var page = get("/api/members?organisation=A&limit=3" + next).json();
      list(page.get("members")).forEach(m -> seen.add(m.get("name").getStringValue()));
      next = page.get("next") == null ? "" : "&after=" + page.get("next").getStringValue();
    } while (!next.isEmpty());
    assertThat(seen).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void phone_isSealedAndOnlyToldWhereAskedFor() {
    var made = member("王小明", ",\"phone\":\"+86 138-1234-5678\"");
    var path = "/api/members/" + made.text("id");
    assertThat(made.body()).doesNotContain("13812345678");
    assertThat(get(path).body()).doesNotContain("13812345678").contains("\"hasPhone\":true");
    assertThat(get("/api/members").body()).doesNotContain("13812345678");
    assertThat(get(path + "?phones=true").text("phone")).isEqualTo("13812345678");
    assertThat(get("/api/members?phones=true").body()).contains("13812345678");
    assertThat(get(path + "/record").body()).contains("13812345678");
    var row = dsl().selectFrom(MEMBER).fetchSingle();
    for (var bytes : List.of(row.getPhone(), row.getPhoneDigest(), row.getPhoneTail())) {
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("5678");
    }
    var entries =
        service
            .context()
            .getBean(AuditLog.class)
            .find(
                new AuditLog.Sought(Optional.of("member:" + made.text("id")), Optional.empty()),
                Optional.empty(),
                10);
    assertThat(entries).extracting(e -> e.action()).contains("member.phones", "member.create");
    assertThat(entries.toString()).doesNotContain("王小明").doesNotContain("13812345678");
  }

  @Test
  void moveAndState_keepTheHistory() {
    var made = member("王小明", ",\"date\":\"2024-01-01\"");
    var path = "/api/members/" + made.text("id");
    var moved =
        staff("POST", path + "/move", "{\"organisation\":\"B\",\"version\":1,\"reason\":\"转接\"}");
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    assertThat(
            staff("POST", path + "/state", "{\"state\":\"lost\",\"version\":1,\"reason\":\"失联\"}")
                .status())
        .isEqualTo(412);
    var lost =
        staff("POST", path + "/state", "{\"state\":\"lost\",\"version\":2,\"reason\":\"失联\"}");
    assertThat(lost.text("state")).isEqualTo("lost");
    var history = list(get(path + "/history").json());
    assertThat(history).extracting(h -> h.get("reason").getStringValue()).contains("登记", "转接");
    assertThat(history.stream().filter(h -> h.get("supersededAt") == null)).hasSize(2);
  }

  @Test
  void editAndErasure_leaveWhatTheyShould() {
    var made = member("王小明", ",\"phone\":\"13812345678\",\"number\":\"P1\"");
    var path = "/api/members/" + made.text("id");
    var twice =
        staff(
            "POST",
            "/api/members",
            "{\"name\":\"李红\",\"organisation\":\"A\",\"reason\":\"登记\",\"number\":\"P1\"}");
    assertThat(twice.fields()).containsExactly("number");
    var edited =
        staff("PUT", path, "{\"name\":\"王晓明\",\"number\":\"P2\",\"post\":\"书记\",\"version\":1}");
    assertThat(edited.text("name")).isEqualTo("王晓明");
    assertThat(get(path + "?phones=true").text("phone")).as("stays").isEqualTo("13812345678");
    assertThat(names("name=" + escaped("小明"))).isEmpty();
    assertThat(staff("PUT", path, "{\"name\":\"王\",\"version\":1}").status()).isEqualTo(412);
    var erased = staff("POST", path + "/erasure", "{\"version\":2,\"reason\":\"本人申请\"}");
    assertThat(erased.status()).as(erased.body()).isEqualTo(204);
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(names("")).isEmpty();
    assertThat(list(get(path + "/history").json())).hasSize(1);
    var row = dsl().selectFrom(MEMBER).fetchSingle();
    assertThat(row.getName() + row.getNameKey()).isEmpty();
    assertThat(row.getNumber()).isNull();
    assertThat(row.getPhone()).isNull();
    assertThat(dsl().fetchCount(MEMBER_NAME_PART)).isZero();
    assertThat(dsl().selectFrom(MEMBERSHIP).fetchSingle().getReason()).isEmpty();
  }

  // from files

  private Reply bring(String kind, byte[] file, String type) {
    var reply =
        api.send(
            "POST",
            "/api/imports/" + kind,
            file,
            Map.of("Authorization", "Bearer " + TestService.editorToken(), "Content-Type", type));
    return reply;
  }

  private Reply bring(byte[] xlsx) {
    var reply = bring("members", xlsx, ImportsApi.XLSX);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply;
  }

  private Reply confirm(Reply brought, String rows) {
    return staff(
        "POST",
        "/api/imports/%s/confirmation".formatted(brought.text("id")),
        "{\"rows\":\"%s\"}".formatted(rows));
  }

  /** New, changed, moved, untouched, refused. */
  private static List<Integer> counts(Reply reply) {
    return List.of("added", "changed", "moved", "untouched", "refused").stream()
        .map(field -> reply.json().get(field).getIntValue())
        .toList();
  }

  private List<String> refusals(Reply brought) {
    return list(get("/api/imports/%s/rows?verdict=refused".formatted(brought.text("id"))).json())
        .stream()
        .map(r -> r.get("line").getIntValue() + " " + r.get("field").getStringValue())
        .toList();
  }

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
  void portions_areWholeAndGoOnInTheBackground() throws Exception {
    var rows = new ArrayList<List<Object>>(List.of(HEADINGS));
    for (var i = 0; i < 2_500; i++) {
      rows.add(List.of("党员" + i, "A", "", "N" + i, 13_800_000_000L + i, ""));
    }
    var brought = bring(Sheets.xlsx(rows));
    var imports = service.context().getBean(Imports.class);
    var id = UUID.fromString(brought.text("id"));
    var actor = Actor.of(imports.get(id).actor());
    var job = imports.confirm(actor, id, true).job().orElseThrow();
    var jobs = service.context().getBean(Jobs.class);
    jobs.run(job, Duration.ZERO);
    assertThat(dsl().fetchCount(MEMBER) % ImportStore.PORTION).isIn(0, 500);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> imports.get(id).state() == ImportStore.State.IMPORTED);
    assertThat(dsl().fetchCount(MEMBER)).isEqualTo(2_500);
  }

  @Test
  void organisations_areImportedAllTogether() {
    var heading = List.<Object>of("代码", "名称", "类别", "上级代码");
    var brought =
        bring(
            "organisations",
            Sheets.xlsx(
                heading,
                List.of("T", "市委", "党委", ""),
                List.of("C", "丙总支", "党总支", "T"),
                List.of("C1", "第一党支部", "党支部", "C"),
                List.of("A", "甲支部", "党支部", "C"),
                List.of("X", "无上级", "", "Y"),
                List.of("D", "第一党支部", "党支部", "C"),
                List.of("E", "环一", "", "F"),
                List.of("F", "环二", "", "E"),
                List.of("G", "类别不对", "小组", "T"),
                List.of("B", "乙支部", "", "T")),
            ImportsApi.XLSX);
    assertThat(brought.status()).as(brought.body()).isEqualTo(201);
    assertThat(counts(brought)).containsExactly(2, 1, 1, 1, 5);
    assertThat(refusals(brought))
        .containsExactly("6 parent", "7 parent", "8 parent", "9 parent", "10 kind");
    assertThat(confirm(brought, "sound").text("state")).isEqualTo("imported");
    assertThat(get("/api/organisations/C1").text("path")).isEqualTo("市委 / 丙总支 / 第一党支部");
    assertThat(get("/api/organisations/A").text("parent")).isEqualTo("C");
    assertThat(get("/api/organisations/C").text("kind")).isEqualTo("general-branch");
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

  @Test
  void organisationsWithoutParents_stayWhereTheyAre() {
    var heading = List.<Object>of("代码", "名称", "类别");
    var brought =
        bring(
            "organisations",
            Sheets.xlsx(heading, List.of("A", "甲党支部", ""), List.of("B", "", "党支部")),
            ImportsApi.XLSX);
    assertThat(counts(brought)).containsExactly(0, 2, 0, 0, 0);
    var empty = Sheets.xlsx(List.of("代码", "名称", "上级代码"), List.of("A", "甲党支部", ""));
    assertThat(confirm(brought, "all").text("state")).isEqualTo("imported");
    assertThat(counts(bring("organisations", empty, ImportsApi.XLSX)))
        .containsExactly(0, 0, 0, 1, 0);
    assertThat(get("/api/organisations/A").text("path")).isEqualTo("市委 / 甲党支部");
    assertThat(get("/api/organisations/B").text("path")).isEqualTo("市委 / 乙支部");
    assertThat(get("/api/organisations/B").text("kind")).isEqualTo("branch");
  }

  @Test
  void importOfOrganisations_standsInTheAuditLog() {
    var entries =
        service
            .context()
            .getBean(AuditLog.class)
            .find(
                new AuditLog.Sought(Optional.of("organisations"), Optional.empty()),
                Optional.empty(),
                10);
    assertThat(entries).extracting(e -> e.action()).containsExactly("organisation.import");
    assertThat(entries.getFirst().after()).contains("3 rows");
  }

  @Test
  void erasedMember_keepsNoOrganisationOpenAndBeginsNoPage() {
    var made = member("王小明", "");
    member("李红", "");
    var path = "/api/members/" + made.text("id");
    assertThat(get("/api/members?after=" + made.text("id")).status()).isEqualTo(200);
    staff("POST", path + "/erasure", "{\"version\":1,\"reason\":\"本人申请\"}");
    for (var gone : List.of(made.text("id"), UUID.randomUUID().toString())) {
      assertThat(get("/api/members?after=" + gone).fields()).as(gone).containsExactly("after");
    }
    var closing = "{\"version\":1,\"reason\":\"撤销\"}";
    assertThat(staff("POST", "/api/organisations/A/closing", closing).fields())
        .as("one is left")
        .containsExactly("date");
    var other = list(get("/api/members").json().get("members")).getFirst();
    staff(
        "POST",
        "/api/members/%s/erasure".formatted(other.get("id").getStringValue()),
        "{\"version\":1,\"reason\":\"本人申请\"}");
    var closed = staff("POST", "/api/organisations/A/closing", closing);
    assertThat(closed.status()).as(closed.body()).isEqualTo(200);
    assertThat(get("/api/organisations/A").status()).isEqualTo(200);
    assertThat(api.get("/api/organisations/A").status()).as("for staff").isEqualTo(401);
    assertThat(api.get("/api/organisations/B").status()).isEqualTo(200);
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
              Awaitility.await()
                  .atMost(Duration.ofSeconds(20))
                  .until(() ->
                      thread.getState() != Thread.State.NEW
                          && (isWaiting(thread) || isOnTheNetwork(thread)));
              return thread;
            });
    importing.join();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> imports.get(id).state() == ImportStore.State.IMPORTED);
    var after = get("/api/members/" + made.text("id") + "?phones=true");
    assertThat(after.text("post")).isEqualTo("书记");
    assertThat(after.text("phone")).isEqualTo("13800000001");
    assertThat(after.json().get("version").getIntValue()).isEqualTo(3);
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING
        || thread.getState() == Thread.State.WAITING;
  }

  private static boolean isOnTheNetwork(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(e -> e.getMethodName().equals("hold") || e.getMethodName().equals("park"));
  }

  private byte[] download(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(service.at(path)))
            .header("Authorization", "Bearer " + TestService.editorToken())
            .build();
    var response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  @Test
  void export_importedAgain_changesNothing() throws Exception {
    member("=HYPERLINK(1)", ",\"number\":\"-1\",\"phone\":\"13812345678\",\"post\":\"@书记\"");
    member("王小明", "");
    for (var format : List.of("xlsx", "csv")) {
      var plain = download("/api/exports/members?format=" + format);
      assertThat(new String(plain, StandardCharsets.UTF_8)).doesNotContain("13812345678");
      var phones = download("/api/exports/members?phones=true&format=" + format);
      for (var file : List.of(plain, phones)) {
        assertThat(counts(bring("members", file, "application/octet-stream")))
            .as(format)
            .containsExactly(0, 0, 0, 2, 0);
      }
      var tree = download("/api/exports/organisations?format=" + format);
      assertThat(counts(bring("organisations", tree, "application/octet-stream")))
          .containsExactly(0, 0, 0, 3, 0);
    }
    assertThat(new String(download("/api/exports/members?format=csv"), StandardCharsets.UTF_8))
        .contains("'=HYPERLINK(1)", "'-1", "'@书记");
    assertThat(Sheets.read(download("/api/exports/members")).toString()).contains("=HYPERLINK(1)");
  }

  @Test
  void template_hasAnExampleThatIsPassedOver() throws Exception {
    for (var kind : List.of("members", "organisations")) {
      var template = download("/api/templates/" + kind);
      assertThat(Sheets.read(template)).hasSize(2);
      assertThat(bring(kind, template, ImportsApi.XLSX).fields()).containsExactly("body");
    }
  }

  /** 4,700 organisations and 100,000 members. */
  @Test
  @Tag("full")
  void city_isImportedInAMinuteAndFoundAtOnce() throws Exception {
    var random = new Random(20_261_130);
    var start = System.nanoTime();
    var tree = new ArrayList<List<Object>>();
    tree.add(List.of("代码", "名称", "类别", "上级代码"));
    for (var i = 0; i < 20; i++) {
      tree.add(List.of("C" + i, "第%d县委".formatted(i), "党委", "T"));
    }
    for (var i = 0; i < 4_680; i++) {
      tree.add(List.of("S" + i, "第%d党支部".formatted(i), "党支部", "C" + i % 20));
    }
    var organisations = bring("organisations", Sheets.xlsx(tree), ImportsApi.XLSX);
    assertThat(confirm(organisations, "all").text("state")).isEqualTo("imported");
    var treeMillis = millis(start);
    var file = city(random);
    start = System.nanoTime();
    var brought = bring(file);
    finish(brought, "checked");
    var checkMillis = millis(start);
    confirm(brought, "all");
    finish(brought, "imported");
    var allMillis = millis(start);
    System.out.printf(
        "city: organisations %d ms, checked %d ms, checked and imported %d ms, file %d KB%n",
        treeMillis, checkMillis, allMillis, file.length >> 10);
    assertThat(dsl().fetchCount(MEMBER)).isEqualTo(100_000);
    assertThat(treeMillis + allMillis).isLessThan(60_000);
    for (var sought : List.of("王", "建国", "王建", "国强", "欧阳建国", "无此人")) {
      timed(sought, "");
      timed(sought, "&organisation=C7");
    }
    timed("", "&organisation=C7");
    timed("", "&organisation=S7");
    start = System.nanoTime();
    var merged =
        staff(
            "POST",
            "/api/organisations/C1/merge",
            "{\"target\":\"C2\",\"version\":1,\"reason\":\"两县合并\"}");
    assertThat(merged.status()).as(merged.body()).isEqualTo(200);
    System.out.printf("city: merged in %d ms%n", millis(start));
    start = System.nanoTime();
    var again = bring("members", download("/api/exports/members"), ImportsApi.XLSX);
    finish(again, "checked");
    System.out.printf("city: exported and checked again in %d ms%n", millis(start));
    assertThat(counts(get("/api/imports/" + again.text("id"))))
        .containsExactly(0, 0, 0, 100_000, 0);
  }

  private static byte[] city(Random random) {
    var family = "王李张刘陈杨黄赵吴周徐孙马朱胡".codePoints().mapToObj(Character::toString).toList();
    var given = "建国强明华伟军红梅丽芳静敏磊洋勇艳杰娟涛".codePoints().mapToObj(Character::toString).toList();
    var rows = new ArrayList<List<Object>>(List.of(HEADINGS));
    for (var i = 0; i < 100_000; i++) {
      var name =
          (i % 50 == 0 ? "欧阳" : family.get(random.nextInt(family.size())))
              + given.get(random.nextInt(given.size()))
              + given.get(random.nextInt(given.size()));
      rows.add(List.of(name, "S" + random.nextInt(4_680), "在册", "N" + i, 13_800_000_000L + i, ""));
    }
    return Sheets.xlsx(rows);
  }

  private void finish(Reply brought, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(200))
        .until(() -> get("/api/imports/" + brought.text("id")).text("state").equals(state));
  }

  private static long millis(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  /** The best of five, so that somebody else's work on the machine does not count. */
  private void timed(String name, String more) {
    var best = Long.MAX_VALUE;
    var found = 0;
    for (var i = 0; i < 5; i++) {
      var start = System.nanoTime();
      found = names("name=" + escaped(name) + more).size();
      best = Math.min(best, millis(start));
    }
    System.out.printf("city: %s%s: %d in %d ms%n", name, more, found, best);
    assertThat(best).as(name + more).isLessThan(100);
  }
}
