package yikao.paper;

import java.util.Arrays;
import java.util.List;
import yikao.question.Pool.Range;

/**
 * Ranges of places in their order, of which one place after the other is counted.
 *
 * @param ends for each range how many places there are up to its end
 */
@SuppressWarnings("ArrayRecordComponent")
public record Ranges(List<Range> all, int[] ends) {

  /** Counts the places of ranges; some may be empty. */
  public static Ranges of(List<Range> ranges) {
    var ends = new int[ranges.size()];
    var size = 0;
    for (var i = 0; i < ends.length; i++) {
      size += ranges.get(i).size();
      ends[i] = size;
    }
    return new Ranges(List.copyOf(ranges), ends);
  }

  /** How many places there are. */
  public int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /**
   * The place that so many others are before.
   *
   * @param offset from 0 to below the size
   */
  public int place(int offset) {
    var found = Arrays.binarySearch(ends, offset);
    // ends that are the offset lie before its place, and several where ranges are empty
    var index = found < 0 ? -found - 1 : found + 1;
    while (ends[index] <= offset) {
      index++;
    }
    return all.get(index).to() - (ends[index] - offset);
  }
}
