package yikao.org;

import java.util.List;
import java.util.Map;

/**
 * What a form of a page had when it was refused, so that what was typed stays, with the reasons.
 *
 * @param form which of the page's forms; empty: none was refused
 * @param typed by the names of the fields
 * @param problems what is said of the form as a whole
 * @param wrong what is said of a field
 * @param choices what a field may have meant
 */
public record Draft(
    String form,
    Map<String, List<String>> typed,
    List<String> problems,
    Map<String, String> wrong,
    Map<String, List<Choice>> choices) {
  /** No form was refused. */
  public static final Draft NONE = new Draft("", Map.of(), List.of(), Map.of(), Map.of());

  /** Something to choose, and how people read it. */
  public record Choice(String code, String text) {}

  /** Whether it is this form that was refused. */
  public boolean isOf(String other) {
    return form.equals(other);
  }

  /** What was typed in a field, or what stands there at first. */
  public String typed(String other, String field, String otherwise) {
    var values = isOf(other) ? typed.getOrDefault(field, List.of()) : List.<String>of();
    return values.isEmpty() ? otherwise : values.getFirst();
  }

  /** Whether one of several was marked. */
  public boolean isMarked(String other, String field, String code) {
    return isOf(other) && typed.getOrDefault(field, List.of()).contains(code);
  }

  /** What is wrong with a field; empty: nothing. */
  public String wrong(String other, String field) {
    return isOf(other) ? wrong.getOrDefault(field, "") : "";
  }

  /** What a field may have meant. */
  public List<Choice> choices(String other, String field) {
    return isOf(other) ? choices.getOrDefault(field, List.of()) : List.of();
  }
}
