package yikao.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import yikao.TestService;

/** Every migration that there is, is run by the service itself, on each kind of database. */
final class MigrationsIT {
  private static List<String> files() throws IOException {
    try (var files = Files.walk(Path.of("src", "main", "resources", "db"))) {
      return files
          .map(f -> String.valueOf(f.getFileName()))
          .filter(name -> name.endsWith(".sql"))
          .map(name -> name.replaceAll("^V(\\d+)__.*", "$1"))
          .toList();
    }
  }

  private static List<String> applied(DSLContext dsl) {
    return dsl.fetch(
            "select \"version\" from \"flyway_schema_history\" where \"version\" is not null")
        .getValues(0, String.class);
  }

  @Test
  void allOnH2() throws IOException {
    try (var service = TestService.start(Map.of())) {
      assertThat(applied(service.context().getBean(DSLContext.class)))
          .containsExactlyInAnyOrderElementsOf(files());
    }
  }

  @Test
  void allOnPostgres_withWhatItIsToldOfStorage() throws Exception {
    try (var service = TestService.start(Postgres.database())) {
      var dsl = service.context().getBean(DSLContext.class);
      assertThat(applied(dsl)).containsExactlyInAnyOrderElementsOf(files());
      var options =
          dsl.fetchSingle("select reloptions::text from pg_class where relname = 'progress'");
      assertThat(options.get(0, String.class)).contains("fillfactor=40");
      var storage =
          dsl.fetchSingle(
              "select attstorage::text from pg_attribute where attrelid = 'result'::regclass and"
                  + " attname = 'responses'");
      assertThat(storage.get(0, String.class)).isEqualTo("m");
    }
  }
}
