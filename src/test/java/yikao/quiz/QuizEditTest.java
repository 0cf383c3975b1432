package yikao.quiz;

import static org.assertj.core.api.Assertions.assertThat;
import static yikao.quiz.QuizSpecs.section;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.quiz.Policies.AtClose;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.QuizEdit.Frozen;
import yikao.quiz.QuizSpec.MarkingSpec;
import yikao.quiz.QuizSpec.RevealSpec;
import yikao.scoring.MarkingPolicy.MultipleRule;

class QuizEditTest {
  private static final Instant NINE = Instant.parse("2026-07-01T01:00:00Z");

  private static QuizSpecs started() {
    var spec = new QuizSpecs();
    spec.opens = NINE;
    spec.closes = NINE.plusSeconds(3600);
    spec.timeLimitMinutes = 45;
    spec.tries = 3;
    spec.graceSeconds = 10;
    spec.passMark = new BigDecimal("12");
    spec.reveal = new RevealSpec(Reveal.What.SCORE, Reveal.When.AFTER_WINDOW);
    return spec;
  }

  private static List<Frozen> frozen(Consumer<QuizSpecs> change) {
    var next = started();
    change.accept(next);
    return QuizEdit.frozen(started().read(), next.read(), false);
  }

  /** A change, and whether it is refused with this reason; null: allowed. */
  record Change(String field, String reason, Consumer<QuizSpecs> change) {
    @Override
    public String toString() {
      return field + " " + (reason == null ? "allowed" : reason);
    }
  }

  static List<Change> changes() {
    var changes = new ArrayList<Change>();
    frozen(changes, "sections", s -> s.sections = List.of(section(11, "2")));
    frozen(changes, "sections", s -> s.sections = List.of(section(10, "2.5")));
    frozen(changes, "draw", s -> s.draw = DrawPolicy.LEAST_USED_FIRST);
    frozen(changes, "documents", s -> s.documents = List.of("party-branch-2018"));
    frozen(changes, "opens", s -> s.opens = null);
    frozen(changes, "opens", s -> s.opens = NINE.plusSeconds(1));
    frozen(changes, "timeLimitMinutes", s -> s.timeLimitMinutes = 60);
    frozen(changes, "timeLimitMinutes", s -> s.timeLimitMinutes = null);
    frozen(changes, "minimumSeconds", s -> s.minimumSeconds = 1);
    frozen(changes, "counting", s -> s.counting = Counting.LAST);
    frozen(
        changes,
        "marking",
        s -> s.marking = new MarkingSpec(MultipleRule.PARTIAL, null, null, null, null));
    frozen(changes, "passMark", s -> s.passMark = new BigDecimal("11"));
    frozen(changes, "shuffleQuestions", s -> s.shuffleQuestions = false);
    frozen(changes, "shuffleQuestions", s -> s.shuffleChoices = false);
    frozen(changes, "atClose", s -> s.atClose = AtClose.FINISH);
    changes.add(new Change("tries", "quiz.tries-fewer", s -> s.tries = 2));
    changes.add(new Change("graceSeconds", "quiz.grace-shorter", s -> s.graceSeconds = 9));
    changes.add(
        new Change("closes", "quiz.closes-earlier", s -> s.closes = NINE.plusSeconds(3599)));
    changes.add(
        new Change(
            "reveal",
            "quiz.reveal-more",
            s -> s.reveal = new RevealSpec(Reveal.What.ANSWERS, Reveal.When.AFTER_WINDOW)));
    changes.add(
        new Change(
            "reveal",
            "quiz.reveal-more",
            s -> s.reveal = new RevealSpec(Reveal.What.SCORE, Reveal.When.AT_ONCE)));
    allowed(changes, "nothing", _ -> {});
    allowed(changes, "title", s -> s.title = "另一个名字");
    allowed(changes, "description", s -> s.description = "说明");
    allowed(changes, "listed", s -> s.listed = false);
    allowed(changes, "group", s -> s.group = QuizGroup.PRACTICE);
    allowed(changes, "tries more", s -> s.tries = 4);
    allowed(changes, "tries without limit", s -> s.tries = null);
    allowed(changes, "no new starts", s -> s.startsUntil = NINE.plusSeconds(60));
    allowed(changes, "closes later", s -> s.closes = NINE.plusSeconds(3601));
    allowed(changes, "grace longer", s -> s.graceSeconds = 11);
    allowed(changes, "minimumParticipants", s -> s.minimumParticipants = 3);
    allowed(changes, "pass mark in other digits", s -> s.passMark = new BigDecimal("12.00"));
    allowed(changes, "points in other digits", s -> s.sections = List.of(section(10, "2.0")));
    allowed(
        changes,
        "marking in other digits",
        s -> s.marking = new MarkingSpec(null, new BigDecimal("0.50"), null, null, null));
    allowed(
        changes,
        "reveal less",
        s -> s.reveal = new RevealSpec(Reveal.What.NOTHING, Reveal.When.AFTER_WINDOW));
    return changes;
  }

