package yikao.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** JSON that can be spoiled: names may be there twice, and any value may be any text. */
sealed interface Json {
  JsonFactory FACTORY = new JsonFactory();

  /** A literal, as it is written. */
  record Literal(String written) implements Json {
    @Override
    public String toString() {
      return written;
    }
  }

  /** A list; changed in place. */
  record Items(List<Json> all) implements Json {
    @Override
    public String toString() {
      return all.stream().map(Json::toString).collect(Collectors.joining(",", "[", "]"));
    }
  }

  /** An object; changed in place. */
  record Fields(List<Field> all) implements Json {
    @Override
    public String toString() {
      return all.stream()
          .map(f -> f.name() + ":" + f.value())
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  /**
   * A field.
   *
   * @param name as it is written, with its quotes
   */
  record Field(String name, Json value) {}

  static Json of(String text) {
    try (var parser = FACTORY.createParser(text)) {
      parser.nextToken();
      return read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static Json read(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        var fields = new ArrayList<Field>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          var name = quoted(parser.currentName());
          parser.nextToken();
          fields.add(new Field(name, read(parser)));
        }
        return new Fields(fields);
      }
      case START_ARRAY -> {
        var items = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(parser));
        }
        return new Items(items);
      }
      case VALUE_STRING -> {
        return new Literal(quoted(parser.getText()));
      }
      default -> {
        return new Literal(parser.getText());
      }
    }
  }

  /** A text as JSON writes it. */
  static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (var c : text.toCharArray()) {
      if (c < ' ' || Character.isSurrogate(c)) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
