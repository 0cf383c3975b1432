package yikao.leaderboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import yikao.participant.Branch;

/**
 * Branches of an index, by number, with how many take part and the sum of their scores. A branch
 * that everybody has left keeps its number.
 */
final class BranchTotals {
  private final Map<Branch, Integer> numbers = new HashMap<>();
  private final List<Branch> branches = new ArrayList<>();
  private int[] participants = new int[16];
  private long[] thousandths = new long[16];

  /**
   * What the participants of a branch have reached together.
   *
   * @param thousandths sum of their scores
   */
  record Total(Branch branch, int participants, long thousandths) {}

  /** The number of a branch, which is a new one where it is not known. */
  int number(Branch branch) {
    return Objects.requireNonNull(numbers.computeIfAbsent(branch, this::append));
  }

  private int append(Branch branch) {
    var number = branches.size();
    branches.add(branch);
    if (number == participants.length) {
      participants = Arrays.copyOf(participants, number * 2);
      thousandths = Arrays.copyOf(thousandths, number * 2);
    }
    return number;
  }

  Branch branch(int number) {
    return branches.get(number);
  }

  void add(int number, int score) {
    participants[number]++;
    thousandths[number] += score;
  }

  void subtract(int number, int score) {
    participants[number]--;
    thousandths[number] -= score;
  }

  /** Those that somebody takes part in. */
  List<Total> all() {
    var all = new ArrayList<Total>(branches.size());
    for (var i = 0; i < branches.size(); i++) {
      if (participants[i] > 0) {
        all.add(new Total(branches.get(i), participants[i], thousandths[i]));
      }
    }
    return all;
  }
}
