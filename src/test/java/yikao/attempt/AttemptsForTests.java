package yikao.attempt;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.Attempt.Origin;
import yikao.paper.Blueprint;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.paper.Paper;
import yikao.paper.Section;
import yikao.paper.Shuffle;
import yikao.participant.Branch;
import yikao.participant.Participant;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.Questions;
import yikao.question.Response;
import yikao.quiz.Policies.AtClose;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Tries;
import yikao.quiz.Policies.Window;
import yikao.quiz.Quiz;
import yikao.quiz.QuizGroup;
import yikao.scoring.MarkingPolicy;

/**
 * An attempt that starts at 09:00 with a limit of 45 minutes and a grace of 5 seconds, over three
 * single-choice questions of 2 points and an essay of 4.
 */
public final class AttemptsForTests {
  public static final Instant START = Instant.parse("2026-07-01T01:00:00Z");
  public static final Duration LIMIT = Duration.ofMinutes(45);
  public static final Instant DEADLINE = START.plus(LIMIT);
  public static final Duration GRACE = Duration.ofSeconds(5);
  public static final UUID ID = new UUID(1, 2);
  public static final Participant TAKEN_BY =
      new Participant(new UUID(3, 4), "甲", new Branch.Named("一"));

  private AttemptsForTests() {}

  public static Attempt running() {
    return running(Optional.of(DEADLINE));
  }

  public static Attempt running(Optional<Instant> deadline) {
    return new Attempt(
        new Origin(ID, 7, 1, 1, START),
        TAKEN_BY,
        new byte[] {1},
        deadline.map(d -> new Deadline(d, d.plus(GRACE))),
        Responses.NONE,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public static Instant at(int minutes, int seconds) {
    return START.plusSeconds(60L * minutes + seconds);
  }

  public static Input input(int number, int sequence, String choice) {
    return new Input(number, sequence, new Response.Chosen(Set.of(choice)));
  }

  public static Quiz quiz(Window window, Tries tries) {
    var sections =
        List.of(
            new Section(QuestionType.SINGLE, 3, BigDecimal.TWO, List.of(), Map.of()),
            new Section(QuestionType.ESSAY, 1, new BigDecimal("4"), List.of(), Map.of()));
    return new Quiz(
        new Quiz.Version(7, "code", 1),
        new Quiz.About("测验", "", true, QuizGroup.TEST, Optional.empty()),
        new Quiz.Drawing(
            new Blueprint(sections, DrawPolicy.UNIFORM, Set.of()), new Shuffle(true, true)),
        new Quiz.Schedule(window, AtClose.CUT, Optional.of(LIMIT), Duration.ZERO, GRACE),
        tries,
        new Quiz.Grading(MarkingPolicy.PLAIN, new BigDecimal("6")),
        new Reveal(Reveal.What.REVIEW, Reveal.When.AT_ONCE),
        new Quiz.Entrance(EntryPolicy.EVERYONE, Optional.empty(), false),
        1,
        Quiz.Changes.NONE);
  }

  public static Quiz quiz() {
    return quiz(
        new Window(Optional.empty(), Optional.empty()), new Tries(Optional.empty(), Counting.BEST));
  }

  /** The right choice of each single-choice question is b. */
  public static AttemptPaper paper() {
    var questions = new ArrayList<Question>();
    var slots = new ArrayList<Paper.Slot>();
    for (var number = 1; number <= 3; number++) {
      questions.add(Questions.single("q" + number, Questions.free("a", "b", "c"), "b"));
      slots.add(new Paper.Slot(0, number, List.of(2, 0, 1)));
    }
    questions.add(Questions.of(QuestionType.ESSAY, "q4", "area", 1));
    slots.add(new Paper.Slot(1, 4, List.of()));
    return new AttemptPaper(ID, quiz(), new UUID(3, 4), 1, new Paper(slots), questions);
  }

  /** The running attempt with these responses, each so many milliseconds after the start. */
  public static Attempt answered(Input first, Input then) {
    return running().withResponses(Responses.NONE.with(List.of(first), 10).with(List.of(then), 20));
  }

  /** An attempt that was handed in after two minutes. */
  public static Attempt submitted() {
    return running().ended(new Attempt.Ending(AttemptState.SUBMITTED, at(2, 0), 9));
  }
}
