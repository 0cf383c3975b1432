package yikao.taking;

import java.util.ArrayList;
import java.util.List;
import yikao.attempt.ChoiceView;
import yikao.attempt.ReviewView.AmendedView;
import yikao.attempt.ReviewView.ReviewedQuestion;
import yikao.web.Texts;

/**
 * What is said about a question beside its key: what was amended and why, and a marker's comment.
 */
final class ReviewNotes {
  private ReviewNotes() {}

  static List<String> of(Texts texts, ReviewedQuestion q) {
    var notes = new ArrayList<String>();
    if (q.amendments() != null) {
      q.amendments()
          .forEach(a -> notes.add(texts.of("result.amended", what(texts, q, a), a.reason())));
    }
    if (q.comment() != null) {
      notes.add(texts.of("result.comment", q.comment()));
    }
    return notes;
  }

  private static String what(Texts texts, ReviewedQuestion q, AmendedView amended) {
    if (amended.voided() != null) {
      return texts.of("result.amended." + amended.voided());
    }
    if (amended.choices() != null) {
      var labels =
          q.choices().stream()
              .filter(c -> amended.choices().contains(c.id()))
              .map(ChoiceView::label)
              .toList();
      return texts.of("result.amended.choices", String.join(texts.of("result.and"), labels));
    }
    return texts.of("result.amended.text", amended.blank(), amended.text());
  }
}
