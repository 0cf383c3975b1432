package yikao;

import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings that depend on the place where the service is started. */
final class Defaults {
  /** Below everything that an operator may say. */
  private static final int LOWEST = -1_000;

  /**
   * What an embedded H2 needs to behave as PostgreSQL does, and to keep what it has acknowledged
   * when the process is killed: each commit is written at once, and always behind the last. Where
   * H2 2.5 writes into space that has become free, its header points one commit too far back for a
   * while (FileStore.storeBuffer sets lastChunk after writeChunk has written the header), and a
   * kill then loses the last commits. So the file grows while the service runs; a regular stop
   * compacts it.
   */
  private static final String H2_MODE =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
          + ";REUSE_SPACE=FALSE;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE";

  private Defaults() {}

  static PropertySource source() {
    var data = Path.of(setting("yikao.data", ".yikao")).toAbsolutePath().normalize();
    return PropertySource.of("defaults", new HashMap<>(settings(data)), LOWEST);
  }

  /** The folder of the bank, as far as it is known before the settings are read. */
  static Path bank() {
    return Path.of(setting("yikao.bank", "question-bank"));
  }

  /** The defaults of a folder of data. */
  static Map<String, Object> settings(Path data) {
    return Map.of(
        "yikao.data", data.toString(),
        "yikao.secrets", data.resolve("secrets.properties").toString(),
        "yikao.database.url", h2(data.resolve("database").resolve("yikao")));
  }

  /**
   * {@code async} keeps the file open where a thread is interrupted; the default would close it.
   */
  static String h2(Path file) {
    return "jdbc:h2:async:" + file + H2_MODE;
  }

  private static String setting(String name, String otherwise) {
    var environment = System.getenv(name.toUpperCase(java.util.Locale.ROOT).replace('.', '_'));
    return System.getProperty(name, environment == null ? otherwise : environment);
  }
}
