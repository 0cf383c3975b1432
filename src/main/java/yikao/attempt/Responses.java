package yikao.attempt;

import java.util.Collections;
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

  /** With one more response, unless a newer one is there already. */
  public Responses with(int number, Given given) {
    var present = byNumber.get(number);
    if (present != null && present.sequence() >= given.sequence()) {
      return this;
    }
    var next = new TreeMap<>(byNumber);
    next.put(number, given);
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
