package yikao.quiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static yikao.quiz.QuizSpecs.mixed;
import static yikao.quiz.QuizSpecs.section;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.paper.Section.AreaQuota;
import yikao.paper.Shuffle;
import yikao.quiz.Policies.AtClose;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Policies.Tries;
import yikao.quiz.Policies.Window;
import yikao.quiz.QuizSpec.AreaSpec;
import yikao.quiz.QuizSpec.MarkingSpec;
import yikao.quiz.QuizSpec.RevealSpec;
import yikao.quiz.QuizSpec.SectionSpec;
import yikao.scoring.MarkingPolicy;
import yikao.scoring.MarkingPolicy.MultipleRule;
import yikao.web.Problem;
import yikao.web.Problems;

class QuizReaderTest {
  private static final Instant NINE = Instant.parse("2026-07-01T01:00:00Z");

  @Test
  void group_asNamed_orFromWhatIsDrawn() {
    var spec = new QuizSpecs();
    assertThat(spec.read().about().group()).isEqualTo(QuizGroup.TEST);
    spec.documents = List.of("party-branch-2018");
    assertThat(spec.read().about().group()).isEqualTo(QuizGroup.THEME);
    spec.group = QuizGroup.TEST;
    assertThat(spec.read().about().group()).isEqualTo(QuizGroup.TEST);
  }

  @Test
  void group_ofOneAreaWithoutALimit_isPractice() {
    var spec = new QuizSpecs();
    var law = new AreaSpec("law", null, null);
    spec.sections = List.of(section(3, "1", law), section(2, "2", law));
    assertThat(spec.read().about().group()).isEqualTo(QuizGroup.PRACTICE);
    spec.timeLimitMinutes = 20;
    assertThat(spec.read().about().group()).isEqualTo(QuizGroup.TEST);
    spec.timeLimitMinutes = null;
    spec.sections = List.of(section(3, "1", law), section(2, "2"));
    assertThat(spec.read().about().group()).isEqualTo(QuizGroup.TEST);
    spec.sections =
        List.of(section(3, "1", law), section(2, "2", new AreaSpec("history", null, null)));
    assertThat(spec.read().about().group()).isEqualTo(QuizGroup.TEST);
    spec.sections = List.of(section(3, "1", law, new AreaSpec("history", null, null)));
    assertThat(spec.read().about().group()).isEqualTo(QuizGroup.TEST);
  }

  @Test
  void read_onlyWhatMustBeThere_theDefaults() {
    var quiz = new QuizSpecs().read();
    assertThat(quiz.title()).isEqualTo("党章测验");
    assertThat(quiz.about().description()).isEmpty();
    assertThat(quiz.blueprint().policy()).isEqualTo(DrawPolicy.UNIFORM);
    assertThat(quiz.window()).isEqualTo(new Window(Optional.empty(), Optional.empty()));
    assertThat(quiz.schedule().timeLimit()).isEmpty();
    assertThat(quiz.schedule().minimumTime()).isEqualTo(Duration.ZERO);
    assertThat(quiz.tries()).isEqualTo(new Tries(Optional.empty(), Counting.BEST));
    assertThat(quiz.grading().marking().multiple()).isEqualTo(MultipleRule.ALL_OR_NOTHING);
    assertThat(quiz.grading().marking().penalty()).isEqualByComparingTo("0");
    assertThat(quiz.grading().marking().floor()).isEqualByComparingTo("0");
    assertThat(quiz.reveal()).isEqualTo(new Reveal(Reveal.What.REVIEW, Reveal.When.AT_ONCE));
    assertThat(quiz.grading().passMark()).isEqualByComparingTo("12");
    assertThat(quiz.drawing().shuffle()).isEqualTo(new Shuffle(true, true));
    assertThat(quiz.schedule().atClose()).isEqualTo(AtClose.CUT);
    assertThat(quiz.entry()).isEqualTo(EntryPolicy.EVERYONE);
    assertThat(quiz.grace()).isEqualTo(Duration.ofSeconds(5));
    assertThat(quiz.minimumParticipants()).isEqualTo(1);
    assertThat(quiz.about().listed()).isTrue();
  }

