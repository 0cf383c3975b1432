package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.StaffBrowser;

/** What the operator's settings for how long something is kept do to a service that runs. */
final class RetentionIT {
  private final Map<String, Object> database = new HashMap<>();

  RetentionIT() {
    database.put("yikao.database.url", TestService.memory());
  }

  private static String former(Client api, int days) {
    var joined = LocalDate.now().minusDays(30);
    var made =
        api.post(
            "/api/members",
            """
            {"name":"王小明","organisation":"A","date":"%s","reason":"登记"}\
            """
                .formatted(joined),
            TestService.editorToken());
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    var gone =
        api.post(
            "/api/members/%s/state".formatted(made.text("id")),
            """
            {"state":"transferred","version":1,"date":"%s","reason":"转出"}\
            """
                .formatted(LocalDate.now().minusDays(days)),
            TestService.editorToken());
    assertThat(gone.status()).as(gone.body()).isEqualTo(200);
    return made.text("id");
  }

  private static int status(Client api, String member) {
    return api.get("/api/members/" + member, TestService.editorToken()).status();
  }

  /** Who left longer ago than the setting says is erased by the service itself; nobody else is. */
  @Test
  void formerMembers_areKeptAsLongAsTheSettingSays() {
    String longAgo;
    String lately;
    try (var service = TestService.start(database)) {
      var api = new Client(service.uri());
      service.edit("PUT", "/api/organisations", "code,name,parent\nA,第一党支部,\n");
      longAgo = former(api, 20);
      lately = former(api, 5);
    }
    database.put("yikao.retention.former-members", "10d");
    try (var service = TestService.start(database)) {
      var api = new Client(service.uri());
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status(api, longAgo) == 404);
      assertThat(status(api, lately)).isEqualTo(200);
      var keeper = StaffBrowser.of(api, "keeper", "administrator", "");
      var page = keeper.get("/console/members/" + longAgo);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body()).contains("保存期满", "由系统于").doesNotContain("王小明");
      assertThat(keeper.get("/console/members/" + lately).body()).contains("王小明", "满 10 天");
    }
  }
}
