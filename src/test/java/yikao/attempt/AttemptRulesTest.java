package yikao.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static yikao.attempt.AttemptsForTests.DEADLINE;
import static yikao.attempt.AttemptsForTests.LIMIT;
import static yikao.attempt.AttemptsForTests.START;
import static yikao.attempt.AttemptsForTests.at;
import static yikao.attempt.AttemptsForTests.input;
import static yikao.attempt.AttemptsForTests.paper;
import static yikao.attempt.AttemptsForTests.running;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import yikao.attempt.Attempt.Ending;
import yikao.attempt.Refusal.RefusedException;
import yikao.attempt.Responses.Given;
import yikao.question.Response;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.Tries;
import yikao.quiz.Policies.Window;
import yikao.scoring.Amendment;
import yikao.scoring.Mark;
import yikao.web.Problem;

/**
 * The life of an attempt along its time.
 *
 * <pre>
 * 09:00                         09:45       09:45:05
 * start ── saves, submission ── deadline ── grace ──│ too late
 * </pre>
 */
class AttemptRulesTest {
  private static final Instant LAST = DEADLINE.plusSeconds(5);
  private static final Instant TOO_LATE = LAST.plusMillis(1);

  private static Response chosen(Attempt attempt, int number) {
    return attempt.responses().get(number).map(Given::response).orElse(null);
  }

  private static long elapsed(Attempt attempt) {
    return attempt.ending().map(Ending::elapsedMillis).orElse(0L);
  }

  private static Response of(String choice) {
    return new Response.Chosen(Set.of(choice));
  }

