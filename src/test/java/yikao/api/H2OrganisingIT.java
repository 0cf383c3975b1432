package yikao.api;

import java.nio.file.Files;
import java.util.Map;
import yikao.TestService;

/** On an embedded H2 in a file, as it is shipped. */
final class H2OrganisingIT extends OrganisingContract {
  @Override
  Map<String, Object> database() throws Exception {
    return Map.of("yikao.database.url", TestService.file(Files.createTempDirectory("yikao-h2")));
  }
}
