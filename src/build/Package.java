import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Puts together the folder that is copied to a server, and makes its AOT cache by a training run:
 * the service as it will run, a few calls of each kind, SIGTERM. A training that fails leaves a
 * folder without a cache, which starts slower, and says so; the build goes on.
 *
 * <p>Arguments: the project's folder, the folder to make, the instant that all its files carry (the
 * cache is refused where a jar's time has changed, so that a copy must keep it).
 */
final class Package {
  private static final long START_MILLIS = 120_000;
  private final Path folder;
  private final FileTime time;
  private final HttpClient http = HttpClient.newHttpClient();

  private Package(Path folder, FileTime time) {
    this.folder = folder;
    this.time = time;
  }

  public static void main(String[] args) throws Exception {
    var project = Path.of(args[0]);
    var made = new Package(Path.of(args[1]), FileTime.from(Instant.parse(args[2])));
    made.gather(project, project.resolve("target"));
    made.train();
  }

  private void gather(Path project, Path target) throws IOException {
    delete(folder);
    copy(project.resolve("src/dist"), folder);
    copy(project.resolve("question-bank"), folder.resolve("question-bank"));
    copy(target.resolve("lib"), folder.resolve("lib"));
    copy(target.resolve("yikao.jar"), folder.resolve("yikao.jar"));
    if (Files.exists(target.resolve("bom.json"))) { // an offline build makes none
      copy(target.resolve("bom.json"), folder.resolve("bom.json"));
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        var there = to.resolve(from.relativize(file).toString());
        if (file.toString().endsWith(".jar")) {
          store(file, there);
        } else if (!Files.isDirectory(there)) {
          Files.copy(file, there, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /** Copies a jar without compression: classes that are not in the cache are read faster. */
  private static void store(Path from, Path to) throws IOException {
    try (var in = new ZipFile(from.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(to))) {
      out.setMethod(ZipOutputStream.STORED);
      for (var old : in.stream().toList()) {
        var bytes = in.getInputStream(old).readAllBytes();
        var crc = new CRC32();
        crc.update(bytes);
        var entry = new ZipEntry(old.getName());
        entry.setTimeLocal(old.getTimeLocal());
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void train() throws IOException {
    var data = Files.createTempDirectory("yikao-training");
    var cache = folder.resolve("yikao.aot").toAbsolutePath();
    try {
      run(data, "-Xlog:disable -XX:AOTCacheOutput=" + cache);
      Files.setLastModifiedTime(cache, time);
      System.out.printf("AOT cache: %d MB%n", Files.size(cache) >> 20);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(cache);
      Files.deleteIfExists(folder.resolve("yikao.aot.config"));
      System.out.printf("no AOT cache, so the service will start slower: %s%n", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      delete(data);
    }
  }

  private void run(Path data, String options) throws IOException, InterruptedException {
    var port = freePort();
    var managementPort = freePort();
    var builder = new ProcessBuilder(folder.resolve("bin/yikao").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("YIKAO_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "JAVA_OPTS", options,
                "YIKAO_DATA", data.toString(),
                "YIKAO_PORT", Integer.toString(port),
                "YIKAO_MANAGEMENT_PORT", Integer.toString(managementPort)));
    var log = data.resolve("log").toFile();
    var service = builder.redirectErrorStream(true).redirectOutput(log).start();
    try {
      var base = "http://127.0.0.1:" + port;
      var management = "http://127.0.0.1:" + managementPort;
      awaitReady(service, management, data.resolve("log"));
      calls(base);
      get(management + "/prometheus");
      service.destroy();
      if (!service.waitFor(60, TimeUnit.SECONDS)) {
        throw new IOException("the training did not end");
      }
    } finally {
      service.destroyForcibly();
    }
  }

  private void awaitReady(Process service, String management, Path log)
      throws IOException, InterruptedException {
    var until = System.currentTimeMillis() + START_MILLIS;
    while (System.currentTimeMillis() < until && service.isAlive()) {
      try {
        if (get(management + "/health/readiness").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IOException("the service did not start: " + Files.readString(log));
  }

  /** One of each kind of call, some of them often, as the first minute of a server brings them. */
  private void calls(String base) throws IOException, InterruptedException {
    var api = base + "/api";
    var quiz = field("id", get(api + "/quizzes").body());
    for (var i = 0; i < 20; i++) {
      attempt(api, quiz);
    }
    for (var path :
        new String[] {
          "/",
          "/quizzes/" + quiz,
          "/quizzes/" + quiz + "/leaderboard",
          "/api/areas",
          "/api/quizzes/" + quiz,
          "/api/quizzes/" + quiz + "/leaderboard",
          "/api/quizzes/" + quiz + "/leaderboard?by=branch",
          "/assets/yikao.css",
          "/nowhere"
        }) {
      get(base + path);
    }
  }

  private void attempt(String api, String quiz) throws IOException, InterruptedException {
    var guest = "{\"participant\":{\"name\":\"王小明\",\"branch\":\"第一支部\"}}";
    var start = HttpRequest.newBuilder(URI.create(api + "/quizzes/" + quiz + "/attempts"));
    start.header("Idempotency-Key", UUID.randomUUID().toString());
    var started = send(start.POST(BodyPublishers.ofString(guest))).body();
    var here = api + "/attempts/" + field("id", started);
    var token = "Bearer " + field("token", started);
    var choice = field("id", started.substring(started.indexOf("\"choices\"")));
    var response = "{\"sequence\":1,\"choices\":[\"%s\"]}".formatted(choice);
    var save = HttpRequest.newBuilder(URI.create(here + "/responses/1"));
    send(save.PUT(BodyPublishers.ofString(response)).header("Authorization", token));
    send(HttpRequest.newBuilder(URI.create(here)).header("Authorization", token));
    var submit = HttpRequest.newBuilder(URI.create(here + "/submission"));
    send(submit.POST(BodyPublishers.ofString("{}")).header("Authorization", token));
    send(HttpRequest.newBuilder(URI.create(here + "/review")).header("Authorization", token));
  }

  private HttpResponse<String> get(String address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(address)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.header("Content-Type", "application/json").build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String field(String name, String json) throws IOException {
    var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    if (!found.find()) {
      throw new IOException("no " + name + " in " + json);
    }
    return found.group(1);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
