package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import yikao.TestService;

/** The description of the API, as a developer next door fetches it. */
final class OpenApiIT {
  @Test
  void description_isServedWithExamples_andItsPageNeedsNoOtherHost() {
    try (var service = TestService.start(Map.of())) {
      var api = new Client(service.uri());
      var file = api.get("/swagger/yikao.yml").body();
      assertThat(file)
          .startsWith("openapi: 3.1")
          .contains("/api/attempts/{id}/submission", "examples:", "王小明")
          .doesNotContain("\"null\"");
      var page = api.get("/swagger").body();
      assertThat(page).contains("swagger-ui-bundle.js").doesNotContain("unpkg", "cdn");
      assertThat(api.get("/swagger/ui/swagger-ui-bundle.js").status()).isEqualTo(200);
    }
  }
}
