package yikao.taking;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import yikao.attempt.ChoiceView;
import yikao.attempt.ReviewView.AmendedView;
import yikao.attempt.ReviewView.ReviewedQuestion;
import yikao.question.QuestionType;
import yikao.web.Texts;

/**
 * What is said about a question beside its key: what was amended and why, and a marker's comment.
 */
final class ReviewNotes {
  private ReviewNotes() {}

  static List<String> of(Texts texts, ReviewedQuestion q) {
    var notes = new ArrayList<String>();
    amendments(q)
        .forEach(a -> notes.add(texts.of("result.amended", what(texts, q, a), a.reason())));
    if (q.comment() != null) {
      notes.add(texts.of("result.comment", q.comment()));
    }
    return notes;
  }

  /** Whether it was voided for everybody. */
  static boolean isVoided(ReviewedQuestion q) {
    return amendments(q).anyMatch(a -> a.voided() != null);
  }

  /** Identifiers of choices each of which alone is right as well. */
  static Set<String> accepted(ReviewedQuestion q) {
    return q.type() == QuestionType.MULTIPLE
        ? Set.of()
        : amendments(q)
            .flatMap(a -> a.choices() == null ? Stream.empty() : a.choices().stream())
            .collect(Collectors.toSet());
  }

  private static Stream<AmendedView> amendments(ReviewedQuestion q) {
    return q.amendments() == null ? Stream.empty() : q.amendments().stream();
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
    var text = texts.ofBank(Objects.requireNonNull(amended.text()));
    return q.accepted() != null && q.accepted().size() == 1
        ? texts.of("result.amended.text", text)
        : texts.of("result.amended.text.nth", Objects.requireNonNull(amended.blank()), text);
  }
}