  private static void frozen(List<Change> changes, String field, Consumer<QuizSpecs> change) {
    changes.add(new Change(field, "quiz.frozen", change));
  }

  private static void allowed(List<Change> changes, String field, Consumer<QuizSpecs> change) {
    changes.add(new Change(field, null, change));
  }

  @ParameterizedTest
  @MethodSource
  void changes(Change change) {
    if (change.reason() == null) {
      assertThat(frozen(change.change())).isEmpty();
    } else {
      assertThat(frozen(change.change()))
          .containsExactly(new Frozen(change.field(), change.reason()));
    }
  }

  @Test
  void frozen_closeWhereThereWasNone_isEarlier() {
    var old = started();
    old.closes = null;
    old.reveal = null;
    var next = started();
    next.reveal = null;
    assertThat(QuizEdit.frozen(old.read(), next.read(), false))
        .containsExactly(new Frozen("closes", "quiz.closes-earlier"));
    assertThat(QuizEdit.frozen(next.read(), old.read(), false)).isEmpty();
  }

  @Test
  void frozen_triesWhereThereWasNoLimit_areFewer() {
    var old = started();
    old.tries = null;
    assertThat(QuizEdit.frozen(old.read(), started().read(), false))
        .containsExactly(new Frozen("tries", "quiz.tries-fewer"));
  }

  @Test
  void frozen_closeMovedAfterKeysWereShown() {
    var old = started();
    old.reveal = new RevealSpec(Reveal.What.REVIEW, Reveal.When.AFTER_WINDOW);
    var next = started();
    next.reveal = old.reveal;
    next.closes = NINE.plusSeconds(7200);
    assertThat(QuizEdit.frozen(old.read(), next.read(), false)).isEmpty();
    assertThat(QuizEdit.frozen(old.read(), next.read(), true))
        .containsExactly(new Frozen("closes", "quiz.keys-shown"));
    next.closes = old.closes;
    next.graceSeconds = 600;
    assertThat(QuizEdit.frozen(old.read(), next.read(), false)).isEmpty();
    assertThat(QuizEdit.frozen(old.read(), next.read(), true))
        .as("it would not be over any more")
        .containsExactly(new Frozen("graceSeconds", "quiz.keys-shown"));
  }

  @Test
  void keysShown_onceEverybodyHasEnded_whereSomeCouldAnswerAgain() {
    var quiz = started();
    var end = NINE.plusSeconds(3600 + 10);
    for (var when : List.of(Reveal.When.AFTER_WINDOW, Reveal.When.AFTER_LAST_TRY)) {
      quiz.reveal = new RevealSpec(Reveal.What.REVIEW, when);
      assertThat(quiz.read().hasShownKeys(end)).isFalse();
      assertThat(quiz.read().hasShownKeys(end.plusMillis(1))).isTrue();
      quiz.reveal = new RevealSpec(Reveal.What.ANSWERS, when);
      assertThat(quiz.read().hasShownKeys(end.plusMillis(1))).isFalse();
    }
    quiz.reveal = new RevealSpec(Reveal.What.REVIEW, Reveal.When.AT_ONCE);
    assertThat(quiz.read().hasShownKeys(end.plusMillis(1))).as("seen before").isFalse();
    quiz.reveal = new RevealSpec(Reveal.What.REVIEW, Reveal.When.AFTER_LAST_TRY);
    quiz.tries = 1;
    assertThat(quiz.read().hasShownKeys(end.plusMillis(1))).as("seen before").isFalse();
  }

  @Test
  void frozen_moreTriesWhereKeysAreShownAfterTheLast() {
    var old = started();
    old.reveal = new RevealSpec(Reveal.What.REVIEW, Reveal.When.AFTER_LAST_TRY);
    var next = started();
    next.reveal = old.reveal;
    next.tries = 4;
    assertThat(QuizEdit.frozen(old.read(), next.read(), false))
        .containsExactly(new Frozen("tries", "quiz.tries-after-keys"));
  }

  @Test
  void frozen_severalChanges_allNamed() {
    assertThat(
            frozen(s -> {
              s.timeLimitMinutes = 30;
              s.tries = 1;
              s.title = "另一个名字";
            }))
        .extracting(Frozen::field)
        .containsExactly("timeLimitMinutes", "tries");
  }
}
