package yikao.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import yikao.question.Choice;
import yikao.question.Folding;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;
import yikao.question.Response;
import yikao.scoring.MarkingPolicy.MultipleRule;

/** What holds of every policy, question and response; 10,000 seeded cases each. */
class MarkingPropertiesTest {
  private static final int CASES = 10_000;

  private final SplittableRandom random = new SplittableRandom(13);

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** From 0 to 1 in hundredths. */
  private BigDecimal share() {
    return BigDecimal.valueOf(random.nextInt(101), 2);
  }

  private MarkingPolicy policy() {
    return new MarkingPolicy(
        one(List.of(MultipleRule.values())),
        share(),
        share(),
        share().negate(),
        BigDecimal.valueOf(-random.nextInt(500), 2));
  }

  /** From 0.01 to 20. */
  private BigDecimal points() {
    return BigDecimal.valueOf(1 + random.nextInt(2000), 2);
  }

  private Question question(String id) {
    var type = one(List.of(QuestionType.values()));
    return switch (type) {
      case SINGLE -> Questions.single(id, Questions.free("a", "b", "c", "d"), "c");
      case MULTIPLE -> {
        var key = subset(2);
        yield Questions.multiple(
            id, Questions.free("a", "b", "c", "d", "e"), key.toArray(String[]::new));
      }
      case BLANK ->
          Questions.blanks(
              id,
              random.nextBoolean() ? EnumSet.allOf(Folding.class) : Set.of(),
              one(
                  List.of(
                      new String[] {"甲"}, new String[] {"甲", "2"}, new String[] {"1", "2", "3"})));
      case JUDGE, ESSAY -> Questions.of(type, id, "area", 1);
    };
  }

  private Set<String> subset(int least) {
    while (true) {
      var subset = new HashSet<String>();
      for (var choice : List.of("a", "b", "c", "d", "e")) {
        if (random.nextBoolean()) {
          subset.add(choice);
        }
      }
      if (subset.size() >= least) {
        return subset;
      }
    }
  }

  private Response response(Question question) {
    if (random.nextInt(10) == 0) {
      return null;
    }
    return switch (question.type()) {
      case SINGLE, MULTIPLE -> new Response.Chosen(subset(0));
      case JUDGE -> new Response.Chosen(one(List.of(Set.of("true"), Set.of("false"), Set.of())));
      case BLANK, ESSAY -> {
        var texts = new ArrayList<String>();
        for (var i = 0; i < question.texts(); i++) {
          texts.add(one(List.of("", " ", "甲", "1", "二", "2", "3", "错")));
        }
        yield new Response.Written(texts);
      }
    };
  }

  private BigDecimal byPerson() {
    return random.nextBoolean() ? null : BigDecimal.valueOf(random.nextInt(-500, 3000), 2);
  }

  private Amendment amendment(Question question) {
    return switch (random.nextInt(4)) {
      case 0 -> new Amendment.Voided(question.id(), true);
      case 1 -> new Amendment.AcceptedIdentifiers(question.id(), subset(1));
      case 2 ->
          new Amendment.AcceptedChoices(
              question.id(), subset(1).stream().map(id -> "选项" + id).collect(Collectors.toSet()));
      default ->
          new Amendment.AcceptedText(
              question.id(), random.nextInt(3), one(List.of("", "错", "甲", "二")));
    };
  }

  @Test
  void mark_always_withinMaximumAndFloor_exact_andEqualTheSecondTime() {
    for (var n = 0; n < CASES; n++) {
      var policy = policy();
      var question = question("q");
      var response = response(question);
      var points = points();
      var byPerson = byPerson();
      var mark = new Marking(policy, List.of()).mark(question, response, points, byPerson);
      var as = "%s %s %s %s".formatted(policy, question.key(), response, points);
      assertThat(mark.points()).as(as).isLessThanOrEqualTo(points);
      assertThat(mark.points().add(new BigDecimal("0.0005")))
          .as(as)
          .isGreaterThanOrEqualTo(points.multiply(policy.questionFloor()));
      assertThat(mark.maximum()).isEqualByComparingTo(points);
      assertThat(mark.points().scale()).isEqualTo(Mark.SCALE);
      assertThat(mark.maximum().scale()).isEqualTo(Mark.SCALE);
      assertThat(new Marking(policy, List.of()).mark(question, response, points, byPerson))
          .isEqualTo(mark);
    }
  }

