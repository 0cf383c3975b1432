package yikao.paper;

import java.util.List;

/**
 * What was drawn for one attempt: question versions and the order of their choices, fixed.
 *
 * @param slots in the order of the paper; the first is number 1
 */
public record Paper(List<Slot> slots) {
  public Paper {
    slots = List.copyOf(slots);
  }

  /** The slot of a question number, counted from 1. */
  public Slot slot(int number) {
    return slots.get(number - 1);
  }

  /** Whether the paper has a question of this number. */
  public boolean has(int number) {
    return number >= 1 && number <= slots.size();
  }

  /**
   * A place of a paper.
   *
   * @param section the section of the blueprint, counted from 0
   * @param version the question's version
   * @param order for each place shown, the index of the choice in the question; empty without
   *     choices
   */
  public record Slot(int section, int version, List<Integer> order) {
    public Slot {
      order = List.copyOf(order);
    }
  }
}
