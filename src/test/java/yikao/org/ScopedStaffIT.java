package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.IMPORT_FILE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.api.StaffBrowser;
import yikao.db.Transactions;

/** What those who keep one organisation cannot do to, or learn of, the others. */
final class ScopedStaffIT {
  private static final List<Object> HEADINGS = List.of("姓名", "组织编号", "系统编号", "编号", "手机");

  private TestService service;
  private Client api;

  @BeforeEach
  void open() {
    service = TestService.start(Map.of("yikao.jobs.at-once", "60s"));
    api = new Client(service.uri());
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", "text/csv");
    var csv =
        "code,name,parent\nTOP,市委,\nOWN,甲党委,TOP\nCHILD,甲支部,OWN\nC2,乙支部,OWN\nFOREIGN,乙党委,TOP\n";
    assertThat(api.send("PUT", "/api/organisations", csv, headers).status()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    service.close();
  }

  private String token(String role) {
    return StaffBrowser.of(api, role, role, "OWN").token("all");
  }

  private Reply done(String path, String body) {
    var reply = api.post(path, body, TestService.editorToken());
    assertThat(reply.status()).as(reply.body()).isBetween(200, 204);
    return reply;
  }

  private String member(String organisation, String more) {
    return done(
            "/api/members",
            "{\"name\":\"王小明\",\"organisation\":\"%s\",\"reason\":\"登记\"%s}"
                .formatted(organisation, more))
        .text("id");
  }

  private String path(String code) {
    return api.get("/api/organisations/" + code).text("path");
  }

  @Test
  void targetThatIsWrittenOtherwise_isTheSameTarget() {
    var token = token("administrator");
    for (var target : List.of("FOREIGN", " FOREIGN", "FOREIGN\u200b")) {
      var merged =
          api.post(
              "/api/organisations/CHILD/merge",
              "{\"target\":\"%s\",\"version\":1,\"reason\":\"合并\"}".formatted(target),
              token);
      assertThat(merged.status()).as(target).isEqualTo(403);
      var moved =
          api.post(
              "/api/organisations/CHILD/move",
              "{\"parent\":\"%s\",\"version\":1,\"reason\":\"调整\"}".formatted(target),
              token);
      assertThat(moved.status()).as(target).isEqualTo(403);
      var split =
          api.post(
              "/api/organisations/OWN/split",
              """
              {"code":"N","name":"新","parent":"%s","children":["C2"],"version":1,"reason":"分"}\
              """
                  .formatted(target),
              token);
      assertThat(split.status()).as(target).isEqualTo(403);
    }
    for (var way : Map.of("merge", "target", "move", "parent").entrySet()) {
      var unknown =
          api.post(
              "/api/organisations/CHILD/" + way.getKey(),
              "{\"%s\":\"NONE\",\"version\":1,\"reason\":\"调整\"}".formatted(way.getValue()),
              token);
      assertThat(unknown.fields()).as(unknown.body()).containsExactly(way.getValue());
    }
    assertThat(path("CHILD")).isEqualTo("市委 / 甲党委 / 甲支部");
    var merged =
        api.post(
            "/api/organisations/CHILD/merge",
            "{\"target\":\" C2 \",\"version\":1,\"reason\":\"合并\"}",
            token);
    assertThat(merged.status()).as(merged.body()).isEqualTo(200);
  }

  @Test
  void splitBesideTheOwn_takesTheRightOverWhatIsAbove() {
    var token = token("administrator");
    var body =
        """
        {"code":"%s","name":"新支部","%s":["%s"],"version":1,"reason":"人数过多"}\
        """;
    var refused =
        api.post("/api/organisations/OWN/split", body.formatted("N", "children", "C2"), token);
    assertThat(refused.status()).as(refused.body()).isEqualTo(403);
    assertThat(api.get("/api/organisations/N").status()).isEqualTo(404);
    var split =
        api.post(
            "/api/organisations/CHILD/split",
            body.formatted("N", "members", member("CHILD", "")),
            token);
    assertThat(split.status()).as(split.body()).isEqualTo(201);
    assertThat(path("N")).isEqualTo("市委 / 甲党委 / 新支部");
  }

  /** The member is ours today, and was elsewhere on the day of which the change speaks. */
  @Test
  void pastInAForeignOrganisation_isNotOursToChange() {
    var token = token("secretary");
    var id = member("FOREIGN", ",\"number\":\"P1\",\"date\":\"2020-01-01\"");
    done(
        "/api/members/" + id + "/move",
        "{\"organisation\":\"CHILD\",\"version\":1,\"date\":\"2024-01-01\",\"reason\":\"转接\"}");
    for (var what : List.of("move\n\"organisation\":\"C2\"", "state\n\"state\":\"lost\"")) {
      var parts = what.split("\n", -1);
      var path = "/api/members/%s/%s".formatted(id, parts[0]);
      var body = "{%s,\"version\":2,\"date\":\"%s\",\"reason\":\"更正\"}";
      var before = api.post(path, body.formatted(parts[1], "2021-01-01"), token);
      assertThat(before.status()).as(before.body()).isEqualTo(403);
    }
    var file = Sheets.xlsx(List.of("姓名", "组织编号", "状态", "编号"), List.of("王小明", "CHILD", "失联", "P1"));
    var early = bring("members?date=2021-01-01", file, token);
    assertThat(early.json().get("refused").getIntValue()).as(early.body()).isEqualTo(1);
    var since = bring("members?date=2024-02-01", file, token);
    assertThat(since.json().get("changed").getIntValue()).as(since.body()).isEqualTo(1);
    var after =
        api.post(
            "/api/members/" + id + "/move",
            "{\"organisation\":\"C2\",\"version\":2,\"date\":\"2025-01-01\",\"reason\":\"转接\"}",
            token);
    assertThat(after.status()).as(after.body()).isEqualTo(200);
  }

  private Reply bring(String kind, byte[] file, String token) {
    var headers = new HashMap<>(Client.bearer(token));
    headers.put("Content-Type", ImportsApi.XLSX);
    var reply = api.send("POST", "/api/imports/" + kind, file, headers);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply;
  }

  @Test
  void peopleElsewhere_areAsUnknownAsThoseWhoAreNot() {
    var token = token("secretary");
    var id = member("FOREIGN", ",\"number\":\"P1\",\"phone\":\"13800000001\"");
    member("FOREIGN", ",\"phone\":\"13800000002\"");
    member("FOREIGN", ",\"phone\":\"13800000003\"");
    var brought =
        bring(
            "members",
            Sheets.xlsx(
                HEADINGS,
                List.of("王小明", "FOREIGN", id, "", ""),
                List.of("王小明", "FOREIGN", UUID.randomUUID().toString(), "", ""),
                List.of("王小明", "FOREIGN", "", "P1", ""),
                List.of("李红", "CHILD", "", "P1x", "13800000001"),
                List.of("李强", "CHILD", "", "", "13800000002"),
                List.of("王小明", "CHILD", "", "", "13800000003"),
                List.of("赵刚", "FOREIGN", "", "P7", "")),
            token);
    var rows =
        api.send(
            "GET",
            "/api/imports/%s/rows".formatted(brought.text("id")),
            new byte[0],
            Client.bearer(token));
    var verdicts = new StringBuilder();
    for (var i = 0; i < rows.json().size(); i++) {
      var row = rows.json().get(i);
      verdicts
          .append(row.get("verdict").getStringValue())
          .append(
              Optional.ofNullable(row.get("field"))
                  .filter(f -> !f.isNull())
                  .map(f -> " " + f.getStringValue())
                  .orElse(""))
          .append('\n');
    }
    assertThat(verdicts.toString().lines())
        .containsExactly(
            "refused id",
            "refused id",
            "refused number",
            "new",
            "new",
            "new",
            "refused organisation");
    // nothing that says of whom, or that there is anybody
    assertThat(rows.body()).contains("这个编号在这里不能用").doesNotContain("有人", "已经");
    var made =
        api.post(
            "/api/members",
            "{\"name\":\"赵刚\",\"organisation\":\"CHILD\",\"number\":\"P1\",\"reason\":\"登记\"}",
            token);
    assertThat(made.fields()).containsExactly("number");
    assertThat(made.body()).contains("这个编号在这里不能用").doesNotContain("taken");
  }

  /** Nothing is there yet that one could have a right over. */
  @Test
  void secretaryOfEverything_importsBeforeThereIsAnOrganisation() {
    try (var empty = TestService.start(Map.of())) {
      var there = new Client(empty.uri());
      var everything = StaffBrowser.of(there, "everything", "secretary", "");
      assertThat(everything.get("/console/imports").status()).isEqualTo(200);
      assertThat(everything.get("/console").body()).contains("/console/imports");
      var reader = StaffBrowser.of(there, "reader", "supervisor", "");
      assertThat(reader.get("/console/imports").status()).isEqualTo(403);
      assertThat(reader.get("/console").body()).doesNotContain("/console/imports");
    }
  }

  @Test
  void rightThatIsGone_confirmsNothing() {
    var token = token("secretary");
    var brought =
        bring("members", Sheets.xlsx(HEADINGS, List.of("李红", "CHILD", "", "P1", "")), token);
    // as if it had been brought with a right over everything
    service
        .context()
        .getBean(Transactions.class)
        .read()
        .update(IMPORT_FILE)
        .set(IMPORT_FILE.SCOPE, "")
        .execute();
    var confirmed =
        api.post(
            "/api/imports/%s/confirmation".formatted(brought.text("id")),
            "{\"rows\":\"all\"}",
            token);
    assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(403);
  }

  /** What was recorded last may be about a day long before. */
  @Test
  void history_isForThoseWhoKeepTheMemberNow() {
    var token = token("supervisor");
    var id = member("CHILD", ",\"date\":\"2020-01-01\"");
    var path = "/api/members/" + id;
    var body = "{\"organisation\":\"%s\",\"version\":%d,\"date\":\"%s\",\"reason\":\"转接\"}";
    assertThat(api.get(path + "/history", token).status()).isEqualTo(200);
    done(path + "/move", body.formatted("FOREIGN", 1, "2024-01-01"));
    done(path + "/move", body.formatted("C2", 2, "2022-01-01"));
    assertThat(api.get(path, token).status()).isEqualTo(403);
    assertThat(api.get(path + "/history", token).status()).isEqualTo(403);
  }
}
