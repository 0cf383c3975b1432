package yikao.web;

import io.micronaut.http.HttpStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The fields of a form that a browser has sent.
 *
 * @param fields each with its values in the order of the form
 */
public record Form(Map<String, List<String>> fields) {
  /** More fields than any page has. */
  private static final int MOST_FIELDS = 10_000;

  /**
   * Reads an {@code application/x-www-form-urlencoded} body.
   *
   * @throws Problem {@code malformed}
   */
  public static Form of(String body) {
    try {
      return new Form(
          new QueryStringDecoder(body, StandardCharsets.UTF_8, false, MOST_FIELDS, true)
              .parameters());
    } catch (IllegalArgumentException e) {
      throw Problem.of(HttpStatus.BAD_REQUEST, "malformed");
    }
  }

  /** All values of a field; empty where it was not sent. */
  public List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** The first value of a field; the empty text where it was not sent. */
  public String one(String name) {
    var values = all(name);
    return values.isEmpty() ? "" : values.getFirst();
  }
}
