package yikao.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.TestService;
import yikao.api.Client;

/** A city taken in by the service as it is shipped, with no more memory than there. */
@Tag("full")
final class CityHeapIT {

  @Test
  void city_isTakenInAndOutWithTheShippedHeap(@TempDir Path data) throws Exception {
    try (var service = ServiceProcess.startAsShipped(data, Map.of())) {
      var api = new Client(service.uri());
      imported(api, "organisations", City.organisations(), City.BRANCHES + City.COUNTIES + 1);
      imported(api, "members", City.members(new Random(1)), City.MEMBERS);
      var request =
          HttpRequest.newBuilder(service.uri().resolve("/api/exports/members?phones=true"))
              .header("Authorization", "Bearer " + TestService.editorToken())
              .build();
      var export =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(export.statusCode()).isEqualTo(200);
      assertThat(Sheets.read(export.body())).hasSize(City.MEMBERS + 1);
      assertThat(service.process().isAlive()).isTrue();
      assertThat(service.log()).doesNotContain("OutOfMemory", "ERROR");
    }
  }

  private static void imported(Client api, String kind, byte[] file, int rows) {
    var headers = new HashMap<>(Client.bearer(TestService.editorToken()));
    headers.put("Content-Type", ImportsApi.XLSX);
    var brought = api.send("POST", "/api/imports/" + kind, file, headers);
    assertThat(brought.status()).as(brought.body()).isEqualTo(201);
    var path = "/api/imports/" + brought.text("id");
    await(api, path, "checked");
    var confirmed =
        api.post(path + "/confirmation", "{\"rows\":\"all\"}", TestService.editorToken());
    assertThat(confirmed.status()).as(confirmed.body()).isBetween(200, 202);
    await(api, path, "imported");
    assertThat(api.get(path, TestService.editorToken()).json().get("imported").getIntValue())
        .isEqualTo(rows);
  }

  private static void await(Client api, String path, String state) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> api.get(path, TestService.editorToken()).text("state").equals(state));
  }
}
