package yikao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The files that the service is built from. */
final class Sources {
  static final Path JAVA = Path.of("src/main/java");
  static final Path TEMPLATES = Path.of("src/main/jte");
  static final Path ASSETS = Path.of("src/main/resources/assets");

  private Sources() {}

  static List<Path> files(Path folder, String ending) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of a language. */
  static Properties messages(String language) {
    var properties = new Properties();
    try (var reader =
        Files.newBufferedReader(
            Path.of("src/main/resources/messages_%s.properties".formatted(language)))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
