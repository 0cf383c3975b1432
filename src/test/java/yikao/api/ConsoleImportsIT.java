package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.api.Client.Reply;

/** Files that are brought on a page of the console: whose they are, and what is no such form. */
final class ConsoleImportsIT {
  private static final String CSV = "name,organisation,number\n王小明,D1,P0001\n";

  private static TestService service;
  private static Client api;
  private static StaffBrowser own;

  @BeforeAll
  static void start() {
    service = TestService.start(Map.of());
    api = new Client(service.uri());
    service.edit("PUT", "/api/organisations", "code,name,parent\nD1,第一党支部,\nD2,第二党支部,\n");
    own = StaffBrowser.of(api, "shuji", "secretary", "D1");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Reply send(StaffBrowser browser, String body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "multipart/form-data; boundary=" + StaffBrowser.BOUNDARY);
    if (!browser.cookies().isEmpty()) {
      headers.put("Cookie", "yikao_staff=" + browser.cookies().get("yikao_staff"));
    }
    return api.send("POST", "/console/imports", body.getBytes(StandardCharsets.UTF_8), headers);
  }

  @Test
  void aFile_isForThoseAloneWhoBroughtIt() {
    var brought = own.postFile("/console/imports", Map.of("kind", "members"), CSV);
    assertThat(brought.status()).as(brought.body()).isEqualTo(303);
    var at = brought.headers().get("location").getFirst();
    assertThat(own.get(at).body()).contains("王小明");
    assertThat(own.get("/console/imports").body()).contains(at);

    var other = StaffBrowser.of(api, "other", "secretary", "D1");
    assertThat(other.get(at).status()).isEqualTo(404);
    assertThat(other.post(at + "/confirmation", Map.of("rows", "all")).status()).isEqualTo(404);
    assertThat(other.get("/console/imports").body()).doesNotContain(at);
  }

  /** Whoever keeps one branch imports into that branch, and no organisations. */
  @Test
  void aFile_changesNothingElsewhere() {
    var foreign = CSV.replace("D1", "D2").replace("P0001", "P0002");
    var brought = own.postFile("/console/imports", Map.of("kind", "members"), foreign);
    var page = own.get(brought.headers().get("location").getFirst());
    assertThat(page.body()).contains("不在您的管理范围内");
    var tree =
        own.postFile("/console/imports", Map.of("kind", "organisations"), "code,name\nX,Y\n");
    assertThat(tree.status()).isEqualTo(403);
  }

  @Test
  void whatIsNoSuchForm_isRefused() {
    var fields = Map.of("form", own.formToken(), "kind", "members");
    assertThat(send(own, StaffBrowser.multipart(fields, "")).status()).isEqualTo(422);
    assertThat(send(own, StaffBrowser.multipart(Map.of("kind", "members"), CSV)).status())
        .isEqualTo(403);
    assertThat(send(own, "no parts at all").status()).isBetween(400, 403);
    var cutOff = StaffBrowser.multipart(fields, CSV).substring(0, 150);
    assertThat(send(own, cutOff).status()).isBetween(400, 422);
    assertThat(send(new StaffBrowser(api), StaffBrowser.multipart(fields, CSV)).status())
        .isEqualTo(303);
    assertThat(api.get("/api/members?organisation=D1", TestService.editorToken()).body())
        .doesNotContain("王小明");
  }
}
