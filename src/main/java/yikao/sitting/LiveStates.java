package yikao.sitting;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Secrets;
import yikao.attempt.Attempt;
import yikao.attempt.Heard;
import yikao.db.NodeClock;
import yikao.quiz.Rosters;
import yikao.web.EnumSerde;

/** How sessions stand: read whole each time, so that nothing is lost with what was not heard. */
@Singleton
final class LiveStates {
  private static final int POSITION_LENGTH = 16;

  private final Sittings sittings;
  private final Heard heard;
  private final NodeClock clock;

  LiveStates(Sittings sittings, Heard heard, NodeClock clock) {
    this.sittings = sittings;
    this.heard = heard;
    this.clock = clock;
  }

  StateView of(Sitting sitting) {
    var quiz = sittings.quiz(sitting);
    var taken = sittings.attempts(sitting);
    var phase = EnumSerde.word(sittings.phase(sitting, taken));
    var closes = quiz.window().closes().orElse(sitting.closesAt());
    var silent = heard.silent(taken.values());
    var people =
        sittings.listed(sitting).stream()
            .map(who -> person(who, taken.get(who.member()), silent))
            .toList();
    return new StateView(
        position(phase + closes + people),
        clock.instant(),
        closes,
        phase,
        people.size(),
        people.size() - count(people, "not-yet"),
        people.size() - count(people, "not-yet") - count(people, "handed-in"),
        count(people, "handed-in"),
        count(people, "silent"),
        quiz.blueprint().questions(),
        people);
  }

  private static String position(String content) {
    return Secrets.encoded(Secrets.sha256(content)).substring(0, POSITION_LENGTH);
  }

  private static int count(List<StateView.Person> people, String state) {
    return (int) people.stream().filter(p -> p.state().equals(state)).count();
  }

  private static StateView.Person person(
      Rosters.Listed who, @Nullable Attempt attempt, Set<UUID> silent) {
    return new StateView.Person(
        who.member(), who.name(), state(attempt, silent), attempt == null ? 0 : answered(attempt));
  }

  private static String state(@Nullable Attempt attempt, Set<UUID> silent) {
    if (attempt == null) {
      return "not-yet";
    }
    if (attempt.isEnded()) {
      return "handed-in";
    }
    if (attempt.isOnPaper()) {
      return "on-paper";
    }
    return silent.contains(attempt.id()) ? "silent" : "answering";
  }

  private static int answered(Attempt attempt) {
    return (int)
        attempt.responses().byNumber().values().stream()
            .filter(given -> !given.response().isEmpty())
            .count();
  }
}
