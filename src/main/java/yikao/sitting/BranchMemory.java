package yikao.sitting;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a branch remembers of its sessions: the questions that more than half got wrong, and the
 * five most missed of each session, until a question is answered rightly by most. Pure.
 */
final class BranchMemory {
  /** How many of each session are remembered though most got them right. */
  static final int MOST_MISSED = 5;

  private static final Comparator<Tally> WORST_FIRST =
      Comparator.comparingDouble(Tally::wrongShare)
          .reversed()
          .thenComparing(Comparator.comparingInt(Tally::wrong).reversed())
          .thenComparing(Tally::question);

  private BranchMemory() {}

  /** What has happened at one moment. */
  sealed interface Event {
    /** When. */
    Instant at();

    /** A session, with its questions. */
    record Session(Instant at, List<Tally> tallies) implements Event {
      public Session {
        tallies = List.copyOf(tallies);
      }
    }

    /** A remembered question was asked at an opening, and answered rightly by most or not. */
    record Opening(Instant at, String question, boolean rightByMost) implements Event {}
  }

  /**
   * How one question was answered in a session.
   *
   * @param question its id
   * @param right by how many
   * @param asked of how many, those included who left it out
   */
  record Tally(String question, int right, int asked) {
    int wrong() {
      return asked - right;
    }

    double wrongShare() {
      return asked == 0 ? 0 : (double) wrong() / asked;
    }

    boolean isRightByMost() {
      return right * 2 > asked;
    }

    boolean isWrongByMost() {
      return wrong() * 2 > asked;
    }
  }

  /** A question that is remembered, from when, and how it was answered then. */
  record Missed(Instant at, Tally tally) {}

  /**
   * What is remembered after all that has happened, the worst first.
   *
   * @param history in any order
   */
  static List<Missed> after(List<? extends Event> history) {
    var memory = new HashMap<String, Missed>();
    history.stream()
        .sorted(Comparator.<Event, Instant>comparing(Event::at))
        .forEach(event -> {
          switch (event) {
            case Event.Session session -> remember(memory, session);
            case Event.Opening(_, var question, var right) -> {
              if (right) {
                memory.remove(question);
              }
            }
          }
        });
    return memory.values().stream()
        .sorted(
            Comparator.comparing(Missed::tally, WORST_FIRST)
                .thenComparing(Comparator.comparing(Missed::at).reversed()))
        .toList();
  }

  private static void remember(Map<String, Missed> memory, Event.Session session) {
    var most =
        session.tallies().stream()
            .filter(t -> t.wrong() > 0)
            .sorted(WORST_FIRST)
            .limit(MOST_MISSED)
            .map(Tally::question)
            .collect(Collectors.toSet());
    for (var tally : session.tallies()) {
      var isKnown = memory.containsKey(tally.question());
      if (isKnown && tally.isRightByMost()) {
        memory.remove(tally.question());
      } else if (isKnown || tally.isWrongByMost() || most.contains(tally.question())) {
        memory.put(tally.question(), new Missed(session.at(), tally));
      }
    }
  }

  /**
   * The opening that is proposed.
   *
   * @param canAsk whether a question may still be asked
   */
  static List<Missed> opening(List<? extends Event> history, Predicate<String> canAsk, int count) {
    return after(history).stream()
        .filter(m -> canAsk.test(m.tally().question()))
        .limit(count)
        .toList();
  }
}
