package yikao.sitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import yikao.sitting.BranchMemory.Event;
import yikao.sitting.BranchMemory.Tally;

class BranchMemoryTest {
  private static final Instant DAY = Instant.parse("2026-07-01T01:00:00Z");

  private static Instant day(int number) {
    return DAY.plusSeconds(86_400L * number);
  }

  private static Event.Session session(int day, Tally... tallies) {
    return new Event.Session(day(day), Arrays.asList(tallies));
  }

  private static List<String> remembered(Event... history) {
    return BranchMemory.after(List.of(history)).stream().map(m -> m.tally().question()).toList();
  }

  @Test
  void wrongByMoreThanHalf_isRemembered_theWorstFirst() {
    assertThat(
            remembered(
                session(1, new Tally("a", 4, 10), new Tally("b", 1, 10), new Tally("c", 10, 10))))
        .containsExactly("b", "a");
  }

  @Test
  void fiveMostMissed_areRemembered_thoughMostHadThemRight() {
    var tallies = new ArrayList<Tally>();
    for (var i = 1; i <= 8; i++) {
      tallies.add(new Tally("q" + i, 20 - i, 20));
    }
    assertThat(remembered(new Event.Session(day(1), tallies)))
        .containsExactly("q8", "q7", "q6", "q5", "q4");
  }

  @Test
  void rightByMostLater_isForgotten_andOtherwiseStays() {
    var missed = session(1, new Tally("a", 2, 10), new Tally("b", 2, 10));
    assertThat(remembered(missed, session(2, new Tally("a", 6, 10)))).containsExactly("b");
    assertThat(remembered(missed, session(2, new Tally("a", 5, 10)))).containsExactly("b", "a");
    assertThat(remembered(session(2, new Tally("a", 6, 10)), missed))
        .as("in whatever order it is told")
        .containsExactly("b");
    assertThat(remembered(missed, new Event.Opening(day(2), "a", true))).containsExactly("b");
    assertThat(remembered(missed, new Event.Opening(day(2), "a", false)))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(remembered(new Event.Opening(day(0), "a", true), missed))
        .as("an answer before it was missed says nothing")
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void opening_hasThreeThatCanStillBeAsked() {
    var history =
        List.of(
            session(
                1,
                new Tally("a", 0, 10),
                new Tally("b", 1, 10),
                new Tally("c", 2, 10),
                new Tally("d", 3, 10)));
    assertThat(
            BranchMemory.opening(history, q -> !q.equals("b"), 3).stream()
                .map(m -> m.tally().question()))
        .containsExactly("a", "c", "d");
    assertThat(BranchMemory.opening(List.of(), _ -> true, 3)).isEmpty();
  }

  /** Against a plain reading of the rule, question by question. */
  @Test
  void memory_isWhatTheRuleSays() {
    var random = new Random(15);
    for (var round = 0; round < 500; round++) {
      var history = new ArrayList<Event>();
      for (var day = 0; day < 8; day++) {
        if (random.nextInt(4) == 0) {
          history.add(new Event.Opening(day(day), "q" + random.nextInt(12), random.nextBoolean()));
        } else {
          var tallies = new ArrayList<Tally>();
          for (var q = 0; q < 12; q++) {
            if (random.nextBoolean()) {
              var asked = 1 + random.nextInt(9);
              tallies.add(new Tally("q" + q, random.nextInt(asked + 1), asked));
            }
          }
          history.add(new Event.Session(day(day), tallies));
        }
      }
      var expected = new HashSet<String>();
      for (var q = 0; q < 12; q++) {
        if (isRemembered(history, "q" + q)) {
          expected.add("q" + q);
        }
      }
      Collections.shuffle(history, random);
      assertThat(BranchMemory.after(history).stream().map(m -> m.tally().question()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static boolean isRemembered(List<Event> inOrder, String question) {
    var is = false;
    for (var event : inOrder) {
      if (event instanceof Event.Opening(_, var asked, var right)) {
        is = is && !(asked.equals(question) && right);
      } else if (event instanceof Event.Session(_, var tallies)) {
        for (var own : tallies) {
          if (own.question().equals(question)) {
            var worse = tallies.stream().filter(t -> isBefore(t, own)).count();
            var missed =
                own.right() * 2 < own.asked()
                    || (own.right() < own.asked() && worse < BranchMemory.MOST_MISSED);
            is = is ? own.right() * 2 <= own.asked() : missed;
          }
        }
      }
    }
    return is;
  }

  /** Whether one was missed more than the other: by share, then by number, then by name. */
  private static boolean isBefore(Tally one, Tally other) {
    var left = (one.asked() - one.right()) * other.asked();
    var right = (other.asked() - other.right()) * one.asked();
    if (left != right) {
      return left > right;
    }
    var more = (one.asked() - one.right()) - (other.asked() - other.right());
    return more == 0 ? one.question().compareTo(other.question()) < 0 : more > 0;
  }
}