  @Test
  void read_perChoice_noQuestionBelowZeroUnlessSaid() {
    var spec = new QuizSpecs();
    spec.marking = new MarkingSpec(MultipleRule.PER_CHOICE, null, null, null, null);
    assertThat(spec.read().grading().marking().questionFloor()).isEqualByComparingTo("0");
    spec.marking = new MarkingSpec(MultipleRule.PARTIAL, null, null, null, null);
    assertThat(spec.read().grading().marking().questionFloor()).isEqualByComparingTo("-1");
    assertThat(spec.read().grading().marking().partialShare()).isEqualByComparingTo("0.5");
  }

  @Test
  void read_everything_asWritten() {
    var spec = new QuizSpecs();
    spec.title = " 测验 ";
    spec.description = "说明";
    spec.sections =
        List.of(
            section(6, "1.5", new AreaSpec("a", 2, null), new AreaSpec("b", 4, null)),
            section(5, "2", new AreaSpec("a", null, 3), new AreaSpec("b", null, 7)),
            section(4, "2", new AreaSpec("a", null, null)),
            mixed(Map.of("1", 3, "5", 7, "2", 0)));
    spec.draw = DrawPolicy.LEAST_USED_FIRST;
    spec.opens = NINE;
    spec.closes = NINE.plusSeconds(3600);
    spec.timeLimitMinutes = 45;
    spec.minimumSeconds = 60;
    spec.tries = 3;
    spec.counting = Counting.AVERAGE;
    spec.marking =
        new MarkingSpec(
            MultipleRule.PARTIAL,
            new BigDecimal("0.3"),
            new BigDecimal("0.1"),
            new BigDecimal("-0.2"),
            new BigDecimal("-10"));
    spec.reveal = new RevealSpec(Reveal.What.SCORE, Reveal.When.AFTER_WINDOW);
    spec.passMark = new BigDecimal("20");
    spec.shuffleQuestions = false;
    spec.shuffleChoices = true;
    spec.atClose = AtClose.FINISH;
    spec.graceSeconds = 0;
    spec.minimumParticipants = 5;
    spec.listed = false;
    var quiz = spec.read();
    assertThat(quiz.title()).isEqualTo("测验");
    assertThat(quiz.about().description()).isEqualTo("说明");
    var sections = quiz.blueprint().sections();
    assertThat(sections.getFirst().areas())
        .containsExactly(new AreaQuota("a", 2, 0), new AreaQuota("b", 4, 0));
    assertThat(sections.get(1).areas())
        .containsExactly(new AreaQuota("a", 0, 3), new AreaQuota("b", 0, 7));
    assertThat(sections.get(2).areas()).containsExactly(new AreaQuota("a", 0, 0));
    assertThat(sections.get(3).difficulty()).isEqualTo(Map.of(1, 3, 5, 7));
    assertThat(quiz.blueprint().points()).isEqualByComparingTo("37");
    assertThat(quiz.window())
        .isEqualTo(new Window(Optional.of(NINE), Optional.of(NINE.plusSeconds(3600))));
    assertThat(quiz.schedule().timeLimit()).contains(Duration.ofMinutes(45));
    assertThat(quiz.schedule().minimumTime()).isEqualTo(Duration.ofSeconds(60));
    assertThat(quiz.tries()).isEqualTo(new Tries(Optional.of(3), Counting.AVERAGE));
    assertThat(quiz.grading().marking())
        .isEqualTo(
            new MarkingPolicy(
                MultipleRule.PARTIAL,
                new BigDecimal("0.3"),
                new BigDecimal("0.1"),
                new BigDecimal("-0.2"),
                new BigDecimal("-10")));
    assertThat(quiz.reveal()).isEqualTo(new Reveal(Reveal.What.SCORE, Reveal.When.AFTER_WINDOW));
    assertThat(quiz.grading().passMark()).isEqualByComparingTo("20");
    assertThat(quiz.drawing().shuffle()).isEqualTo(new Shuffle(false, true));
    assertThat(quiz.schedule().atClose()).isEqualTo(AtClose.FINISH);
    assertThat(quiz.grace()).isEqualTo(Duration.ZERO);
    assertThat(quiz.minimumParticipants()).isEqualTo(5);
    assertThat(quiz.about().listed()).isFalse();
  }

