import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.h2.tools.RunScript;
import org.jooq.codegen.GenerationTool;

/**
 * Writes the Java that is generated: the tables from the migrations (jOOQ), the pages from their
 * templates (JTE). Each only when something it is made of has changed, by a digest beside the
 * files, so that an unchanged tree is not compiled again. jOOQ removes the files of tables that are
 * gone and leaves alone those that stay the same; JTE is cleaned first.
 *
 * <p>Arguments: the project's folder, the folders for sources and for resources.
 */
final class Generate {
  private final Path project;
  private final Path sources;
  private final Path resources;

  private Generate(Path project, Path sources, Path resources) {
    this.project = project;
    this.sources = sources;
    this.resources = resources;
  }

  public static void main(String[] args) throws Exception {
    var generate = new Generate(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    generate.tables();
    generate.pages();
  }

  private void tables() throws Exception {
    var migrations = migrations();
    var settings = project.resolve("src/main/jooq/codegen.xml");
    var inputs = new ArrayList<>(migrations);
    inputs.add(settings);
    var stamp = new Stamp("jooq", inputs);
    if (stamp.valid()) {
      return;
    }
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    try (var in = Files.newInputStream(settings)) {
      var configuration = GenerationTool.load(in);
      configuration.getGenerator().getTarget().setDirectory(sources.toString());
      try (var connection = DriverManager.getConnection(configuration.getJdbc().getUrl())) {
        for (var migration : migrations) {
          try (var script = Files.newBufferedReader(migration)) {
            RunScript.execute(connection, script);
          }
        }
        var tool = new GenerationTool();
        tool.setConnection(connection);
        tool.run(configuration);
      }
    }
    stamp.write();
  }

  /** In the order in which Flyway runs them. */
  private List<Path> migrations() throws IOException {
    var found = new ArrayList<>(files(project.resolve("src/main/resources/db/common")));
    found.sort(Comparator.comparing(Generate::version));
    return found;
  }

  private static int version(Path migration) {
    var name = migration.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }

  private void pages() throws Exception {
    var templates = project.resolve("src/main/jte");
    var stamp = new Stamp("jte", files(templates));
    if (stamp.valid()) {
      return;
    }
    var name = "yikao.web.templates";
    var engine =
        TemplateEngine.create(
            new DirectoryCodeResolver(templates), sources, ContentType.Html, null, name);
    engine.setBinaryStaticContent(true);
    engine.setTargetResourceDirectory(resources);
    engine.cleanAll();
    Files.createDirectories(resources.resolve(name.replace('.', '/')));
    engine.generateAll();
    stamp.write();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** A digest of the inputs, of the generators (the class path) and of this program. */
  private final class Stamp {
    private final Path file;
    private final String digest;

    Stamp(String name, List<Path> inputs) throws Exception {
      file = sources.resolve(name + ".stamp");
      var sha = MessageDigest.getInstance("SHA-256");
      var jars = System.getProperty("java.class.path").split(File.pathSeparator);
      sha.update(new TreeSet<>(List.of(jars)).toString().getBytes(StandardCharsets.UTF_8));
      sha.update(Files.readAllBytes(project.resolve("src/build/Generate.java")));
      for (var input : inputs) {
        sha.update(project.relativize(input).toString().getBytes(StandardCharsets.UTF_8));
        sha.update(Files.readAllBytes(input));
      }
      digest = HexFormat.of().formatHex(sha.digest());
    }

    /** Whether nothing has changed; otherwise the old digest goes, in case this run fails. */
    boolean valid() throws IOException {
      var same = Files.exists(file) && Files.readString(file).equals(digest);
      if (!same) {
        Files.deleteIfExists(file);
      }
      return same;
    }

    void write() throws IOException {
      Files.createDirectories(sources);
      Files.writeString(file, digest);
    }
  }
}
