package yikao.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One real PostgreSQL for all tests of a run; each asks for a database of its own. It can be killed
 * and started again over the same data, and frozen.
 */
public final class Postgres {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
  private static EmbeddedPostgres server;
  private static Path data;

  private Postgres() {}

  private static synchronized EmbeddedPostgres server() throws IOException {
    if (server == null) {
      data = Files.createTempDirectory("yikao-postgres");
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(Postgres::stop));
    }
    return server;
  }

  private static void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of a fresh database. */
  public static Map<String, Object> database() throws IOException, SQLException {
    var name = "yikao" + COUNT.incrementAndGet();
    try (var connection = server().getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return Map.of(
        "yikao.database.url",
        server().getJdbcUrl("postgres", name),
        "yikao.database.user",
        "postgres");
  }

  /** The same database, reached through another port. */
  public static Map<String, Object> through(int port, Map<String, Object> database) {
    var url = URI.create(database.get("yikao.database.url").toString().substring("jdbc:".length()));
    return Map.of(
        "yikao.database.url",
        "jdbc:postgresql://127.0.0.1:%d%s?user=postgres&prepareThreshold=0"
            .formatted(port, url.getPath()),
        "yikao.database.user",
        "postgres");
  }

  /** Where it listens. */
  public static int port() throws IOException {
    return server().getPort();
  }

  /** SIGKILL for the server and all its children at once. */
  public static void kill() {
    var all = freeze();
    signal("KILL", all);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Starts it over the data that the killed one has left, and waits until it answers. */
  public static void restart() {
    try {
      var command = new ArrayList<String>();
      if (Files.getOwner(data).getName().equals("root")) {
        command.addAll(List.of("unshare", "-U")); // it refuses to run as root
      }
      var options = Files.readString(data.resolve("postmaster.opts"));
      command.add(options.substring(0, options.indexOf(' ')));
      QUOTED.matcher(options).results().forEach(found -> command.add(found.group(1)));
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(Postgres::answers);
  }

  private static boolean answers() {
    try (var connection = server().getPostgresDatabase().getConnection()) {
      return connection.isValid(5);
    } catch (SQLException | IOException e) {
      return false;
    }
  }

  /**
   * It keeps its connections and answers nothing, until it is thawed. The first process is frozen
   * first, so that it has no more children than are found.
   */
  public static List<ProcessHandle> freeze() {
    signal("STOP", List.of(postmaster()));
    var all = processes();
    signal("STOP", all);
    return all;
  }

  public static void thaw() {
    signal("CONT", processes());
  }

  private static ProcessHandle postmaster() {
    try {
      var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
      return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ProcessHandle> processes() {
    var first = postmaster();
    return Stream.concat(Stream.of(first), first.descendants()).toList();
  }

  private static void signal(String name, List<ProcessHandle> to) {
    var command = new ArrayList<>(List.of("kill", "-" + name));
    to.forEach(p -> command.add(Long.toString(p.pid())));
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