  @Test
  void deadline_limitAndWindow_theEarlierUnlessItMayFinish() {
    var spec = new QuizSpecs();
    assertThat(deadline(spec, NINE)).isEmpty();
    spec.closes = NINE.plusSeconds(3600);
    assertThat(deadline(spec, NINE)).contains(NINE.plusSeconds(3600));
    spec.timeLimitMinutes = 45;
    assertThat(deadline(spec, NINE)).contains(NINE.plusSeconds(45 * 60));
    assertThat(deadline(spec, NINE.plusSeconds(1800))).contains(NINE.plusSeconds(3600));
    spec.atClose = AtClose.FINISH;
    assertThat(deadline(spec, NINE.plusSeconds(1800))).contains(NINE.plusSeconds(1800 + 45 * 60));
  }

  @Test
  void deadline_timeGiven_afterTheLimitAndNotBeyondTheClose() {
    var spec = new QuizSpecs();
    spec.closes = NINE.plusSeconds(3600);
    spec.timeLimitMinutes = 45;
    var given = Duration.ofMinutes(10);
    assertThat(spec.read().deadline(NINE, given)).contains(NINE.plusSeconds(55 * 60));
    assertThat(spec.read().deadline(NINE.plusSeconds(600), given)).contains(NINE.plusSeconds(3600));
  }

  @Test
  void deadline_whereAttemptsMayFinish_atMostALimitAfterTheClose() {
    var spec = new QuizSpecs();
    spec.closes = NINE.plusSeconds(600);
    spec.timeLimitMinutes = 45;
    spec.atClose = AtClose.FINISH;
    var last = NINE.plusSeconds(600 + 45 * 60);
    var quiz = spec.read();
    assertThat(quiz.deadline(NINE.plusSeconds(500), Duration.ofMinutes(30))).contains(last);
    assertThat(quiz.over()).contains(last.plus(quiz.grace()));
  }

