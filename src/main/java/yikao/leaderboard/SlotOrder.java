package yikao.leaderboard;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Slots in their order, in blocks of a few hundred: finding is a binary search among blocks and
 * then in one, inserting moves one block's entries, and a place is the sum of the sizes before it
 * (some thousand additions at a million).
 */
final class SlotOrder {
  private static final int MOST = 512;
  private static final int FILLED = 384;
  private static final int FEW = 128;

  private static final int[] NONE = {};

  private final Slots slots;
  private int[][] blocks = new int[4][];
  private int[] sizes = new int[4];
  private int count;

  SlotOrder(Slots slots) {
    this.slots = slots;
  }

  /** Builds the order of slots 0 to n - 1, in place of what there is. */
  void build(int n) {
    var all = new int[n];
    Arrays.setAll(all, i -> i);
    var sorted = sort(all);
    count = (n + FILLED - 1) / FILLED;
    blocks = new int[Math.max(4, count + count / 2)][];
    sizes = new int[blocks.length];
    for (var b = 0; b < count; b++) {
      var from = b * FILLED;
      sizes[b] = Math.min(FILLED, n - from);
      blocks[b] = new int[MOST];
      System.arraycopy(sorted, from, blocks[b], 0, sizes[b]);
    }
  }

  /** Merges ever longer runs, from one array to the other; returns the one that is sorted. */
  private int[] sort(int[] all) {
    var from = all;
    var to = new int[all.length];
    for (var run = 1; run < all.length; run *= 2) {
      for (var start = 0; start < all.length; start += 2 * run) {
        merge(from, to, start, Math.min(start + run, all.length), start + 2 * run);
      }
      var other = from;
      from = to;
      to = other;
    }
    return from;
  }

  private void merge(int[] from, int[] to, int start, int middle, int end) {
    var stop = Math.min(end, from.length);
    var left = start;
    var right = middle;
    for (var i = start; i < stop; i++) {
      var takeLeft =
          left < middle && (right >= stop || slots.compare(from[left], from[right]) <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  /** How many are before a slot, which may be in the order or not. */
  int before(int slot) {
    return before(slot, false);
  }

  /** How many have a better rank than a slot. */
  int better(int slot) {
    return before(slot, true);
  }

  private int before(int slot, boolean byRank) {
    var block = block(slot, byRank);
    var before = place(block, slot, byRank);
    for (var b = 0; b < block; b++) {
      before += sizes[b];
    }
    return before;
  }

  private boolean isBefore(int one, int other, boolean byRank) {
    return (byRank ? slots.compareStandings(one, other) : slots.compare(one, other)) < 0;
  }

  /** The last block whose first is before the slot; the first block where there is none. */
  private int block(int slot, boolean byRank) {
    var low = 0;
    var high = count - 1;
    while (low < high) {
      var middle = (low + high + 1) >>> 1;
      if (isBefore(blocks[middle][0], slot, byRank)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** How many of a block are before the slot. */
  private int place(int block, int slot, boolean byRank) {
    var low = 0;
    var high = count == 0 ? 0 : sizes[block];
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (isBefore(blocks[block][middle], slot, byRank)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void insert(int slot) {
    if (count == 0) {
      insertBlock(0, new int[MOST], 0);
    }
    var block = block(slot, false);
    var place = place(block, slot, false);
    if (sizes[block] == MOST) {
      split(block);
      if (place > sizes[block]) {
        place -= sizes[block];
        block++;
      }
    }
    var entries = blocks[block];
    System.arraycopy(entries, place, entries, place + 1, sizes[block] - place);
    entries[place] = slot;
    sizes[block]++;
  }

  private void split(int block) {
    var half = MOST / 2;
    var second = new int[MOST];
    System.arraycopy(blocks[block], half, second, 0, MOST - half);
    sizes[block] = half;
    insertBlock(block + 1, second, MOST - half);
  }

  private void insertBlock(int at, int[] entries, int size) {
    if (count == blocks.length) {
      blocks = Arrays.copyOf(blocks, count * 2);
      sizes = Arrays.copyOf(sizes, count * 2);
    }
    System.arraycopy(blocks, at, blocks, at + 1, count - at);
    System.arraycopy(sizes, at, sizes, at + 1, count - at);
    blocks[at] = entries;
    sizes[at] = size;
    count++;
  }

  /** Removes a slot that is in the order and still holds its standing. */
  void remove(int slot) {
    var block = block(slot, false);
    var place = place(block, slot, false);
    if (place == sizes[block]) {
      // the last block whose first is before the slot may end before it
      block++;
      place = 0;
    }
    var entries = blocks[block];
    System.arraycopy(entries, place + 1, entries, place, sizes[block] - place - 1);
    sizes[block]--;
    if (sizes[block] < FEW) {
      join(block);
    }
  }

  /** Joins a small block with the one before it, where both have room in one. */
  private void join(int block) {
    var first = Math.max(0, block - 1);
    if (sizes[block] == 0) {
      removeBlock(block);
    } else if (first + 1 < count && sizes[first] + sizes[first + 1] <= FILLED) {
      System.arraycopy(blocks[first + 1], 0, blocks[first], sizes[first], sizes[first + 1]);
      sizes[first] += sizes[first + 1];
      removeBlock(first + 1);
    }
  }

  private void removeBlock(int at) {
    System.arraycopy(blocks, at + 1, blocks, at, count - at - 1);
    System.arraycopy(sizes, at + 1, sizes, at, count - at - 1);
    count--;
    blocks[count] = NONE;
  }

  /** Hands out slots in their order, from an offset on. */
  void forEach(int offset, int limit, IntConsumer action) {
    var block = 0;
    var place = offset;
    while (block < count && place >= sizes[block]) {
      place -= sizes[block++];
    }
    for (var left = limit; left > 0 && block < count; left--) {
      action.accept(blocks[block][place++]);
      if (place == sizes[block]) {
        block++;
        place = 0;
      }
    }
  }
}
