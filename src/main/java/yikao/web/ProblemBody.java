package yikao.web;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details, RFC 9457.
 *
 * @param type names the kind of problem
 * @param title what it is, in the caller's language
 * @param detail what happened here
 * @param instance the path that was called
 * @param errors the fields concerned
 */
@Serdeable
@Schema(name = "Problem")
record ProblemBody(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    @Nullable List<Field> errors) {

  /** What is wrong with one field. */
  @Serdeable
  @Schema(name = "ProblemField")
  record Field(String field, String message) {}
}
