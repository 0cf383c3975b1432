package yikao.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static yikao.attempt.AttemptsForTests.DEADLINE;
import static yikao.attempt.AttemptsForTests.START;
import static yikao.attempt.AttemptsForTests.TAKEN_BY;
import static yikao.attempt.AttemptsForTests.at;
import static yikao.attempt.AttemptsForTests.input;
import static yikao.attempt.AttemptsForTests.paper;
import static yikao.attempt.AttemptsForTests.quiz;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import yikao.access.Secrets;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.Attempt.Origin;
import yikao.attempt.Refusal.RefusedException;
import yikao.participant.Visitor;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.Tries;
import yikao.quiz.Policies.Window;
import yikao.quiz.Quiz;

/** An attempt whose paper was given out in print. */
class AttemptRulesOnPaperTest {
  private static final byte[] TOKEN = {1};

  private static Attempt printed() {
    return AttemptRules.startOnPaper(new Origin(new UUID(1, 2), 7, 1, 1, START), TAKEN_BY, "张书记");
  }

  private static Quiz closing(Instant at) {
    return quiz(
        new Window(Optional.empty(), Optional.of(at)), new Tries(Optional.empty(), Counting.BEST));
  }

  private static void assertRefused(Refusal expected, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(expected));
  }

  @Test
  void printed_isEndedByNoClock_norByTheCloseOfItsQuiz() {
    var attempt = printed();
    assertThat(attempt.deadline()).isEmpty();
    assertThat(AttemptRules.isOver(attempt, at(600, 0))).isFalse();
    var last = new Deadline(at(10, 0), at(10, 5));
    assertThat(AttemptRules.within(attempt, last)).isSameAs(attempt);
    assertThat(AttemptRules.within(AttemptsForTests.running(), last).deadline()).contains(last);
  }

  @Test
  void printed_isNotReleased_thoughNoTokenOpensIt() {
    assertThat(printed().isReleased()).isFalse();
    assertThat(printed().isOnPaper()).isTrue();
    assertThat(AttemptsForTests.running().released().isReleased()).isTrue();
    for (var credential :
        List.of(
            new Credential.Token(TOKEN),
            new Credential.Token(Secrets.sha256("")),
            new Credential.Browser(
                new Visitor(
                    new UUID(9, 9), Optional.of(new Visitor.OfMember(TAKEN_BY.id(), TOKEN)))))) {
      assertThat(credential.opens(printed().tokenHash(), TAKEN_BY.id())).isFalse();
    }
  }

  @Test
  void running_goesOnInTheWayItWasBegun() {
    AttemptRules.checkWay(printed(), true);
    AttemptRules.checkWay(AttemptsForTests.running(), false);
    assertRefused(new Refusal.OnPaper(), () -> AttemptRules.checkWay(printed(), false));
    assertRefused(
        new Refusal.OnPhone(), () -> AttemptRules.checkWay(AttemptsForTests.running(), true));
  }

  @Test
  void typedIn_countsWhole_andEndsAtTheLatestWhenAPhoneWould() {
    var soon = AttemptRules.enter(printed(), List.of(input(1, 1, "b")), quiz(), "李", at(10, 0));
    assertThat(soon.state()).isEqualTo(AttemptState.SUBMITTED);
    assertThat(soon.ending().orElseThrow().at()).isEqualTo(at(10, 0));
    assertThat(soon.enteredBy()).contains("李");
    var nextDay =
        AttemptRules.enter(printed(), List.of(input(1, 1, "b")), quiz(), "李", at(1500, 0));
    assertThat(nextDay.ending().orElseThrow().at()).isEqualTo(DEADLINE);
    assertThat(nextDay.ending().orElseThrow().elapsedMillis())
        .isEqualTo(Duration.between(START, DEADLINE).toMillis());
    assertThat(nextDay.responses().byNumber()).containsOnlyKeys(1);
    var closed = AttemptRules.enter(printed(), List.of(), closing(at(20, 0)), "李", at(60, 0));
    assertThat(closed.ending().orElseThrow().at()).isEqualTo(at(20, 0));
  }

  @Test
  void typedInAgain_replacesAll_andEndsWhenItDid() {
    var first =
        AttemptRules.enter(
            printed(), List.of(input(1, 1, "a"), input(2, 1, "b")), quiz(), "李", at(10, 0));
    var marked = AttemptRules.mark(first, paper(), Amended.NOT, Map.of());
    var again = AttemptRules.enter(marked, List.of(input(1, 1, "b")), quiz(), "王", at(30, 0));
    assertThat(again.responses().byNumber()).containsOnlyKeys(1);
    assertThat(again.ending()).isEqualTo(first.ending());
    assertThat(again.enteredBy()).contains("王");
    var remarked = AttemptRules.mark(again, paper(), Amended.NOT, Map.of()).result().orElseThrow();
    assertThat(remarked.score().points()).isEqualByComparingTo("2");
    assertThat(remarked.marking()).isEqualTo(2);
  }

  @Test
  void onlyWhatIsOnPaper_isTypedIn_orTakenBack() {
    var phone = AttemptsForTests.running();
    assertRefused(
        new Refusal.NotOnPaper(),
        () -> AttemptRules.enter(phone, List.of(), quiz(), "李", at(1, 0)));
    assertRefused(new Refusal.NotOnPaper(), () -> AttemptRules.withdraw(phone, quiz(), at(1, 0)));
    var back = AttemptRules.withdraw(printed(), quiz(), at(1, 0)).setAside();
    assertThat(back.state()).isEqualTo(AttemptState.EXPIRED);
    assertRefused(
        new Refusal.NotOnPaper(), () -> AttemptRules.enter(back, List.of(), quiz(), "李", at(2, 0)));
    var typed = AttemptRules.enter(printed(), List.of(), quiz(), "李", at(1, 0));
    assertRefused(new Refusal.Ended(), () -> AttemptRules.withdraw(typed, quiz(), at(2, 0)));
  }

  /** Whenever it is typed in, the end lies between the start and what the quiz allows. */
  @Test
  void end_staysWithinTheTime_whenever() {
    var random = new Random(15);
    for (var round = 0; round < 1000; round++) {
      var close = START.plusSeconds(1 + random.nextInt(7200));
      var now = START.plusSeconds(random.nextInt(100_000));
      var quiz = closing(close);
      var end = AttemptRules.enter(printed(), List.of(), quiz, "李", now).ending().orElseThrow();
      var latest = quiz.deadline(START, Duration.ZERO).orElseThrow();
      assertThat(end.at()).isBetween(START, latest).isBeforeOrEqualTo(now);
      assertThat(end.elapsedMillis()).isEqualTo(Duration.between(START, end.at()).toMillis());
    }
  }
}
