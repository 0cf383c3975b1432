package yikao.quiz;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import yikao.bank.Area;
import yikao.bank.Bank;
import yikao.paper.Blueprint;
import yikao.paper.Draw;
import yikao.web.Problem;

/** Whether the bank as it is now can fill a blueprint, and how well. */
@Singleton
final class BlueprintCheck {
  /** So many tries are thought of where there is no limit. */
  private static final int TRIES_THOUGHT_OF = 3;

  private final Bank bank;

  BlueprintCheck(Bank bank) {
    this.bank = bank;
  }

  /**
   * Makes sure that the pool can fill a blueprint.
   *
   * @throws Problem with what is not there, or which section stays short
   */
  void check(Blueprint blueprint) {
    var cited = bank.pool().documents();
    for (var document : blueprint.documents()) {
      if (!cited.contains(document)) {
        throw Problem.invalid("documents", "quiz.no-such-document", document);
      }
    }
    areas(blueprint);
    var shortage = Draw.shortage(blueprint, bank.pool());
    if (shortage.isPresent()) {
      throw Problem.invalid(
          "sections[%d].count".formatted(shortage.get().section() - 1),
          "quiz.pool-short",
          shortage.get().section(),
          shortage.get().missing());
    }
  }

  private void areas(Blueprint blueprint) {
    var codes = bank.areas().stream().map(Area::code).toList();
    for (var i = 0; i < blueprint.sections().size(); i++) {
      for (var quota : blueprint.sections().get(i).areas()) {
        if (!codes.contains(quota.area())) {
          throw Problem.invalid(
              "sections[%d].areas".formatted(i), "quiz.no-such-area", quota.area());
        }
      }
    }
  }

  /**
   * The sections, counted from 1, that draw from so few questions that who tries again meets many
   * of them again, and has seen their keys.
   */
  List<Integer> scarce(Quiz quiz) {
    var tries = quiz.tries().count().or(() -> Optional.of(TRIES_THOUGHT_OF)).orElseThrow();
    if (tries == 1) {
      return List.of();
    }
    var draw = Draw.of(quiz.blueprint(), bank.pool());
    return IntStream.range(0, quiz.blueprint().sections().size())
        .filter(i -> draw.eligible(i) < tries * quiz.blueprint().sections().get(i).count())
        .mapToObj(i -> i + 1)
        .toList();
  }
}
