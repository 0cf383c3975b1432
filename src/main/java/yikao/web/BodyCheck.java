package yikao.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import yikao.text.WrittenText;
import yikao.web.BodyShape.Value;
import yikao.web.Problem.FieldError;

/**
 * Compares the JSON of a body with what it may consist of, before it is read: a decoder passes over
 * a field that it does not know and makes a whole number of 1.5.
 */
final class BodyCheck {
  /** Digits before and after the point that a number may have; no field allows nearly as many. */
  private static final int MOST_DIGITS = 40;

  private static final int MOST_OF_A_NAME = 60;

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser parser;
  private final List<FieldError> errors = new ArrayList<>();

  private BodyCheck(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Whether there is anything but white space or {@code null}.
   *
   * @throws Problem {@code malformed} where it is no JSON, {@code invalid} with the first twenty
   *     fields that are unknown, of a wrong type, or there twice
   */
  static boolean isPresent(BodyShape.Fields shape, byte[] body) {
    try (var parser = JSON.createParser(body)) {
      var check = new BodyCheck(parser);
      var first = parser.nextToken();
      var present = first != null && first != JsonToken.VALUE_NULL;
      if (present) {
        check.value(shape);
      }
      if (first != null && check.errors.isEmpty() && parser.nextToken() != null) {
        throw malformed();
      }
      check.end();
      return present;
    } catch (IOException e) {
      throw malformed();
    }
  }

  private static Problem malformed() {
    return Problem.of(HttpStatus.BAD_REQUEST, "malformed");
  }

  private void end() {
    if (!errors.isEmpty()) {
      throw Problem.invalidBody(errors);
    }
  }

  private void error(FieldError error) {
    errors.add(error);
    if (errors.size() == Problem.MOST_OF_A_BODY) {
      end();
    }
  }

  private void value(BodyShape shape) throws IOException {
    switch (shape) {
      case BodyShape.Fields fields -> object(fields);
      case BodyShape.Entries entries -> entries(entries.of());
      case BodyShape.Items items -> items(items.of());
      case BodyShape.Word word -> word(word.words());
      case Value value -> single(value);
    }
  }

  private void object(BodyShape.Fields fields) throws IOException {
    if (!begins(JsonToken.START_OBJECT, "field.object")) {
      return;
    }
    var seen = 0L;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var field = fields.byName().get(parser.currentName());
      parser.nextToken();
      if (field == null) {
        refuse("field.unknown");
      } else if ((seen & field.bit()) != 0) {
        refuse("field.twice");
      } else if (!parser.hasToken(JsonToken.VALUE_NULL)) {
        value(field.shape());
      }
      seen |= field == null ? 0 : field.bit();
    }
  }

  private void entries(BodyShape of) throws IOException {
    if (!begins(JsonToken.START_OBJECT, "field.object")) {
      return;
    }
    var seen = new HashSet<String>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      if (!WrittenText.isStorable(name)) {
        refuse("text.not-storable");
      } else if (!seen.add(name)) {
        refuse("field.twice");
      } else {
        item(of);
      }
    }
  }

  private void items(BodyShape of) throws IOException {
    if (!begins(JsonToken.START_ARRAY, "field.list")) {
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      item(of);
    }
  }

  /** A field may be {@code null}, which is as if it were left out; an item may not. */
  private void item(BodyShape shape) throws IOException {
    if (parser.hasToken(JsonToken.VALUE_NULL)) {
      refuse("missing");
    } else {
      value(shape);
    }
  }

  /** The value is passed over whole. */
  private void refuse(String code, Object... arguments) throws IOException {
    error(FieldError.of(path(), code, arguments));
    parser.skipChildren();
  }

  /** Whether the value is of this type; otherwise it is refused. */
  private boolean begins(JsonToken wanted, String otherwise) throws IOException {
    if (parser.hasToken(wanted)) {
      return true;
    }
    refuse(otherwise);
    return false;
  }

  private void word(Set<String> words) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING) || !words.contains(parser.getText())) {
      refuse("field.one-of", String.join(", ", words));
    }
  }

  private void single(Value value) throws IOException {
    switch (value) {
      case TEXT -> text();
      case INT -> whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(Long.MIN_VALUE, Long.MAX_VALUE);
      case DECIMAL -> decimal();
      case TRUTH -> truth();
      case INSTANT -> instant();
      case IDENTIFIER -> identifier();
    }
  }

  private void text() throws IOException {
    if (begins(JsonToken.VALUE_STRING, "field.text") && !WrittenText.isStorable(parser.getText())) {
      refuse("text.not-storable");
    }
  }

  private void whole(long least, long most) throws IOException {
    if (!begins(JsonToken.VALUE_NUMBER_INT, "field.whole")) {
      return;
    }
    var big = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
    if (big || parser.getLongValue() < least || parser.getLongValue() > most) {
      refuse("range", Long.toString(least), Long.toString(most));
    }
  }

  private void decimal() throws IOException {
    var isNumber =
        parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)
            || begins(JsonToken.VALUE_NUMBER_INT, "field.number");
    if (isNumber && !isModest(parser.getText())) {
      refuse("field.digits", MOST_DIGITS);
    }
  }

  /** What follows computes with it: a few characters can stand for a billion digits. */
  private static boolean isModest(String number) {
    try {
      var decimal = new BigDecimal(number);
      return decimal.precision() <= MOST_DIGITS && Math.abs((long) decimal.scale()) <= MOST_DIGITS;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void truth() throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_TRUE)) {
      begins(JsonToken.VALUE_FALSE, "field.truth");
    }
  }

  private void instant() throws IOException {
    if (begins(JsonToken.VALUE_STRING, "field.instant")) {
      WrittenValues.instant(path(), parser.getText()).ifPresent(this::error);
    }
  }

  private void identifier() throws IOException {
    if (begins(JsonToken.VALUE_STRING, "field.identifier")) {
      WrittenValues.identifier(path(), parser.getText()).ifPresent(this::error);
    }
  }

  /** Where the parser is: {@code sections[0].count}. */
  private String path() {
    var path = new StringBuilder();
    append(path, parser.getParsingContext());
    return path.isEmpty() ? "body" : path.toString();
  }

  private static void append(StringBuilder path, JsonStreamContext context) {
    if (context.getParent() != null) {
      append(path, context.getParent());
    }
    if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else if (context.inObject() && context.hasCurrentName()) {
      path.append(path.isEmpty() ? "" : ".").append(readable(context.getCurrentName()));
    }
  }

  /** A name that the caller made up, as it may stand in an answer. */
  private static String readable(String name) {
    return WrittenText.shown(name, 1, MOST_OF_A_NAME, false).orElse("?");
  }
}
