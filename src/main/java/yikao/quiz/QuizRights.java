package yikao.quiz;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.access.Actor;
import yikao.access.Callers;
import yikao.access.Staff;
import yikao.access.Subtrees;
import yikao.web.Problem;

/** Whose quizzes are: of the organisation that a quiz names, or everybody's. */
@Singleton
public final class QuizRights {
  /** Nobody's but of those whose roles hold over everything. */
  private static final long UNKNOWN = -1;

  private final Callers callers;
  private final Quizzes quizzes;
  private final Subtrees subtrees;

  QuizRights(Callers callers, Quizzes quizzes, Subtrees subtrees) {
    this.callers = callers;
    this.quizzes = quizzes;
    this.subtrees = subtrees;
  }

  /** The organisation that a quiz is of now; absent where it is everybody's. */
  private Optional<Long> owner(Quiz quiz) {
    return owner(quizzes.get(quiz.code()).about().organisation());
  }

  private Optional<Long> owner(Optional<String> code) {
    return code.map(c -> subtrees.byCode(c).orElse(UNKNOWN));
  }

  /**
   * Lets those pass who organise a quiz.
   *
   * @return who does so
   * @throws Problem {@code staff-only}, {@code no-such-quiz} or {@code not-allowed}
   */
  public Actor organiser(HttpRequest<?> request, String code) {
    var staff = callers.require(request);
    return organiser(staff, quizzes.get(code));
  }

  /**
   * The same of a quiz that is known.
   *
   * @throws Problem {@code not-allowed}
   */
  public Actor organiser(Staff staff, Quiz quiz) {
    staff.check(staff.canOrganise(owner(quiz)));
    return staff.actor();
  }

  /**
   * Lets those pass who may make a quiz of an organisation, or give it one.
   *
   * @param code of the organisation; absent: everybody's
   * @throws Problem where there is no such organisation, or this is not for them
   */
  Actor organiserOf(Staff staff, Optional<String> code) {
    if (code.isPresent() && subtrees.byCode(code.get()).isEmpty()) {
      throw Problem.invalid("organisation", "no-such-organisation");
    }
    if (code.isEmpty() && staff.canOrganiseAnywhere() && !staff.canOrganise(Optional.empty())) {
      throw Problem.invalid("organisation", "quiz.whose");
    }
    staff.check(staff.canOrganise(owner(code)));
    return staff.actor();
  }

  /**
   * Lets those pass who may say that the members of an organisation should take part.
   *
   * @throws Problem where there is no such organisation, or this is not for them
   */
  void requireRosterOf(Staff staff, @Nullable String code) {
    var organisation =
        Optional.ofNullable(code)
            .flatMap(subtrees::byCode)
            .orElseThrow(() -> Problem.invalid("roster.organisations", "no-such-organisation"));
    staff.check(staff.canOrganise(Optional.of(organisation)));
  }

  /**
   * Lets those pass who may see who took a quiz and how.
   *
   * @throws Problem {@code staff-only}, {@code no-such-quiz} or {@code not-allowed}
   */
  public void requireReader(HttpRequest<?> request, String code) {
    var staff = callers.require(request);
    requireReader(staff, quizzes.get(code));
  }

  /**
   * The same of a quiz that is known.
   *
   * @throws Problem {@code not-allowed}
   */
  public void requireReader(Staff staff, Quiz quiz) {
    staff.check(staff.canReadResults(owner(quiz)));
  }

  /** Whether somebody may see who took a quiz, given as it is now. */
  public boolean canRead(Staff staff, Quiz quiz) {
    return staff.canReadResults(owner(quiz.about().organisation()));
  }

  /** Whether the caller is of the staff and may see who took a quiz. */
  public boolean isReader(HttpRequest<?> request, Quiz quiz) {
    return callers.find(request).filter(staff -> staff.canReadResults(owner(quiz))).isPresent();
  }
}
