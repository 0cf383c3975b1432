package yikao.taking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import yikao.attempt.Input;
import yikao.attempt.Responses;
import yikao.attempt.Responses.Given;
import yikao.question.Response;

final class UnstoredTest {
  private static Response choose(String choice) {
    return new Response.Chosen(Set.of(choice));
  }

  private static Given stored(int sequence, String choice) {
    return new Given(sequence, 1_000, choose(choice));
  }

  /**
   * One was overtaken, one failed, one is stored, and one is stored from elsewhere all the same.
   */
  @Test
  void whatFailed_isNotWhatWasOvertaken() {
    var stored =
        new Responses(
            Map.of(1, stored(5, "b"), 3, stored(1, "a"), 4, stored(7, "a"), 5, stored(0, "b")));
    var sent =
        List.of(
            new Input(1, 1, choose("a")),
            new Input(2, 0, choose("a")),
            new Input(3, 1, choose("a")),
            new Input(4, 1, choose("a")),
            new Input(5, 1, choose("a")),
            new Input(6, 0, new Response.Written(List.of("答案"))));
    assertThat(Unstored.of(stored, sent)).isEqualTo(new Unstored(List.of(1), List.of(2, 5, 6)));
  }

  @Test
  void ofTheSameSequence_anotherAnswerIsOvertaken() {
    var stored = new Responses(Map.of(1, stored(1, "b")));
    assertThat(Unstored.of(stored, List.of(new Input(1, 1, choose("a")))).overtaken())
        .containsExactly(1);
  }
}
