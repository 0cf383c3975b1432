package yikao.attempt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import yikao.attempt.Responses.Given;
import yikao.question.Response;

/**
 * Responses as they are stored: {@code [[number,sequence,afterMillis,{"choice":…}],…]}, short
 * enough to be rewritten at each save. Choices are a string with blanks, texts an array.
 */
final class ResponsesCodec {
  private static final JsonFactory JSON = new JsonFactory();

  private ResponsesCodec() {}

  static String encode(Responses responses) {
    var text = new StringWriter(responses.byNumber().size() * 32);
    try (var json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (var entry : responses.byNumber().entrySet()) {
        encode(json, entry);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void encode(JsonGenerator json, Map.Entry<Integer, Given> entry)
      throws IOException {
    json.writeStartArray();
    json.writeNumber(entry.getKey());
    json.writeNumber(entry.getValue().sequence());
    json.writeNumber(entry.getValue().afterMillis());
    switch (entry.getValue().response()) {
      case Response.Chosen(var choices) -> json.writeString(String.join(" ", choices));
      case Response.Written(var texts) -> {
        json.writeStartArray();
        for (var t : texts) {
          json.writeString(t);
        }
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  static Responses decode(String text) {
    var responses = new HashMap<Integer, Given>();
    try (var json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        var number = json.nextIntValue(0);
        var sequence = json.nextIntValue(0);
        var after = json.nextLongValue(0);
        responses.put(number, new Given(sequence, after, response(json)));
        json.nextToken();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Responses(responses);
  }

  private static Response response(JsonParser json) throws IOException {
    if (json.nextToken() == JsonToken.VALUE_STRING) {
      var choices = new HashSet<String>();
      for (var choice : json.getText().split(" ", -1)) {
        if (!choice.isEmpty()) {
          choices.add(choice);
        }
      }
      return new Response.Chosen(choices);
    }
    var texts = new ArrayList<String>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      texts.add(json.getText());
    }
    return new Response.Written(texts);
  }
}
