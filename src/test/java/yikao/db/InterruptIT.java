package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.api.Client;

/** An interrupted thread that reads the file of H2 does not close it for everybody. */
final class InterruptIT {

  @Test
  void interruptedReader_leavesTheDatabaseOpen(@TempDir Path folder) throws Exception {
    try (var service = TestService.start(Map.of("yikao.database.url", TestService.file(folder)))) {
      var dsl = service.context().getBean(DSLContext.class);
      dsl.execute("create table wide (id int primary key, text varchar)");
      dsl.execute("insert into wide select \"X\", repeat('x', 2000) from system_range(1, 20000)");
      for (var i = 0; i < 20; i++) {
        var reader =
            Thread.ofPlatform()
                .start(() -> {
                  Thread.currentThread().interrupt();
                  try {
                    dsl.fetch("select sum(length(text)) from wide");
                  } catch (RuntimeException e) {
                    // what becomes of the interrupted one is its own affair
                  }
                });
        reader.join();
      }
      var api = new Client(service.uri());
      var quiz = api.get("/api/quizzes").json().get(1).get("id").getStringValue();
      var started = api.start(quiz);
      assertThat(started.status()).isEqualTo(201);
      assertThat(api.submit(started, "{}").status()).isEqualTo(200);
    }
  }
}
