package yikao.questionnaire;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A question of a questionnaire, as the API writes it and as it is stored.
 *
 * @param required whether a sheet without an answer is refused
 * @param choices numbered from 1; empty where it is answered otherwise
 * @param from the lower end of a scale, 0 or 1; absent where it has none, here as below
 * @param to the upper end, at most 10
 * @param low what the lower end means; may be empty
 * @param high what the upper end means; may be empty
 * @param limit characters (UTF-16) that a text may have
 */
@Serdeable
@Schema(name = "QuestionnaireQuestion")
public record SheetQuestion(
    QuestionKind kind,
    String text,
    boolean required,
    List<String> choices,
    @Nullable Integer from,
    @Nullable Integer to,
    @Nullable String low,
    @Nullable String high,
    @Nullable Integer limit) {
  static SheetQuestion choosing(
      QuestionKind kind, String text, boolean required, List<String> choices) {
    return new SheetQuestion(
        kind, text, required, List.copyOf(choices), null, null, null, null, null);
  }

  static SheetQuestion scale(
      String text, boolean required, int from, int to, String low, String high) {
    return new SheetQuestion(
        QuestionKind.SCALE, text, required, List.of(), from, to, low, high, null);
  }

  static SheetQuestion text(String text, boolean required, int limit) {
    return new SheetQuestion(
        QuestionKind.TEXT, text, required, List.of(), null, null, null, null, limit);
  }

  /** The numbers among which one chooses; empty for a text. */
  public List<Integer> values() {
    return switch (kind) {
      case SINGLE, MULTIPLE -> IntStream.rangeClosed(1, choices.size()).boxed().toList();
      case SCALE ->
          IntStream.rangeClosed(from == null ? 1 : from, to == null ? 1 : to).boxed().toList();
      case TEXT -> List.of();
    };
  }

  /** What a number stands for. */
  public String label(int value) {
    return kind == QuestionKind.SCALE ? Integer.toString(value) : choices.get(value - 1);
  }

  /** Characters that a text may have; none where it is no text. */
  public int most() {
    return limit == null ? 0 : limit;
  }

  /** What the lower end of a scale means; empty where that is not said. */
  public String lowWords() {
    return low == null ? "" : low;
  }

  /** What the upper end means. */
  public String highWords() {
    return high == null ? "" : high;
  }
}
