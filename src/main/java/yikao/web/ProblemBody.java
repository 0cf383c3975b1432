package yikao.web;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import yikao.web.Problem.Candidate;

/**
 * Problem details, RFC 9457.
 *
 * @param type names the kind of problem
 * @param title what it is, in the caller's language
 * @param detail what happened here
 * @param instance the path that was called
 * @param errors the fields concerned
 * @param stored what is stored instead of what was sent
 */
@Serdeable
@Schema(
    name = "Problem",
    examples =
        """
        {"type":"urn:yikao:invalid","title":"有的内容不对","status":422,"detail":"请改正所列各项后再试；什么都没有改变。","instance":"/api/attempts/01932f6e-8a51-7c3e-9d0f-6b1f0c2a7e11/responses/1","errors":[{"field":"choices","message":"这道题没有这个选项"}]}\
        """)
record ProblemBody(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    @Nullable List<Field> errors,
    @Nullable List<Map<String, Object>> stored) {

  /**
   * What is wrong with one field.
   *
   * @param candidates what the value may have meant, where one of these is to be chosen
   */
  @Serdeable
  @Schema(name = "ProblemField")
  record Field(String field, String message, @Nullable List<CandidateView> candidates) {
    static Field of(String field, String message, List<Candidate> candidates) {
      var views = candidates.stream().map(c -> new CandidateView(c.code(), c.path())).toList();
      return new Field(field, message, views.isEmpty() ? null : views);
    }
  }

  /** One of several that a value may have meant: its code, and the path by which people know it. */
  @Serdeable
  @Schema(name = "Candidate")
  record CandidateView(String code, String path) {}
}
