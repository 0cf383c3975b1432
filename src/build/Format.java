import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * google-java-format over all sources: {@code check} fails where a file is not in form, {@code
 * apply} rewrites it. A program of its own because the formatter needs the JDK 25 of the toolchain
 * to read today's syntax, while Spotless runs on whatever JDK Maven runs on.
 */
final class Format {
  public static void main(String[] args) throws Exception {
    var apply = args[0].equals("apply");
    var formatter = new Formatter();
    var wrong = new ArrayList<Path>();
    for (var root : args[1].split(",")) {
      if (!Files.isDirectory(Path.of(root))) {
        continue;
      }
      try (var files = Files.walk(Path.of(root))) {
        for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          var text = Files.readString(file);
          var ordered =
              ImportOrderer.reorderImports(
                  RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
          var formatted = formatter.formatSource(ordered);
          if (!formatted.equals(text)) {
            wrong.add(file);
            if (apply) {
              Files.writeString(file, formatted);
            }
          }
        }
      }
    }
    if (!apply && !wrong.isEmpty()) {
      wrong.forEach(file -> System.err.println("not in google-java-format: " + file));
      System.err.println("mvn -q process-sources -Dformat=apply mends it");
      System.exit(1);
    }
  }
}
