package yikao.attempt;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import yikao.question.Question;

/**
 * A choice as it is shown.
 *
 * @param id what a response names
 * @param label its letter in this paper
 */
@Serdeable
@Schema(name = "Choice")
public record ChoiceView(String id, String label, String text) {
  /**
   * The choices of a question as a paper shows them.
   *
   * @param order for each place shown, the index of the choice
   */
  public static List<ChoiceView> shown(Question question, List<Integer> order) {
    var views = new ArrayList<ChoiceView>();
    for (var i = 0; i < order.size(); i++) {
      var choice = question.choices().get(order.get(i));
      views.add(new ChoiceView(choice.id(), String.valueOf((char) ('A' + i)), choice.text()));
    }
    return views;
  }
}
