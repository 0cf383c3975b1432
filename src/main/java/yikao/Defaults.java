package yikao;

import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import yikao.db.EmbeddedDatabases;

/** Settings that depend on the place where the service is started. */
final class Defaults {
  /** Below everything that an operator may say. */
  private static final int LOWEST = -1_000;

  private static final int MANAGEMENT_PORT = 9_080;
  private static final int BESIDE = 1_000;
  private static final int MOST_PORTS = 65_535;

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
        "yikao.management.port", managementPort(setting("yikao.port", "8080")),
        "yikao.secrets", data.resolve("secrets.properties").toString(),
        "yikao.database.url", h2(data.resolve("database").resolve("yikao")),
        // a thread for each core: more of them only take turns
        "micronaut.server.netty.worker.threads", Runtime.getRuntime().availableProcessors());
  }

  /** Beside the port of the service, so that several nodes on one machine do not meet. */
  static int managementPort(String port) {
    if (!port.matches("[0-9]{1,5}")) {
      return MANAGEMENT_PORT; // what is wrong with it is said elsewhere
    }
    var number = Integer.parseInt(port);
    return number + BESIDE <= MOST_PORTS ? number + BESIDE : number - BESIDE;
  }

  /** The address of an embedded database in a file. */
  static String h2(Path file) {
    return EmbeddedDatabases.url(file);
  }

  private static String setting(String name, String otherwise) {
    var environment = System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_'));
    return System.getProperty(name, environment == null ? otherwise : environment);
  }
}
