import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tidies the generated OpenAPI file. Fields that may be absent are marked {@code @Nullable}; the
 * generator writes them at 3.1 as unions with "null" and "object", and references as "null" and the
 * schema at once, which no client could satisfy. What is absent here is never null, so the plain
 * type says it.
 */
final class OpenApi {
  public static void main(String[] args) throws Exception {
    var file = Path.of(args[0]);
    var text = Files.readString(file);
    var tidy =
        text.replaceAll(
                "(?m)^( +)type:\\n\\1- (\\w+)\\n\\1- \"null\"(\\n\\1- object)?$", "$1type: $2")
            .replaceAll("(?m)^ +type: \"null\"\\n(?= +allOf:)", "")
            .replaceAll(
                "(?m)^( +)type: \"null\"\\n(?= +additionalProperties:)", "$1type: object\n");
    if (tidy.contains("\"null\"")) {
      System.err.println("the OpenAPI file has a form of null that is not known here: " + file);
      System.exit(1);
    }
    if (!tidy.equals(text)) {
      Files.writeString(file, tidy);
    }
  }
}
