package yikao.taking;

import java.util.ArrayList;
import java.util.List;
import yikao.attempt.Input;
import yikao.attempt.Responses;

/**
 * What of a paper that was sent is not what is stored.
 *
 * @param overtaken numbers of questions of which another response, as new, is stored
 * @param unsaved numbers of questions of which none is: they failed for another reason, and may be
 *     sent again
 */
record Unstored(List<Integer> overtaken, List<Integer> unsaved) {
  static Unstored of(Responses stored, List<Input> sent) {
    var overtaken = new ArrayList<Integer>();
    var unsaved = new ArrayList<Integer>();
    for (var input : sent) {
      var given = stored.get(input.number());
      if (given.filter(g -> g.response().equals(input.response())).isPresent()) {
        continue;
      }
      var isOvertaken = given.filter(g -> g.sequence() >= input.sequence()).isPresent();
      (isOvertaken ? overtaken : unsaved).add(input.number());
    }
    return new Unstored(List.copyOf(overtaken), List.copyOf(unsaved));
  }
}
