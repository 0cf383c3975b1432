package yikao.quiz;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import yikao.quiz.Admission.Decision;
import yikao.quiz.Policies.EntryPolicy;
import yikao.web.Problem;

/** The ways into quizzes, of which each quiz has the one of its entry policy. */
@Singleton
public final class Admissions {
  private final Map<EntryPolicy, Admission> byPolicy;

  Admissions(List<Admission> all) {
    this.byPolicy = all.stream().collect(Collectors.toMap(Admission::policy, Function.identity()));
  }

  /** Whether there is a way into quizzes of this policy. */
  boolean serve(EntryPolicy policy) {
    return byPolicy.containsKey(policy);
  }

  /**
   * Lets a claim pass.
   *
   * @return who may take the quiz
   * @throws Problem why the claim is refused
   */
  public Entrant admit(Claim claim, Quiz quiz, Instant now) {
    var admission = byPolicy.get(quiz.entry());
    if (admission == null) {
      throw new IllegalStateException("no way into quizzes of " + quiz.entry());
    }
    return switch (admission.decide(claim, quiz, now)) {
      case Decision.Admitted(var entrant) -> entrant;
      case Decision.Refused(var reason) -> throw reason;
    };
  }
}
