package yikao.sitting;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import yikao.access.Account;
import yikao.access.Staff;
import yikao.bank.Area;
import yikao.bank.Bank;
import yikao.db.NodeClock;
import yikao.db.UuidV7;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.sitting.Sittings.Opening;
import yikao.sitting.Sittings.What;
import yikao.web.Problem;
import yikao.web.ShownText;
import yikao.web.Texts;

/** What is asked for when a session is opened, read and checked. */
@Singleton
final class Openings {
  private static final int MOST_MINUTES = 24 * 60;
  private static final int MOST_QUESTIONS = 100;
  private static final int MOST_HOST = 50;
  private static final int MOST_PLACE = 100;

  private final SittingRights rights;
  private final Organisations organisations;
  private final Quizzes quizzes;
  private final Bank bank;
  private final NodeClock clock;

  Openings(
      SittingRights rights,
      Organisations organisations,
      Quizzes quizzes,
      Bank bank,
      NodeClock clock) {
    this.rights = rights;
    this.organisations = organisations;
    this.quizzes = quizzes;
    this.bank = bank;
    this.clock = clock;
  }

  /**
   * As a request writes it; of quiz and area one is there.
   *
   * @param id that the form was given, so that sent twice it opens one session
   */
  record Asked(
      @Nullable UUID id,
      @Nullable String organisation,
      @Nullable String quiz,
      @Nullable String area,
      @Nullable Integer questions,
      @Nullable Integer minutes,
      @Nullable String host,
      @Nullable String place) {}

  /**
   * The opening that is asked for.
   *
   * @param texts in which the title of a topic's quiz is written
   * @throws Problem where a field is wrong, or this is not for the caller
   */
  Opening read(Staff staff, Texts texts, Asked asked) {
    var branch = rights.branch(staff, asked.organisation() == null ? "" : asked.organisation());
    var minutes = asked.minutes();
    if (minutes == null || minutes < 1 || minutes > MOST_MINUTES) {
      throw Problem.invalid("minutes", "range", 1, MOST_MINUTES);
    }
    return new Opening(
        Optional.ofNullable(asked.id()).orElseGet(() -> UuidV7.at(clock.instant())),
        branch,
        what(branch, texts, asked),
        Duration.ofMinutes(minutes),
        ShownText.line("host", host(staff, asked), 1, MOST_HOST),
        ShownText.line("place", asked.place() == null ? "" : asked.place(), 0, MOST_PLACE));
  }

  private static String host(Staff staff, Asked asked) {
    return asked.host() == null || asked.host().isBlank()
        ? staff.account().map(Account::fullName).orElse("")
        : asked.host();
  }

  private What what(Organisation branch, Texts texts, Asked asked) {
    var quiz = asked.quiz() == null ? "" : asked.quiz();
    var area = asked.area() == null ? "" : asked.area();
    if (quiz.isEmpty() == area.isEmpty()) {
      throw Problem.invalid("quiz", "sitting.what");
    }
    return quiz.isEmpty()
        ? topic(area, texts, asked.questions())
        : prepared(branch).stream()
            .filter(q -> q.code().equals(quiz))
            .findFirst()
            .<What>map(What.Prepared::new)
            .orElseThrow(() -> Problem.invalid("quiz", "no-such-quiz"));
  }

  private What topic(String code, Texts texts, @Nullable Integer questions) {
    var area =
        bank.areas().stream()
            .filter(a -> a.code().equals(code))
            .findFirst()
            .orElseThrow(() -> Problem.invalid("area", "quiz.no-such-area", code));
    if (questions == null || questions < 1 || questions > MOST_QUESTIONS) {
      throw Problem.invalid("questions", "range", 1, MOST_QUESTIONS);
    }
    return new What.OfTopic(
        new Quizzes.Topic(code, questions), texts.of("sitting.topic.title", area.name()));
  }

  /** The quizzes from which a session of a branch may be made. */
  List<Quiz> prepared(Organisation branch) {
    return quizzes.prepared(
        organisations.tree().way(branch).stream()
            .map(Organisation::code)
            .collect(Collectors.toSet()));
  }

  /** The same for whoever may open several: those offered to everybody. */
  List<Quiz> prepared(Optional<Organisation> branch) {
    return branch.map(this::prepared).orElseGet(() -> quizzes.prepared(Set.of()));
  }

  /** What topics there are. */
  List<Area> areas() {
    return bank.areas();
  }
}