  @Test
  void finishWithoutALimit_isRefused_andWhereStoredCut() {
    var spec = new QuizSpecs();
    spec.closes = NINE.plusSeconds(3600);
    spec.atClose = AtClose.FINISH;
    assertThatThrownBy(spec::read)
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.fields()).containsExactly("atClose"));
    var stored = QuizReader.stored(new Quiz.Version(1, "code", 1), spec.spec());
    assertThat(stored.schedule().atClose()).isEqualTo(AtClose.CUT);
  }

  @Test
  void reveal_byDefault_afterTheLastTryWhereALaterOneCounts() {
    var spec = new QuizSpecs();
    assertThat(spec.read().reveal().when()).isEqualTo(Reveal.When.AT_ONCE);
    spec.tries = 1;
    assertThat(spec.read().reveal().when()).isEqualTo(Reveal.When.AT_ONCE);
    spec.tries = 2;
    assertThat(spec.read().reveal().when()).isEqualTo(Reveal.When.AFTER_LAST_TRY);
    spec.counting = Counting.FIRST;
    assertThat(spec.read().reveal().when()).isEqualTo(Reveal.When.AT_ONCE);
  }

  @Test
  void shown_afterTheLastTry_onlyTheScoreBefore_allWhenTheWindowIsOver() {
    var spec = new QuizSpecs();
    spec.tries = 2;
    spec.closes = NINE.plusSeconds(3600);
    var quiz = spec.read();
    assertThat(quiz.shown(NINE, false)).isEqualTo(Reveal.What.SCORE);
    assertThat(quiz.shown(NINE, true)).isEqualTo(Reveal.What.REVIEW);
    assertThat(quiz.shown(NINE.plusSeconds(3605), false)).isEqualTo(Reveal.What.SCORE);
    assertThat(quiz.shown(NINE.plusSeconds(3606), false)).isEqualTo(Reveal.What.REVIEW);
  }

  private static Optional<Instant> deadline(QuizSpecs spec, Instant start) {
    return spec.read().deadline(start, Duration.ZERO);
  }

  /** One wrong field, and what is said about it. */
  record Wrong(String field, String code, Consumer<QuizSpecs> change) {
    @Override
    public String toString() {
      return field + " " + code;
    }
  }

  static List<Wrong> wrong() {
    var wrong = new ArrayList<Wrong>();
    wrong.add(new Wrong("entry", "quiz.entry-later", s -> s.entry = EntryPolicy.MEMBERS));
    wrong.add(new Wrong("title", "length", s -> s.title = null));
    wrong.add(new Wrong("title", "length", s -> s.title = "　 "));
    wrong.add(new Wrong("title", "length", s -> s.title = "题".repeat(101)));
    wrong.add(new Wrong("description", "length", s -> s.description = "题".repeat(5001)));
    wrong.add(new Wrong("sections", "size", s -> s.sections = null));
    wrong.add(new Wrong("sections", "size", s -> s.sections = List.of()));
    wrong.add(
        new Wrong("sections", "size", s -> s.sections = Collections.nCopies(51, section(1, "1"))));
    wrong.add(
        new Wrong(
            "sections",
            "quiz.too-many-questions",
            s -> s.sections = List.of(section(300, "1"), section(201, "1"))));
    wrong.add(
        new Wrong(
            "sections[0].type",
            "missing",
            s -> s.sections = List.of(new SectionSpec(null, 1, BigDecimal.ONE, null, null))));
    wrong.add(inSection("count", "missing", section(null, "1")));
    wrong.add(inSection("count", "range", section(0, "1")));
    wrong.add(inSection("count", "range", section(501, "1")));
    wrong.add(inSection("points", "range", section(1, "0")));
    wrong.add(inSection("points", "range", section(1, "-1")));
    wrong.add(inSection("points", "range", section(1, "1000.01")));
    wrong.add(inSection("points", "scale", section(1, "0.125")));
    wrong.add(inSection("areas[1].area", "missing", section(1, "1", area("a"), area(null))));
    wrong.add(
        inSection(
            "areas",
            "quiz.areas-sum",
            section(5, "1", new AreaSpec("a", 2, null), new AreaSpec("b", 2, null))));
    wrong.add(
        inSection(
            "areas", "quiz.areas-mixed", section(5, "1", new AreaSpec("a", 5, null), area("b"))));
    wrong.add(
        inSection(
            "areas",
            "quiz.areas-mixed",
            section(5, "1", new AreaSpec("a", 5, null), new AreaSpec("b", null, 1))));
    wrong.add(
        inSection(
            "areas", "quiz.areas-mixed", section(5, "1", new AreaSpec("a", null, 1), area("b"))));
    wrong.add(inSection("areas[0].share", "range", section(5, "1", new AreaSpec("a", null, 0))));
    wrong.add(inSection("areas[0].count", "range", section(5, "1", new AreaSpec("a", 6, null))));
    wrong.add(inSection("difficulty", "quiz.difficulty-level", mixed(Map.of("6", 1))));
    wrong.add(inSection("difficulty", "quiz.difficulty-level", mixed(Map.of("易", 1))));
    wrong.add(inSection("difficulty.1", "range", mixed(Map.of("1", -1, "2", 1))));
    wrong.add(inSection("difficulty.1", "range", mixed(Map.of("1", 1001, "2", 1))));
    wrong.add(
        new Wrong(
            "closes",
            "quiz.closes-before-opens",
            s -> {
              s.opens = NINE;
              s.closes = NINE;
            }));
    wrong.add(new Wrong("timeLimitMinutes", "range", s -> s.timeLimitMinutes = 0));
    wrong.add(new Wrong("minimumSeconds", "range", s -> s.minimumSeconds = -1));
    wrong.add(
        new Wrong(
            "minimumSeconds",
            "quiz.minimum-beyond-limit",
            s -> {
              s.timeLimitMinutes = 1;
              s.minimumSeconds = 60;
            }));
    wrong.add(new Wrong("tries", "range", s -> s.tries = 0));
    wrong.add(new Wrong("passMark", "range", s -> s.passMark = new BigDecimal("-0.01")));
    wrong.add(new Wrong("passMark", "range", s -> s.passMark = new BigDecimal("20.01")));
    wrong.add(new Wrong("passMark", "scale", s -> s.passMark = new BigDecimal("1.001")));
    wrong.add(new Wrong("graceSeconds", "range", s -> s.graceSeconds = 601));
    wrong.add(new Wrong("minimumParticipants", "range", s -> s.minimumParticipants = 0));
    wrong.add(
        new Wrong(
            "reveal.when",
            "quiz.reveal-without-close",
            s -> s.reveal = new RevealSpec(null, Reveal.When.AFTER_WINDOW)));
    wrong.add(marking("partialShare", "range", "1.01", null, null, null));
    wrong.add(marking("penalty", "range", null, "-0.1", null, null));
    wrong.add(marking("questionFloor", "range", null, null, "0.1", null));
    wrong.add(marking("questionFloor", "range", null, null, "-1.1", null));
    wrong.add(marking("floor", "range", null, null, null, "1"));
    wrong.add(marking("floor", "scale", null, null, null, "-0.001"));
    return wrong;
  }

  private static AreaSpec area(String code) {
    return new AreaSpec(code, null, null);
  }

  private static Wrong inSection(String field, String code, SectionSpec section) {
    return new Wrong("sections[0]." + field, code, s -> s.sections = List.of(section));
  }

  private static Wrong marking(
      String field, String code, String share, String penalty, String question, String floor) {
    return new Wrong(
        "marking." + field,
        code,
        s ->
            s.marking =
                new MarkingSpec(
                    null, decimal(share), decimal(penalty), decimal(question), decimal(floor)));
  }

  private static BigDecimal decimal(String number) {
    return number == null ? null : new BigDecimal(number);
  }

  private static Map<String, String> errors(Executable read) {
    var problem = catchThrowableOfType(Problem.class, read::execute);
    assertThat(problem.code()).isEqualTo("invalid");
    var errors = new HashMap<String, String>();
    Problems.errors(problem).forEach(e -> errors.put(e.field(), e.code()));
    return errors;
  }

  @ParameterizedTest
  @MethodSource
  void wrong(Wrong wrong) {
    var spec = new QuizSpecs();
    wrong.change().accept(spec);
    assertThat(errors(spec::read)).containsEntry(wrong.field(), wrong.code());
  }

  @Test
  void read_severalWrongFields_allTogether() {
    var spec = new QuizSpecs();
    spec.title = "";
    spec.tries = 0;
    spec.sections = List.of(section(1, "1"), section(0, "0"));
    spec.graceSeconds = -1;
    assertThat(errors(spec::read))
        .containsOnlyKeys(
            "title", "tries", "sections[1].count", "sections[1].points", "graceSeconds");
  }

  @Test
  void stored_whatAnEarlierReleaseTook_isTidiedAndStillRead() {
    var spec = new QuizSpecs();
    spec.title = "\u202e测验\u0007";
    spec.description = "\u3164";
    spec.opens = Instant.EPOCH;
    spec.closes = Instant.MAX;
    assertThat(errors(spec::read)).containsKeys("title");
    var quiz = QuizReader.stored(new Quiz.Version(1, "code", 1), spec.spec());
    assertThat(quiz.title()).isEqualTo("测验\u0007");
    assertThat(quiz.about().description()).isEmpty();
    assertThat(quiz.window().opens()).contains(Instant.parse("2000-01-01T00:00:00Z"));
    assertThat(quiz.window().closes()).contains(Instant.parse("2100-01-01T00:00:00Z"));
  }

  @Test
  void read_descriptionOfSeveralLines_isTaken_andATitleOfTwoIsNot() {
    var spec = new QuizSpecs();
    spec.description = " 一\n二\t三 ";
    assertThat(spec.read().about().description()).isEqualTo("一\n二\t三");
    spec.title = "一\n二";
    assertThat(errors(spec::read)).containsEntry("title", "text.not-shown");
  }
}
