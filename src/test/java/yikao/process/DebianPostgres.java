package yikao.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import yikao.ServiceProcess;

/**
 * The machine's own PostgreSQL with its tools, in a folder of its own: the one that Maven brings
 * has no {@code pg_dump}, and a dump wants tools that are not older than the server.
 */
final class DebianPostgres implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private final Path bin;
  private final Path folder;
  private final int port;

  private DebianPostgres(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /** Absent where none is installed, which it says. */
  @SuppressWarnings("SystemOut")
  static Optional<DebianPostgres> start() throws IOException {
    var bin = newest();
    if (bin.isEmpty()) {
      System.out.println(
          "SKIPPED: backup and restore of PostgreSQL, no pg_dump on this machine; install it, as"
              + " with: apt-get install -y postgresql");
      return Optional.empty();
    }
    var folder = Files.createTempDirectory("yikao-postgres");
    if (isRoot()) {
      Commands.run(List.of("chown", "postgres", folder.toString()));
    }
    var server = new DebianPostgres(bin.get(), folder, ServiceProcess.freePort());
    server.create();
    server.begin();
    return Optional.of(server);
  }

  private static Optional<Path> newest() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (var releases = Files.list(INSTALLED)) {
      return releases
          .map(release -> release.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("pg_dump")))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(
              Comparator.comparing(
                  bin -> Integer.valueOf(String.valueOf(bin.getParent().getFileName()))));
    }
  }

  private String cluster() {
    return folder.resolve("cluster").toString();
  }

  private void create() throws IOException {
    var cluster = cluster();
    run("initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
  }

  void begin() throws IOException {
    var options =
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s".formatted(port, folder);
    var log = folder.resolve("log").toString();
    run("pg_ctl", "-D", cluster(), "-l", log, "-w", "-o", options, "start");
  }

  /** At once, as when its machine fails. */
  void end() throws IOException {
    run("pg_ctl", "-D", cluster(), "-m", "immediate", "-w", "stop");
  }

  /** The settings of a service over one of its databases. */
  Map<String, String> settings(String database) {
    return Map.of(
        "yikao.database.url",
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database),
        "yikao.database.user",
        "postgres");
  }

  Path dump(String database) throws IOException {
    var file = folder.resolve(database + ".dump");
    run("pg_dump", at("-Fc", "-f", file.toString(), database));
    return file;
  }

  void restore(Path file, String database) throws IOException {
    run("createdb", at(database));
    run("pg_restore", at("--exit-on-error", "-d", database, file.toString()));
  }

  private String[] at(String... arguments) {
    var all =
        new ArrayList<>(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "postgres"));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private void run(String tool, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(bin.resolve(tool).toString());
    command.addAll(List.of(arguments));
    if (Commands.run(command) != 0) {
      throw new IllegalStateException("failed: " + command);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  @Override
  public void close() throws IOException {
    end();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
