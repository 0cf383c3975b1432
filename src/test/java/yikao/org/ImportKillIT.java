package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.db.jooq.Tables.IMPORT_PORTION;
import static yikao.db.jooq.Tables.MEMBER;
import static yikao.db.jooq.Tables.MEMBERSHIP;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.db.Postgres;

/**
 * The service is killed while it imports members; what is there are whole portions, and it goes on.
 */
@Tag("full")
final class ImportKillIT {
  private static final int ROWS = 4_000;

  /** Passed over; so long that a portion has some five hundred rows. */
  private static final String PATH = "x".repeat(1_900);

  @Test
  void killedOnH2_goesOnWhereItWas(@TempDir Path data) throws Exception {
    // the test lets go of it when it has looked
    var url =
        TestService.file(data.resolve("database")).replace("DB_CLOSE_DELAY=-1", "DB_CLOSE_DELAY=0");
    killed(data, Map.of(), url, "sa");
  }

  @Test
  void killedOnPostgres_goesOnWhereItWas(@TempDir Path data) throws Exception {
    var settings = new HashMap<String, String>();
    Postgres.database().forEach((name, value) -> settings.put(name, value.toString()));
    killed(
        data,
        settings,
        Objects.requireNonNull(settings.get("yikao.database.url")),
        Objects.requireNonNull(settings.get("yikao.database.user")));
  }

  private static void killed(Path data, Map<String, String> settings, String url, String user)
      throws Exception {
    var all = new HashMap<>(settings);
    all.put("yikao.jobs.at-once", "1ms");
    var service = ServiceProcess.start(data, all);
    try {
      var id = brought(new Client(service.uri()));
      var api = new Client(service.uri());
      confirm(api, id);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> imported(api, id) > 0);
      service.kill();
      var left = whole(url, user);
      assertThat(left).isBetween(1, ROWS - 1);
      service = ServiceProcess.start(data, all);
      var again = new Client(service.uri());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> state(again, id).text("state").equals("imported"));
      assertThat(imported(again, id)).isEqualTo(ROWS);
      assertThat(state(again, id).json().get("added").getIntValue()).isEqualTo(ROWS);
    } finally {
      service.kill();
    }
    assertThat(whole(url, user)).isEqualTo(ROWS);
  }

  private static String brought(Client api) {
    var token = Client.bearer(TestService.editorToken());
    var headers = new HashMap<>(token);
    headers.put("Content-Type", "text/csv");
    var tree = api.send("PUT", "/api/organisations", "code,name,parent\nA,甲支部,\n", headers);
    assertThat(tree.status()).as(tree.body()).isEqualTo(200);
    var rows = new StringBuilder("姓名,组织编号,编号,手机,路径\n");
    for (var i = 0; i < ROWS; i++) {
      rows.append("党员%d,A,N%1$d,%d,%s%n".formatted(i, 13_800_000_000L + i, PATH));
    }
    var brought = api.send("POST", "/api/imports/members", rows.toString(), headers);
    assertThat(brought.status()).as(brought.body()).isEqualTo(201);
    var id = brought.text("id");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> state(api, id).text("state").equals("checked"));
    return id;
  }

  private static void confirm(Client api, String id) {
    var confirmed =
        api.post(
            "/api/imports/%s/confirmation".formatted(id),
            "{\"rows\":\"all\"}",
            TestService.editorToken());
    assertThat(confirmed.status()).as(confirmed.body()).isBetween(200, 202);
  }

  private static Reply state(Client api, String id) {
    return api.get("/api/imports/" + id, TestService.editorToken());
  }

  private static int imported(Client api, String id) {
    return state(api, id).json().get("imported").getIntValue();
  }

  /** How many rows are imported, each portion whole and once; without the service. */
  private static int whole(String url, String user) throws Exception {
    try (var connection = DriverManager.getConnection(url, user, "")) {
      var dsl = DSL.using(connection);
      var rows =
          dsl
              .select(IMPORT_PORTION.FINDINGS)
              .from(IMPORT_PORTION)
              .where(IMPORT_PORTION.IMPORTED)
              .fetch(IMPORT_PORTION.FINDINGS)
              .stream()
              .mapToInt(findings -> Finding.unpacked(findings).size())
              .sum();
      assertThat(dsl.fetchCount(MEMBER)).isEqualTo(rows);
      assertThat(dsl.fetchCount(MEMBERSHIP)).isEqualTo(rows);
      assertThat(dsl.select(DSL.countDistinct(MEMBER.NUMBER)).from(MEMBER).fetchSingle().value1())
          .isEqualTo(rows);
      return rows;
    }
  }
}
