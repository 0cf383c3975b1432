package yikao.leaderboard;

import java.util.UUID;

/**
 * From participants to slots: open addressing with linear probing, four bytes a place, at most
 * three quarters full.
 */
final class SlotMap {
  private static final int NONE = -1;

  private final Slots slots;

  /** A slot and one; 0 is an empty place. */
  private int[] places = new int[16];

  private int size;

  SlotMap(Slots slots) {
    this.slots = slots;
  }

  int size() {
    return size;
  }

  /** The slot of a participant; -1 where there is none. */
  int find(UUID participant) {
    var place = place(participant);
    return places[place] == 0 ? NONE : places[place] - 1;
  }

  /** Where a participant is, or would be. */
  private int place(UUID participant) {
    var mask = places.length - 1;
    var place = home(participant, mask);
    while (places[place] != 0 && !slots.isOf(places[place] - 1, participant)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private static int home(UUID participant, int mask) {
    var mixed =
        (participant.getMostSignificantBits() ^ participant.getLeastSignificantBits())
            * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> Integer.SIZE) & mask;
  }

  /** Whether one more needs a larger array. */
  boolean isFull() {
    return (size + 1) * 4L > places.length * 3L;
  }

  /** An array of twice the size with the same in it; this map is left as it is. */
  int[] larger() {
    var larger = new int[places.length * 2];
    var mask = larger.length - 1;
    for (var entry : places) {
      if (entry != 0) {
        var place = home(slots.participant(entry - 1), mask);
        while (larger[place] != 0) {
          place = (place + 1) & mask;
        }
        larger[place] = entry;
      }
    }
    return larger;
  }

  /** Takes what {@link #larger} has made. */
  void take(int[] larger) {
    places = larger;
  }

  /** Adds a participant that is not there, or points to another slot. */
  void put(UUID participant, int slot) {
    var place = place(participant);
    if (places[place] == 0) {
      size++;
    }
    places[place] = slot + 1;
  }

  /** Removes a participant that is there; its slot still holds it. */
  void remove(UUID participant) {
    var mask = places.length - 1;
    var gap = place(participant);
    for (var next = (gap + 1) & mask; places[next] != 0; next = (next + 1) & mask) {
      var home = home(slots.participant(places[next] - 1), mask);
      // an entry may fill the gap unless its home lies behind the gap
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        places[gap] = places[next];
        gap = next;
      }
    }
    places[gap] = 0;
    size--;
  }
}
