package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.MEMBERSHIP;
import static yikao.db.jooq.Tables.MEMBER_NAME_PART;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import yikao.audit.AuditLog;

/** Members over the API, one by one, and taken out again. */
abstract class MembersContract extends PeopleContract {
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

  /** By the tree of that day, whatever became of it since. */
  @Test
  void figure_isOfTheDay() {
    var members = service.context().getBean(Members.class);
    var tree = service.context().getBean(Organisations.class).tree();
    var first = member("王小明", ",\"date\":\"2024-01-01\"").text("id");
    member("李红", ",\"date\":\"2024-06-01\",\"state\":\"lost\"");
    staff(
        "POST",
        "/api/members/%s/move".formatted(first),
        "{\"organisation\":\"B\",\"version\":1,\"date\":\"2025-01-01\",\"reason\":\"转接\"}");
    var at = new ArrayList<Integer>();
    for (var code : List.of("T", "A", "B")) {
      for (var day : List.of("2023-12-31", "2024-05-31", "2024-06-01", "2025-01-01")) {
        at.add(members.belonging(tree.byCode(code).orElseThrow(), LocalDate.parse(day)));
      }
    }
    assertThat(at).containsExactly(0, 1, 2, 2, 0, 1, 2, 1, 0, 0, 0, 1);
  }
}
