package yikao.process;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import yikao.ServiceProcess;

/** A real nginx with the project's own configuration, in a folder of its own. */
final class Nginx implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"));
  private final Process process;
  private final Path folder;

  private final int port;

  private Nginx(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Absent where none is installed, which it says. */
  @SuppressWarnings("SystemOut")
  static Optional<Nginx> start(int service, UnaryOperator<String> change) throws IOException {
    var program = PLACES.stream().filter(Files::isExecutable).findFirst();
    if (program.isEmpty()) {
      System.out.println(
          "SKIPPED: the service behind nginx, none on this machine; install it, as with: apt-get"
              + " install -y nginx-light");
      return Optional.empty();
    }
    var folder = Files.createTempDirectory("yikao-nginx");
    var file = folder.resolve("nginx.conf");
    var port = ServiceProcess.freePort();
    var shipped = Files.readString(Path.of("src", "dist", "nginx.conf"));
    var own =
        change
            .apply(shipped)
            .replace("127.0.0.1:8080", "127.0.0.1:" + port)
            .replace("127.0.0.1:8081", "127.0.0.1:" + service)
            .replaceAll("server 127.0.0.1:8082.*", "");
    Files.writeString(file, places(own, folder));
    var process =
        new ProcessBuilder(program.get().toString(), "-p", folder.toString(), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    var nginx = new Nginx(process, folder, port);
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> !process.isAlive() || isListening(port));
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(folder.resolve("log")));
    }
    return Optional.of(nginx);
  }

  private static boolean isListening(int port) {
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Nothing is written outside the folder, and nginx stays in the foreground as one process. */
  private static String places(String configuration, Path folder) {
    var kinds = List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi");
    var paths = new StringBuilder();
    kinds.forEach(k -> paths.append("  %s_temp_path %s/%s;%n".formatted(k, folder, k)));
    return "daemon off;\nmaster_process off;\npid %s/pid;\nerror_log stderr;\n".formatted(folder)
        + configuration
            .replace("worker_processes auto", "worker_processes 1")
            .replace("http {\n", "http {\n" + paths);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> !process.isAlive());
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
