package yikao.attempt;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import yikao.question.Response;

/**
 * What was answered so far, by question number. Immutable.
 *
 * @param byNumber counted from 1
 */
public record Responses(Map<Integer, Given> byNumber) {
  /** Nothing answered. */
  public static final Responses NONE = new Responses(Map.of());

  public Responses {
    byNumber = Collections.unmodifiableMap(new TreeMap<>(byNumber));
  }

  /**
   * A response as it was received.
   *
   * @param sequence the client's count; a lower one never overwrites a higher one
   * @param afterMillis milliseconds from the start of the attempt
   */
  public record Given(int sequence, long afterMillis, Response response) {}

  /**
   * With more responses, each unless one as new is there already.
   *
   * @param afterMillis milliseconds from the start of the attempt
   */
  Responses with(List<Input> inputs, long afterMillis) {
    var next = new TreeMap<>(byNumber);
    for (var input : inputs) {
      var present = next.get(input.number());
      if (present == null || present.sequence() < input.sequence()) {
        next.put(input.number(), new Given(input.sequence(), afterMillis, input.response()));
      }
    }
    return new Responses(next);
  }

  /** What was answered to a question. */
  public Optional<Given> get(int number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  @Nullable Response response(int number) {
    return get(number).map(Given::response).orElse(null);
  }
}