  private static void assertProblem(String code, Runnable run) {
    assertThatThrownBy(run::run)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(problem(e).code()).isEqualTo(code));
  }

  private static Problem problem(RefusedException refused) {
    return Refusals.problem(refused.refusal(), Optional.of(AttemptsForTests.paper()));
  }

  @Test
  void within_theEarlierDeadlineCounts() {
    var earlier = new Attempt.Deadline(DEADLINE.minusSeconds(60), LAST.minusSeconds(60));
    var later = new Attempt.Deadline(DEADLINE.plusSeconds(60), LAST.plusSeconds(60));
    assertThat(AttemptRules.within(running(), earlier).deadline()).contains(earlier);
    assertThat(AttemptRules.within(running(Optional.empty()), later).deadline()).contains(later);
    assertThat(AttemptRules.within(running(), later).deadline()).isEqualTo(running().deadline());
    var ended = submit(running(), at(1, 0));
    assertThat(AttemptRules.within(ended, earlier)).isSameAs(ended);
  }

  private static Attempt submit(Attempt attempt, Instant now, Input... inputs) {
    return AttemptRules.submit(attempt, List.of(inputs), Duration.ZERO, now);
  }

  @Nested
  class Start {
    private void check(Window window, Optional<Integer> tries, int ended, Instant now) {
      AttemptRules.checkStart(
          AttemptsForTests.quiz(window, new Tries(tries, Counting.BEST)), ended, now);
    }

    @Test
    void window_fromItsOpeningToJustBeforeItsClose() {
      var window = new Window(Optional.of(START), Optional.of(DEADLINE));
      assertProblem(
          "quiz-not-open", () -> check(window, Optional.empty(), 0, START.minusMillis(1)));
      assertThatCode(() -> check(window, Optional.empty(), 0, START)).doesNotThrowAnyException();
      assertThatCode(() -> check(window, Optional.empty(), 0, DEADLINE.minusMillis(1)))
          .doesNotThrowAnyException();
      assertProblem("quiz-closed", () -> check(window, Optional.empty(), 0, DEADLINE));
    }

    @Test
    void noNewStarts_fromThenOn_thoughItIsOpen() {
      var window = new Window(Optional.empty(), Optional.of(DEADLINE), Optional.of(at(10, 0)));
      assertThatCode(() -> check(window, Optional.empty(), 0, at(9, 59)))
          .doesNotThrowAnyException();
      assertProblem("no-new-starts", () -> check(window, Optional.empty(), 0, at(10, 0)));
      assertProblem("quiz-closed", () -> check(window, Optional.empty(), 0, DEADLINE));
    }

    @Test
    void tries_asManyAsThereAre() {
      var always = new Window(Optional.empty(), Optional.empty());
      assertThatCode(() -> check(always, Optional.of(2), 1, START)).doesNotThrowAnyException();
      assertProblem("no-tries-left", () -> check(always, Optional.of(2), 2, START));
      assertThatCode(() -> check(always, Optional.empty(), 999, START)).doesNotThrowAnyException();
    }
  }

  @Nested
  class Save {
    @Test
    void beforeAtAndAfterTheDeadline_withinTheGrace_kept() {
      for (var now : List.of(at(1, 0), DEADLINE, DEADLINE.plusMillis(1), LAST)) {
        var saved = AttemptRules.save(running(), input(2, 1, "b"), now);
        assertThat(chosen(saved, 2)).isEqualTo(of("b"));
        assertThat(saved.responses().get(2).orElseThrow().afterMillis())
            .isEqualTo(Duration.between(START, now).toMillis());
        assertThat(saved.state()).isEqualTo(AttemptState.RUNNING);
      }
    }

    @Test
    void afterTheGrace_refused() {
      assertProblem("too-late", () -> AttemptRules.save(running(), input(2, 1, "b"), TOO_LATE));
    }

    @Test
    void afterTheEnd_refused() {
      var submitted = submit(running(), at(10, 0));
      assertProblem(
          "attempt-ended", () -> AttemptRules.save(submitted, input(2, 1, "b"), at(10, 1)));
      var expired = AttemptRules.expire(running());
      assertProblem("attempt-ended", () -> AttemptRules.save(expired, input(2, 1, "b"), at(10, 1)));
    }

    @Test
    void withoutADeadline_never_tooLate() {
      var endless = running(Optional.empty());
      var saved = AttemptRules.save(endless, input(1, 1, "a"), START.plus(Duration.ofDays(400)));
      assertThat(chosen(saved, 1)).isEqualTo(of("a"));
    }

    @Test
    void olderOrSameSequence_sameAgainIsStored_anotherIsRefused_higherOverwrites() {
      var first = AttemptRules.save(running(), input(1, 5, "a"), at(1, 0));
      for (var sequence : List.of(4, 5)) {
        assertThat(AttemptRules.save(first, input(1, sequence, "a"), at(2, 0)).responses())
            .isEqualTo(first.responses());
        assertProblem(
            "response-stale", () -> AttemptRules.save(first, input(1, sequence, "b"), at(2, 0)));
      }
      assertThat(chosen(AttemptRules.save(first, input(1, 6, "b"), at(2, 0)), 1))
          .isEqualTo(of("b"));
      assertThat(chosen(AttemptRules.save(first, input(2, 1, "c"), at(2, 0)), 1))
          .isEqualTo(of("a"));
    }

    @Test
    void anyOrderOfArrival_theHighestSequenceStays() {
      var random = new SplittableRandom(15);
      for (var n = 0; n < 2_000; n++) {
        var attempt = running();
        var highest = new HashMap<Integer, Integer>();
        for (var i = 0; i < 20; i++) {
          var number = 1 + random.nextInt(3);
          var sequence = random.nextInt(30);
          var input = input(number, sequence, "s" + sequence);
          var isOlder = sequence < highest.getOrDefault(number, 0);
          try {
            attempt = AttemptRules.save(attempt, input, at(i, 0));
            assertThat(isOlder).isFalse();
          } catch (RefusedException e) {
            assertThat(isOlder).isTrue();
          }
          highest.merge(number, sequence, Math::max);
        }
        for (var entry : highest.entrySet()) {
          assertThat(chosen(attempt, entry.getKey())).isEqualTo(of("s" + entry.getValue()));
        }
      }
    }
  }

  @Nested
  class Submit {
    @Test
    void beforeTheDeadline_ends_withItsTime() {
      var saved = AttemptRules.save(running(), input(1, 1, "a"), at(1, 0));
      var ended = submit(saved, at(10, 0), input(2, 2, "b"));
      assertThat(ended.state()).isEqualTo(AttemptState.SUBMITTED);
      assertThat(ended.ending().map(Ending::at)).contains(at(10, 0));
      assertThat(elapsed(ended)).isEqualTo(600_000);
      assertThat(chosen(ended, 1)).isEqualTo(of("a"));
      assertThat(chosen(ended, 2)).isEqualTo(of("b"));
    }

    @Test
    void withinTheGrace_countsWhole_butTheTimeOnlyToTheDeadline() {
      for (var now : List.of(DEADLINE.plusMillis(1), LAST)) {
        var ended = submit(running(), now, input(1, 1, "b"), input(2, 2, "b"));
        assertThat(ended.state()).isEqualTo(AttemptState.SUBMITTED);
        assertThat(chosen(ended, 1)).isEqualTo(of("b"));
        assertThat(chosen(ended, 2)).isEqualTo(of("b"));
        assertThat(elapsed(ended)).isEqualTo(LIMIT.toMillis());
      }
    }

    @Test
    void afterTheGrace_onlyWhatWasSaved() {
      var saved = AttemptRules.save(running(), input(1, 1, "a"), at(1, 0));
      var ended = submit(saved, TOO_LATE, input(1, 2, "b"), input(2, 3, "b"));
      assertThat(ended.state()).isEqualTo(AttemptState.EXPIRED);
      assertThat(chosen(ended, 1)).isEqualTo(of("a"));
      assertThat(chosen(ended, 2)).isNull();
      assertThat(ended.ending().map(Ending::at)).contains(DEADLINE);
      assertThat(elapsed(ended)).isEqualTo(LIMIT.toMillis());
    }

    @Test
    void olderSequenceInASubmission_sameIsTaken_anotherRefusesAll() {
      var saved = AttemptRules.save(running(), input(1, 7, "a"), at(1, 0));
      var ended = submit(saved, at(2, 0), input(1, 6, "a"), input(2, 8, "c"));
      assertThat(chosen(ended, 1)).isEqualTo(of("a"));
      assertThat(chosen(ended, 2)).isEqualTo(of("c"));
      assertProblem(
          "response-stale", () -> submit(saved, at(2, 0), input(1, 6, "b"), input(2, 8, "c")));
    }

    @Test
    void whatIsStoredInstead_isNamed() {
      var saved = AttemptRules.save(running(), input(1, 7, "a"), at(1, 0));
      assertThatThrownBy(() -> AttemptRules.save(saved, input(1, 6, "b"), at(2, 0)))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e ->
                  assertThat(e.refusal())
                      .isEqualTo(
                          new Refusal.Stale(Map.of(1, saved.responses().get(1).orElseThrow()))));
    }

    @Test
    void twice_staysAsItWas() {
      var ended = submit(running(), at(10, 0), input(1, 1, "a"));
      assertThat(submit(ended, at(11, 0), input(1, 2, "b"))).isSameAs(ended);
      assertThat(submit(ended, TOO_LATE, input(1, 2, "b"))).isSameAs(ended);
      var expired = AttemptRules.expire(running());
      assertThat(submit(expired, at(10, 0), input(1, 2, "b"))).isSameAs(expired);
    }

    @Test
    void beforeTheMinimumTime_refusedWithTheWholeSecondsLeft() {
      var minimum = Duration.ofSeconds(60);
      var refused =
          catchThrowableOfType(
              RefusedException.class,
              () -> AttemptRules.submit(running(), List.of(), minimum, at(0, 30).plusMillis(500)));
      assertThat(refused.refusal()).isEqualTo(new Refusal.TooEarly(Duration.ofMillis(29_500)));
      var problem = problem(refused);
      assertThat(problem.code()).isEqualTo("too-early");
      assertThat(problem.retryAfter().orElseThrow().toSeconds()).isEqualTo(30);
      assertThat(AttemptRules.submit(running(), List.of(), minimum, at(1, 0)).state())
          .isEqualTo(AttemptState.SUBMITTED);
    }

    @Test
    void afterTheDeadline_theMinimumTimeNoLongerHolds() {
      var ended = AttemptRules.submit(running(), List.of(), Duration.ofHours(2), TOO_LATE);
      assertThat(ended.state()).isEqualTo(AttemptState.EXPIRED);
    }

    @Test
    void clockBeforeTheStart_noTimeBelowZero() {
      assertThat(elapsed(submit(running(), START.minusMillis(5)))).isZero();
    }

    @Test
    void withoutADeadline_wholeTimeCounts() {
      var ended = submit(running(Optional.empty()), START.plus(Duration.ofDays(2)));
      assertThat(elapsed(ended)).isEqualTo(Duration.ofDays(2).toMillis());
    }
  }

  @Nested
  class Expire {
    @Test
    void isOver_onlyAfterTheGrace() {
      assertThat(AttemptRules.isOver(running(), DEADLINE)).isFalse();
      assertThat(AttemptRules.isOver(running(), LAST)).isFalse();
      assertThat(AttemptRules.isOver(running(), TOO_LATE)).isTrue();
      assertThat(AttemptRules.isOver(running(Optional.empty()), TOO_LATE)).isFalse();
    }

    @Test
    void expire_endsAtTheDeadlineWithWhatWasSaved() {
      var saved = AttemptRules.save(running(), input(1, 1, "a"), LAST);
      var ended = AttemptRules.expire(saved);
      assertThat(ended.state()).isEqualTo(AttemptState.EXPIRED);
      assertThat(ended.ending().map(Ending::at)).contains(DEADLINE);
      assertThat(elapsed(ended)).isEqualTo(LIMIT.toMillis());
      assertThat(chosen(ended, 1)).isEqualTo(of("a"));
    }

    @Test
    void reopened_runsToItsNewDeadline() {
      var given = Duration.ofSeconds(600);
      var later = AttemptRules.deadline(AttemptsForTests.quiz(), START, given);
      var reopened = AttemptRules.expire(running()).reopened(later);
      assertThat(reopened.state()).isEqualTo(AttemptState.RUNNING);
      assertThat(reopened.ending()).isEmpty();
      assertThat(reopened.result()).isEmpty();
      var ended = submit(reopened, at(50, 0), input(1, 1, "b"));
      assertThat(ended.state()).isEqualTo(AttemptState.SUBMITTED);
      assertThat(elapsed(ended)).isEqualTo(50 * 60_000);
    }
  }

  @Nested
  class Marked {
    private final Attempt ended =
        submit(
            running(),
            at(10, 0),
            input(1, 1, "b"),
            input(2, 2, "a"),
            new Input(4, 3, new Response.Written(List.of("答"))));

    private Result mark(List<Amendment> amendments, Map<Integer, PersonMark> byPerson) {
      var amended = new Amended(amendments, amendments.size());
      return AttemptRules.mark(ended, paper(), amended, byPerson).result().orElseThrow();
    }

    private PersonMark given(String points, String text) {
      return new PersonMark(
          new BigDecimal(points),
          Optional.empty(),
          Optional.of(PersonMark.digest(new Response.Written(List.of(text)))),
          1);
    }

    @Test
    void marks_inTheOrderOfThePaper_essayPending() {
      var result = mark(List.of(), Map.of());
      assertThat(result.marks().stream().map(Mark::points))
          .usingElementComparator(BigDecimal::compareTo)
          .containsExactly(BigDecimal.TWO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
      assertThat(result.score().maximum()).isEqualByComparingTo("10");
      assertThat(result.score().pending()).isEqualTo(1);
      assertThat(result.passed()).isEmpty();
    }

    @Test
    void markedByAPerson_counts() {
      var result = mark(List.of(), Map.of(4, given("4", "答")));
      assertThat(result.score().points()).isEqualByComparingTo("6");
      assertThat(result.passed()).contains(true);
    }

    @Test
    void markedByAPerson_ofAnotherText_isPendingAgain() {
      var result = mark(List.of(), Map.of(4, given("4", "答案")));
      assertThat(result.score().points()).isEqualByComparingTo("2");
      assertThat(result.score().pending()).isEqualTo(1);
    }

    @Test
    void again_theSameResult_andCountedAsAnotherMarking() {
      var once = AttemptRules.mark(ended, paper(), Amended.NOT, Map.of());
      var twice = AttemptRules.mark(once, paper(), Amended.NOT, Map.of());
      var first = once.result().orElseThrow();
      var second = twice.result().orElseThrow();
      assertThat(second.marks()).isEqualTo(first.marks());
      assertThat(second.score()).isEqualTo(first.score());
      assertThat(first.marking()).isEqualTo(1);
      assertThat(second.marking()).isEqualTo(2);
    }

    @Test
    void amended_remembersHowManyAmendmentsItKnows() {
      var result = mark(List.of(new Amendment.Voided("q2", false)), Map.of(4, given("2", "答")));
      assertThat(result.amendments()).isEqualTo(1);
      assertThat(result.score().points()).isEqualByComparingTo("4");
      assertThat(result.score().maximum()).isEqualByComparingTo("8");
      assertThat(result.passed()).contains(false); // 4/8 against 6/10
    }
  }

  @Test
  void randomLives_endOnceAndKeepWhatWasSaved() {
    var random = new SplittableRandom(16);
    for (var n = 0; n < 5_000; n++) {
      var attempt = running();
      var now = START;
      var seen = new ArrayList<Attempt>();
      for (var i = 0; i < 12; i++) {
        now = now.plusMillis(random.nextInt(600_000));
        var before = attempt;
        var input =
            input(1 + random.nextInt(3), random.nextInt(9), "abc".substring(i % 3, i % 3 + 1));
        try {
          attempt =
              random.nextInt(6) == 0
                  ? AttemptRules.submit(attempt, List.of(input), Duration.ofMinutes(5), now)
                  : AttemptRules.save(attempt, input, now);
        } catch (RefusedException e) {
          assertThat(List.of("too-late", "too-early", "attempt-ended", "response-stale"))
              .contains(problem(e).code());
        }
        if (before.isEnded()) {
          assertThat(attempt).isSameAs(before);
        }
        assertThat(elapsed(attempt)).isBetween(0L, LIMIT.toMillis());
        for (var number : before.responses().byNumber().keySet()) {
          assertThat(attempt.responses().get(number).orElseThrow().sequence())
              .isGreaterThanOrEqualTo(before.responses().get(number).orElseThrow().sequence());
        }
        seen.add(attempt);
      }
      assertThat(seen.stream().filter(a -> a.isEnded()).distinct().count()).isLessThanOrEqualTo(1);
    }
  }
}
