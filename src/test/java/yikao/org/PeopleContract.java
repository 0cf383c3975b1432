package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.IMPORT_FILE;
import static yikao.db.jooq.Tables.IMPORT_PORTION;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.MEMBERSHIP;
import static yikao.db.jooq.Tables.MEMBER_NAME_PART;
import static yikao.db.jooq.Tables.ORGANISATION;
import static yikao.db.jooq.Tables.ORGANISATION_VERSION;

import io.micronaut.json.tree.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.db.Transactions;

/**
 * Organisations and members over the API: what its contracts share. One service for all tests of a
 * class; each finds three organisations and nobody in them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeopleContract {
  static final List<Object> HEADINGS = List.of("姓名", "组织编号", "状态", "编号", "手机", "职务");
  static final List<Object> OF_ORGANISATIONS = List.of("组织编号", "名称", "类别", "上级组织编号");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  TestService service;
  Client api;

  abstract Map<String, Object> database() throws Exception;

  @BeforeAll
  void open() throws Exception {
    var settings = new HashMap<>(database());
    settings.put("yikao.jobs.at-once", "20s");
    service = TestService.start(settings);
    api = new Client(service.uri());
  }

  @AfterAll
  void close() {
    service.close();
  }

  @BeforeEach
  void plant() {
    for (var table :
        List.of(
            IMPORT_PORTION,
            IMPORT_FILE,
            MEMBER_NAME_PART,
            MEMBERSHIP,
            MEMBER,
            ORGANISATION_VERSION,
            ORGANISATION)) {
      dsl().deleteFrom(table).execute();
    }
    service.context().getBean(Organisations.class).refresh();
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", "text/csv");
    var csv = "code,name,parent\nT,市委,\nA,甲支部,T\nB,乙支部,T\n";
    assertThat(api.send("PUT", "/api/organisations", csv, headers).status()).isEqualTo(200);
  }

  DSLContext dsl() {
    return service.context().getBean(Transactions.class).read();
  }

  Reply staff(String method, String path, String body) {
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

  Reply get(String path) {
    return staff("GET", path, "");
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Reply member(String name, String more) {
    var reply =
        staff(
            "POST",
            "/api/members",
            "{\"name\":\"%s\",\"organisation\":\"A\",\"reason\":\"登记\"%s}".formatted(name, more));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply;
  }

  List<String> names(String query) {
    var reply = get("/api/members?" + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return list(reply.json().get("members")).stream()
        .map(m -> m.get("name").getStringValue())
        .toList();
  }

  static List<JsonNode> list(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(array::get).toList();
  }

  Reply bring(String kind, byte[] file, String type) {
    return api.send(
        "POST",
        "/api/imports/" + kind,
        file,
        Map.of("Authorization", "Bearer " + TestService.editorToken(), "Content-Type", type));
  }

  Reply bring(byte[] xlsx) {
    var reply = bring("members", xlsx, ImportsApi.XLSX);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply;
  }

  Reply confirm(Reply brought, String rows) {
    return staff(
        "POST",
        "/api/imports/%s/confirmation".formatted(brought.text("id")),
        "{\"rows\":\"%s\"}".formatted(rows));
  }

  /** New, changed, moved, untouched, refused. */
  static List<Integer> counts(Reply reply) {
    return List.of("added", "changed", "moved", "untouched", "refused").stream()
        .map(field -> reply.json().get(field).getIntValue())
        .toList();
  }

  List<String> refusals(Reply brought) {
    return list(get("/api/imports/%s/rows?verdict=refused".formatted(brought.text("id"))).json())
        .stream()
        .map(r -> r.get("line").getIntValue() + " " + r.get("field").getStringValue())
        .toList();
  }

  byte[] download(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(service.at(path)))
            .header("Authorization", "Bearer " + TestService.editorToken())
            .build();
    var response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