  @Test
  void mark_emptyResponse_neverAboveNorBelowZero() {
    for (var n = 0; n < CASES; n++) {
      var question = question("q");
      var marking = new Marking(policy(), List.of());
      var empties =
          new Response[] {
            null,
            new Response.Chosen(Set.of()),
            new Response.Written(List.of()),
            new Response.Written(List.of("", " ", "　"))
          };
      for (var empty : empties) {
        assertThat(marking.mark(question, empty, points(), byPerson()).points())
            .isEqualByComparingTo("0");
      }
    }
  }

  @Test
  void mark_amended_neverLowerExceptOutOfTheMaximum() {
    for (var n = 0; n < CASES; n++) {
      var policy = policy();
      var question = question("q");
      var response = response(question);
      var points = points();
      var byPerson = byPerson();
      var amendments = new ArrayList<Amendment>();
      var before = new Marking(policy, amendments).mark(question, response, points, byPerson);
      for (var i = 0; i < 3; i++) {
        amendments.add(amendment(question));
        var after = new Marking(policy, amendments).mark(question, response, points, byPerson);
        assertThat(after.points())
            .as("%s %s %s", amendments, question.key(), response)
            .isGreaterThanOrEqualTo(before.points())
            .isLessThanOrEqualTo(after.maximum());
        before = after;
      }
      amendments.addLast(new Amendment.Voided("q", false));
      assertThat(new Marking(policy, amendments).mark(question, response, points, byPerson))
          .isEqualTo(new Mark(new BigDecimal("0.000"), new BigDecimal("0.000"), false));
    }
  }

  @Test
  void mark_rightAnswer_fullPointsByEveryPolicy() {
    for (var n = 0; n < CASES; n++) {
      var question = question("q");
      var points = points();
      var right =
          switch (question.key()) {
            case Key.OfChoices key -> new Response.Chosen(key.choices());
            case Key.OfBlanks key ->
                new Response.Written(key.blanks().stream().map(List::getLast).toList());
            case Key.OfEssay _ -> new Response.Written(List.of("答"));
          };
      var mark = new Marking(policy(), List.of()).mark(question, right, points, points);
      assertThat(mark.points()).isEqualByComparingTo(points);
    }
  }

  @Test
  void mark_anyOrderOfChoicesShown_theSame() {
    for (var n = 0; n < CASES; n++) {
      var question = question("q");
      var choices = new ArrayList<>(question.choices());
      for (var i = choices.size() - 1; i > 0; i--) {
        Collections.swap(choices, i, random.nextInt(i + 1));
      }
      var shuffled = withChoices(question, choices);
      var policy = policy();
      var response = response(question);
      var points = points();
      var marking = new Marking(policy, List.of());
      assertThat(marking.mark(shuffled, response, points, null))
          .isEqualTo(marking.mark(question, response, points, null));
    }
  }

  private static Question withChoices(Question q, List<Choice> choices) {
    return new Question(
        q.id(),
        q.type(),
        q.area(),
        q.difficulty(),
        q.stem(),
        choices,
        q.key(),
        q.explanation(),
        q.citation());
  }

  @Test
  void score_ofRandomPapers_atMostTheMaximumAndAtLeastTheFloor() {
    for (var n = 0; n < CASES; n++) {
      var policy = policy();
      var amendments = new ArrayList<Amendment>();
      var marks = new ArrayList<Mark>();
      var sum = BigDecimal.ZERO;
      var maximum = BigDecimal.ZERO;
      for (var i = 0; i < 1 + random.nextInt(8); i++) {
        var question = question("q" + i);
        if (random.nextInt(10) == 0) {
          amendments.add(new Amendment.Voided(question.id(), random.nextBoolean()));
        }
        var mark =
            new Marking(policy, amendments)
                .mark(question, response(question), points(), byPerson());
        marks.add(mark);
        sum = sum.add(mark.points());
        maximum = maximum.add(mark.maximum());
      }
      var score = Score.of(marks, policy.floor());
      assertThat(score.points()).isLessThanOrEqualTo(score.maximum());
      assertThat(score.points()).isGreaterThanOrEqualTo(policy.floor());
      assertThat(score.points()).isEqualByComparingTo(sum.max(policy.floor()));
      assertThat(score.maximum()).isEqualByComparingTo(maximum);
      assertThat(score.pending()).isEqualTo((int) marks.stream().filter(Mark::pending).count());
    }
  }
}
