package yikao.quiz;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.IntStream;
import yikao.question.Pool;
import yikao.question.QuestionType;
import yikao.quiz.QuizSpec.AreaSpec;
import yikao.quiz.QuizSpec.SectionSpec;
import yikao.web.Problem;

/**
 * A number of questions from one area, by types that a machine marks: half of them single choice,
 * three of ten to be judged, two of ten multiple choice, as far as the pool has them.
 */
final class TopicSections {
  private static final List<QuestionType> ORDER =
      List.of(QuestionType.SINGLE, QuestionType.JUDGE, QuestionType.MULTIPLE);

  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private TopicSections() {}

  /**
   * The sections; together they have 100 points where these divide, otherwise a point each.
   *
   * @param count of questions, at least 1
   * @throws Problem where the area has fewer
   */
  static List<SectionSpec> of(Pool pool, String area, int count) {
    var counts = counts(pool, area, count);
    var points = points(count);
    var sections = new ArrayList<SectionSpec>();
    for (var type : ORDER) {
      int some = counts.getOrDefault(type, 0);
      if (some > 0) {
        sections.add(
            new SectionSpec(type, some, points, List.of(new AreaSpec(area, null, null)), null));
      }
    }
    return sections;
  }

  private static EnumMap<QuestionType, Integer> counts(Pool pool, String area, int count) {
    var wanted = new EnumMap<QuestionType, Integer>(QuestionType.class);
    wanted.put(QuestionType.JUDGE, count * 3 / 10);
    wanted.put(QuestionType.MULTIPLE, count * 2 / 10);
    wanted.put(QuestionType.SINGLE, count - count * 3 / 10 - count * 2 / 10);
    var taken = new EnumMap<QuestionType, Integer>(QuestionType.class);
    var missing = 0;
    for (var type : ORDER) {
      int some = Math.min(wanted.getOrDefault(type, 0), available(pool, type, area));
      taken.put(type, some);
      missing += wanted.getOrDefault(type, 0) - some;
    }
    for (var type : ORDER) {
      int more = Math.min(missing, available(pool, type, area) - taken.getOrDefault(type, 0));
      taken.merge(type, more, Integer::sum);
      missing -= more;
    }
    if (missing > 0) {
      throw Problem.invalid("questions", "quiz.topic-short", count - missing);
    }
    return taken;
  }

  private static int available(Pool pool, QuestionType type, String area) {
    return IntStream.rangeClosed(1, Pool.DIFFICULTIES)
        .map(difficulty -> pool.cell(type, area, difficulty).size())
        .sum();
  }

  private static BigDecimal points(int count) {
    var whole = HUNDRED.movePointRight(2).remainder(BigDecimal.valueOf(count));
    return whole.signum() == 0 ? HUNDRED.divide(BigDecimal.valueOf(count)) : BigDecimal.ONE;
  }
}
