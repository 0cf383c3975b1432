package yikao.attempt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import yikao.question.Choice;
import yikao.question.Question;

/**
 * The choices of a question as one paper shows them. To its participant each is called by its
 * letter in this paper, going and coming: who has the bank can compute the identifiers in it, and
 * the letters of the bank behind them, and letters are not right equally often. What is stored and
 * marked, and what staff sees, has the identifiers of the bank.
 *
 * @param order for each place shown, the index of the choice
 */
public record ShownChoices(Question question, List<Integer> order) {

  /** The letter of a place, counted from 0. */
  public static char label(int place) {
    return (char) ('A' + place);
  }

  /** The choices in the order shown. */
  public List<ChoiceView> views(Audience audience) {
    var views = new ArrayList<ChoiceView>();
    for (var place = 0; place < order.size(); place++) {
      var label = String.valueOf(label(place));
      var id = audience == Audience.STAFF ? at(place).id() : label;
      views.add(new ChoiceView(id, label, at(place).text()));
    }
    return views;
  }

  /**
   * What some choices are called, in the order shown: that of their identifiers would tell about
   * them.
   *
   * @param ids identifiers in the bank; those of other choices are left out
   */
  public List<String> names(Collection<String> ids, Audience audience) {
    var names = new ArrayList<String>(ids.size());
    for (var place = 0; place < order.size() && !ids.isEmpty(); place++) {
      var id = at(place).id();
      if (ids.contains(id)) {
        names.add(audience == Audience.STAFF ? id : String.valueOf(label(place)));
      }
    }
    return names;
  }

  /** The identifier in the bank of the choice with a letter; absent where there is none. */
  public Optional<String> id(String letter) {
    var place = letter.length() == 1 ? letter.charAt(0) - 'A' : -1;
    return place >= 0 && place < order.size() ? Optional.of(at(place).id()) : Optional.empty();
  }

  private Choice at(int place) {
    return question.choices().get(order.get(place));
  }
}
