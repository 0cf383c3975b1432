package yikao.web;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An error that the caller can understand and act on (RFC 9457). Its texts are in {@code
 * messages_*.properties} under its code.
 */
public final class Problem extends RuntimeException {
  /** How many errors of one body are told. */
  static final int MOST_OF_A_BODY = 20;

  private final HttpStatus status;
  private final String code;
  private final transient List<Object> arguments;
  private final transient List<FieldError> errors;
  private final transient Optional<Duration> retryAfter;
  private final transient List<Map<String, Object>> stored;

  /**
   * What is wrong with one field.
   *
   * @param field path of the field, as the request writes it
   * @param code key of its message
   * @param arguments of its message
   * @param candidates what the value may have meant, where one of these is to be chosen
   */
  public record FieldError(
      String field, String code, List<Object> arguments, List<Candidate> candidates) {
    /** A field and the code of what is wrong with it. */
    public static FieldError of(String field, String code, Object... arguments) {
      return new FieldError(field, code, List.of(arguments), List.of());
    }

    FieldError renamed(String from, String to) {
      return field.startsWith(from)
          ? new FieldError(to + field.substring(from.length()), code, arguments, candidates)
          : this;
    }

    /** The same, with what the value may have meant. */
    public FieldError among(List<Candidate> meant) {
      return new FieldError(field, code, arguments, List.copyOf(meant));
    }
  }

  /**
   * One of several that a value may have meant.
   *
   * @param code what to send instead
   * @param path where people find it
   */
  public record Candidate(String code, String path) {}

  private Problem(
      HttpStatus status,
      String code,
      List<Object> arguments,
      List<FieldError> errors,
      Optional<Duration> retryAfter,
      List<Map<String, Object>> stored) {
    super(code, null, false, false);
    this.status = status;
    this.code = code;
    this.arguments = arguments;
    this.errors = errors;
    this.retryAfter = retryAfter;
    this.stored = List.copyOf(stored);
  }

  /** A problem with its status, code, and the arguments of its message. */
  public static Problem of(HttpStatus status, String code, Object... arguments) {
    return new Problem(status, code, List.of(arguments), List.of(), Optional.empty(), List.of());
  }

  /** What was named does not exist, or not for the caller. */
  public static Problem notFound(String code) {
    return of(HttpStatus.NOT_FOUND, code);
  }

  /** The request cannot be met in the present state. */
  public static Problem conflict(String code, Object... arguments) {
    return of(HttpStatus.CONFLICT, code, arguments);
  }

  /** One field of the request is wrong. */
  public static Problem invalid(String field, String code, Object... arguments) {
    return invalid(List.of(FieldError.of(field, code, arguments)));
  }

  /** Several fields of the request are wrong. */
  public static Problem invalid(List<FieldError> errors) {
    return new Problem(
        HttpStatus.UNPROCESSABLE_ENTITY,
        "invalid",
        List.of(),
        List.copyOf(errors),
        Optional.empty(),
        List.of());
  }

  /** Fields of a body are wrong; the first twenty are told, since more help nobody. */
  public static Problem invalidBody(List<FieldError> errors) {
    return invalid(errors.size() > MOST_OF_A_BODY ? errors.subList(0, MOST_OF_A_BODY) : errors);
  }

  /** The service cannot do this now; the same request may be sent again. */
  public static Problem unavailable(String code, Duration retryAfter) {
    return retryLater(HttpStatus.SERVICE_UNAVAILABLE, code, retryAfter);
  }

  /** The same request may be sent again after a while. */
  public static Problem retryLater(HttpStatus status, String code, Duration after) {
    return new Problem(
        status, code, List.of(after.toSeconds()), List.of(), Optional.of(after), List.of());
  }

  /**
   * The request cannot be met, since something else is stored.
   *
   * @param stored what that is, as the API writes it
   */
  public static Problem differs(String code, List<Map<String, Object>> stored) {
    return new Problem(HttpStatus.CONFLICT, code, List.of(), List.of(), Optional.empty(), stored);
  }

  /** The same, where the request writes a part of its fields under another name. */
  public Problem renamed(String from, String to) {
    return new Problem(
        status,
        code,
        arguments,
        errors.stream().map(e -> e.renamed(from, to)).toList(),
        retryAfter,
        stored);
  }

  /** The HTTP status. */
  public HttpStatus status() {
    return status;
  }

  /** Names the kind of problem. */
  public String code() {
    return code;
  }

  /** Paths of the fields that are wrong. */
  public List<String> fields() {
    return errors.stream().map(FieldError::field).toList();
  }

  /** When the same request may be sent again. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  List<Map<String, Object>> stored() {
    return stored;
  }

  public List<Object> arguments() {
    return arguments;
  }

  /** What is wrong with each field. */
  public List<FieldError> errors() {
    return errors;
  }
}
