package yikao.attempt;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import yikao.scoring.Mark;
import yikao.scoring.Score;

/**
 * How an ended attempt was marked.
 *
 * @param marks in the order of the paper
 * @param passed absent while marks are pending that could still decide it
 * @param marking how often it was marked since it ended
 * @param amendments how many amendments of the quiz the marking knows
 */
public record Result(
    List<Mark> marks, Score score, Optional<Boolean> passed, int marking, int amendments) {
  public Result {
    marks = List.copyOf(marks);
  }

  /** Marks as text: {@code 2.000/2.000 0.000/5.000? …}, the question mark where one is pending. */
  static String encode(List<Mark> marks) {
    return marks.stream()
        .map(m ->
            m.points().toPlainString()
                + '/'
                + m.maximum().toPlainString()
                + (m.pending() ? "?" : ""))
        .collect(Collectors.joining(" "));
  }

  static List<Mark> decode(String text) {
    var marks = new ArrayList<Mark>();
    for (var part : text.split(" ", -1)) {
      var slash = part.indexOf('/');
      var pending = part.endsWith("?");
      var end = pending ? part.length() - 1 : part.length();
      marks.add(
          new Mark(
              new BigDecimal(part.substring(0, slash)),
              new BigDecimal(part.substring(slash + 1, end)),
              pending));
    }
    return marks;
  }
}
