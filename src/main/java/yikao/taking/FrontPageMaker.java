package yikao.taking;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import yikao.attempt.Attempt;
import yikao.attempt.Attempts;
import yikao.db.NodeClock;
import yikao.participant.Participant;
import yikao.participant.Visitor;
import yikao.quiz.Quiz;
import yikao.quiz.QuizGroup;
import yikao.quiz.Quizzes;
import yikao.taking.QuizListPage.Group;
import yikao.taking.QuizListPage.Item;
import yikao.web.Page;
import yikao.web.Times;

/** Gathers what the front page shows, and the page of all that a browser has taken. */
@Singleton
final class FrontPageMaker {
  /** With more at first sight, no test would be on a phone's first screen. */
  private static final int AT_FIRST = 3;

  private static final int ON_THE_PAGE = 20;

  private final Quizzes quizzes;
  private final OwnQuizzes own;
  private final Takers takers;
  private final NodeClock clock;
  private final Times times;

  FrontPageMaker(Quizzes quizzes, OwnQuizzes own, Takers takers, NodeClock clock, Times times) {
    this.quizzes = quizzes;
    this.own = own;
    this.takers = takers;
    this.clock = clock;
    this.times = times;
  }

  QuizListPage list(Page page, Optional<Visitor> me) {
    var taken = me.map(own::of).orElse(List.of());
    var known = me.flatMap(takers::known);
    var atFirst = taken.stream().limit(AT_FIRST).toList();
    var earlier = taken.stream().skip(AT_FIRST).limit(ON_THE_PAGE - AT_FIRST).toList();
    return new QuizListPage(
        page,
        taker(page, known),
        own.words(page.texts(), atFirst, known),
        own.words(page.texts(), earlier, known),
        taken.size() > ON_THE_PAGE ? taken.size() : 0,
        groups(page, taken));
  }

  OwnPage own(Page page, Optional<Visitor> me) {
    var taken = me.map(own::of).orElse(List.of());
    var known = me.flatMap(takers::known);
    return new OwnPage(page, taker(page, known), own.words(page.texts(), taken, known));
  }

  private Optional<Taker> taker(Page page, Optional<Participant> known) {
    return known.map(k -> takers.of(page.texts(), k));
  }

  private List<Group> groups(Page page, List<Attempt> taken) {
    var now = clock.instant();
    var listed = quizzes.listed().stream().sorted(order(now)).toList();
    var groups = new ArrayList<Group>();
    for (var group : QuizGroup.values()) {
      var items =
          listed.stream()
              .filter(quiz -> quiz.about().group() == group)
              .map(quiz ->
                  new Item(QuizFacts.of(quiz, now, times, page.texts()), done(quiz, taken, now)))
              .toList();
      if (!items.isEmpty()) {
        groups.add(Group.of(group, items));
      }
    }
    return groups;
  }

  /** What closes sooner comes first, then what does not close, then what opens later. */
  private static Comparator<Quiz> order(Instant now) {
    return Comparator.comparing((Quiz quiz) -> quiz.window().isBefore(now))
        .thenComparing(quiz -> quiz.window().closes().orElse(Instant.MAX));
  }

  private static int done(Quiz quiz, List<Attempt> taken, Instant now) {
    return taken.stream()
        .filter(a -> a.quizId() == quiz.id())
        .mapToInt(a -> Attempts.isRunning(a, now) ? a.number() - 1 : a.number())
        .sum();
  }
}
