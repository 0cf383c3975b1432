package yikao;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The service as a process of its own, as an operator starts it; it can be killed. */
public final class ServiceProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final int managementPort;
  private final Path log;

  private ServiceProcess(Process process, int port, int managementPort, Path log) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
    this.log = log;
  }

  /** Starts over the data of a folder, and waits until it is ready. */
  public static ServiceProcess start(Path data, Map<String, String> settings) {
    return ready(launch(data, settings));
  }

  /** With the options of the JVM that are shipped, and so with no more memory than there. */
  public static ServiceProcess startAsShipped(Path data, Map<String, String> settings)
      throws IOException {
    try (var lines = Files.lines(Path.of("src", "dist", "bin", "jvm.options"))) {
      var options = lines.filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
      return ready(launch(data, settings, options));
    }
  }

  private static ServiceProcess ready(ServiceProcess service) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !service.process.isAlive() || service.isReady());
    if (!service.process.isAlive()) {
      throw new IllegalStateException(service.log());
    }
    return service;
  }

  /** Starts, and does not wait. */
  public static ServiceProcess launch(Path data, Map<String, String> settings) {
    return launch(data, settings, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
  }

  private static ServiceProcess launch(
      Path data, Map<String, String> settings, List<String> options) {
    try {
      Files.createDirectories(data);
      if (!Files.exists(data.resolve("secrets.properties"))) {
        TestService.secrets(data);
      }
      var port = freePort();
      var managementPort = freePort();
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-XX:+AutoCreateSharedArchive",
                  "-XX:SharedArchiveFile=" + Path.of("target", "service.jsa").toAbsolutePath(),
                  "-Xlog:cds=off,cds+dynamic=off",
                  "-Dyikao.data=" + data,
                  "-Dyikao.port=" + port,
                  "-Dyikao.management.port=" + managementPort,
                  "-Dyikao.first-access=token",
                  "-Dyikao.limits.starts-per-minute=1000000"));
      command.addAll(options);
      settings.forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
      command.addAll(List.of("-cp", classPath(), "yikao.Application"));
      var log = data.resolve("service.log");
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ServiceProcess(process, port, managementPort, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the tests, and in the build with the jar, which may come from the archive. */
  private static String classPath() {
    var jar = System.getProperty("service.jar");
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .map(entry -> jar != null && entry.endsWith("classes") ? jar : entry)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** One that nothing listens on. */
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() {
    try {
      var request = HttpRequest.newBuilder(management().resolve("/health/readiness")).build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where metrics and health are. */
  public URI management() {
    return URI.create("http://127.0.0.1:" + managementPort);
  }

  public Process process() {
    return process;
  }

  /** Everything it has printed. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
  }

  /** SIGTERM. */
  @Override
  public void close() {
    process.destroy();
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> !process.isAlive());
  }
}
