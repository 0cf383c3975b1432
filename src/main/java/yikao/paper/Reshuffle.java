package yikao.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import yikao.question.Question;
import yikao.question.QuestionType;

/**
 * The questions of one paper in another order, for those who all get the same questions. Pure: the
 * same arguments give the same paper.
 */
public final class Reshuffle {
  private Reshuffle() {}

  /**
   * A paper with the same questions in each section.
   *
   * @param drawn as it was drawn, with nothing shuffled
   * @param questions of its slots, in their order
   */
  public static Paper of(Paper drawn, List<Question> questions, long seed, Shuffle shuffle) {
    var random = new SplittableRandom(seed);
    var slots = new ArrayList<Paper.Slot>();
    var all = IntStream.range(0, questions.size()).boxed().toList();
    for (var section : drawn.slots().stream().map(Paper.Slot::section).distinct().toList()) {
      var own =
          new ArrayList<>(
              all.stream().filter(i -> drawn.slots().get(i).section() == section).toList());
      if (shuffle.questions()) {
        Draw.shuffle(own, random);
      }
      for (int i : own) {
        var slot = drawn.slots().get(i);
        slots.add(
            shuffle.choices()
                ? new Paper.Slot(section, slot.version(), choices(questions.get(i), random))
                : slot);
      }
    }
    return new Paper(slots);
  }

  private static List<Integer> choices(Question question, SplittableRandom random) {
    var choices = question.choices();
    var order = new ArrayList<>(IntStream.range(0, choices.size()).boxed().toList());
    if (question.type() != QuestionType.JUDGE) {
      Draw.shuffleFree(order, order.stream().filter(i -> !choices.get(i).fixed()).toList(), random);
    }
    return order;
  }
}
