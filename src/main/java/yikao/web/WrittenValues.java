package yikao.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import yikao.text.WrittenText;
import yikao.web.Problem.FieldError;

/** Single values that a request writes as text: what is wrong with one, where something is. */
final class WrittenValues {
  private static final Pattern IDENTIFIER =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");
  private static final Set<String> TRUTHS = Set.of("true", "false");

  private WrittenValues() {}

  /** What is wrong with a value of this shape. */
  static Optional<FieldError> wrong(String field, BodyShape shape, String text) {
    return switch (shape) {
      case BodyShape.Word(var words) ->
          unless(words.contains(text), field, "field.one-of", String.join(", ", words));
      case BodyShape.Value value -> wrong(field, value, text);
      default -> throw new IllegalArgumentException("no single value: " + shape);
    };
  }

  private static Optional<FieldError> wrong(String field, BodyShape.Value value, String text) {
    return switch (value) {
      case TEXT -> text(field, text);
      case INT -> whole(field, text, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(field, text, Long.MIN_VALUE, Long.MAX_VALUE);
      case DECIMAL -> unless(DECIMAL.matcher(text).matches(), field, "field.number");
      case TRUTH -> unless(TRUTHS.contains(text), field, "field.truth");
      case INSTANT -> instant(field, text);
      case IDENTIFIER -> identifier(field, text);
    };
  }

  static Optional<FieldError> text(String field, String text) {
    return unless(WrittenText.isStorable(text), field, "text.not-storable");
  }

  private static Optional<FieldError> whole(String field, String text, long least, long most) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.of(FieldError.of(field, "field.whole"));
    }
    var number = Long.parseLong(text);
    return unless(
        number >= least && number <= most,
        field,
        "range",
        Long.toString(least),
        Long.toString(most));
  }

  static Optional<FieldError> instant(String field, String text) {
    try {
      return unless(
          Moments.isWithin(Instant.parse(text)),
          field,
          "range",
          Moments.FIRST.toString(),
          Moments.LAST.toString());
    } catch (DateTimeParseException e) {
      return Optional.of(FieldError.of(field, "field.instant"));
    }
  }

  static Optional<FieldError> identifier(String field, String text) {
    return unless(IDENTIFIER.matcher(text).matches(), field, "field.identifier");
  }

  private static Optional<FieldError> unless(
      boolean right, String field, String code, Object... arguments) {
    return right ? Optional.empty() : Optional.of(FieldError.of(field, code, arguments));
  }
}
