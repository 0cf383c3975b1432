package yikao.leaderboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Standings of an index, each in a numbered slot: five words, in arrays that are never copied, so
 * that growing costs no more than what is new. A score is kept in thousandths.
 */
final class Slots {
  private static final int BITS = 12;
  private static final int PER_CHUNK = 1 << BITS;
  private static final int WORDS = 5;
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int ELAPSED = 2;
  private static final int REACHED = 3;
  private static final int SCORE_AND_BRANCH = 4;
  private static final int SCALE = 3;

  private long[][] chunks = new long[1][];
  private int used;

  /** Slots that are free again, and how many. */
  private int[] free = new int[16];

  private int freed;

  /** Stores a standing and returns its slot. */
  int add(UUID participant, int branch, Standing standing) {
    var slot = freed > 0 ? free[--freed] : used++;
    var chunk = slot >>> BITS;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk * 2);
    }
    if (chunks[chunk] == null) {
      chunks[chunk] = new long[PER_CHUNK * WORDS];
    }
    put(slot, HIGH, participant.getMostSignificantBits());
    put(slot, LOW, participant.getLeastSignificantBits());
    put(slot, ELAPSED, standing.elapsedMillis());
    put(slot, REACHED, standing.reachedAt().toEpochMilli());
    put(
        slot,
        SCORE_AND_BRANCH,
        (long) thousandths(standing.score()) << Integer.SIZE | Integer.toUnsignedLong(branch));
    return slot;
  }

  /** Forgets a standing; its slot is used again. */
  void free(int slot) {
    if (freed == free.length) {
      free = Arrays.copyOf(free, freed * 2);
    }
    free[freed++] = slot;
  }

  private static int thousandths(BigDecimal score) {
    return score.movePointRight(SCALE).intValueExact();
  }

  private void put(int slot, int word, long value) {
    chunks[slot >>> BITS][(slot & (PER_CHUNK - 1)) * WORDS + word] = value;
  }

  private long get(int slot, int word) {
    return chunks[slot >>> BITS][(slot & (PER_CHUNK - 1)) * WORDS + word];
  }

  UUID participant(int slot) {
    return new UUID(get(slot, HIGH), get(slot, LOW));
  }

  boolean isOf(int slot, UUID participant) {
    return get(slot, LOW) == participant.getLeastSignificantBits()
        && get(slot, HIGH) == participant.getMostSignificantBits();
  }

  /** In thousandths. */
  int score(int slot) {
    return (int) (get(slot, SCORE_AND_BRANCH) >> Integer.SIZE);
  }

  int branch(int slot) {
    return (int) get(slot, SCORE_AND_BRANCH);
  }

  Standing standing(int slot) {
    return new Standing(
        BigDecimal.valueOf(score(slot), SCALE),
        get(slot, ELAPSED),
        Instant.ofEpochMilli(get(slot, REACHED)));
  }

  /** Whether a slot holds exactly this. */
  boolean holds(int slot, int branch, Standing standing) {
    return branch(slot) == branch
        && score(slot) == thousandths(standing.score())
        && get(slot, ELAPSED) == standing.elapsedMillis()
        && get(slot, REACHED) == standing.reachedAt().toEpochMilli();
  }

  /** As {@link Standing#ORDER}; zero is an equal rank. */
  int compareStandings(int one, int other) {
    var byScore = Integer.compare(score(other), score(one));
    if (byScore != 0) {
      return byScore;
    }
    var byElapsed = Long.compare(get(one, ELAPSED), get(other, ELAPSED));
    return byElapsed != 0 ? byElapsed : Long.compare(get(one, REACHED), get(other, REACHED));
  }

  /** The same, and where equal by the participant, as databases order it. */
  int compare(int one, int other) {
    var byStanding = compareStandings(one, other);
    if (byStanding != 0) {
      return byStanding;
    }
    var byHigh = Long.compareUnsigned(get(one, HIGH), get(other, HIGH));
    return byHigh != 0 ? byHigh : Long.compareUnsigned(get(one, LOW), get(other, LOW));
  }
}
