package yikao.quiz;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.bank.Area;
import yikao.bank.Bank;
import yikao.question.QuestionType;
import yikao.quiz.QuizSpec.AreaSpec;
import yikao.quiz.QuizSpec.SectionSpec;
import yikao.web.Problem;

/** What there is to take on the first start: a mixed test, and a practice quiz for each area. */
@Singleton
final class FirstQuizzes implements ApplicationEventListener<StartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(FirstQuizzes.class);

  /** The areas of party rules, as against those of law and documents. */
  private static final List<String> PARTY_RULES =
      List.of(
          "party-constitution",
          "party-discipline",
          "integrity-and-conduct",
          "political-life",
          "discipline-enforcement",
          "responsibility-and-sanctions",
          "grassroots-organisations",
          "membership-and-education");

  private final Quizzes quizzes;
  private final Bank bank;

  FirstQuizzes(Quizzes quizzes, Bank bank) {
    this.quizzes = quizzes;
    this.bank = bank;
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    if (quizzes.isEmpty()) {
      create(mixed());
      bank.areas().forEach(area -> create(practice(area)));
    }
  }

  private void create(QuizSpec spec) {
    try {
      quizzes.create(spec);
    } catch (Problem e) {
      LOG.warn("no first quiz \"{}\": the bank has too few questions for it", spec.title());
    }
  }

  private static QuizSpec mixed() {
    var areas = PARTY_RULES.stream().map(a -> new AreaSpec(a, null, null)).toList();
    return spec(
        "党章党规知识测试",
        "50 道题，满分 100 分，限时 45 分钟，60 分及格。可以作答三次，取最好成绩。",
        List.of(
            section(QuestionType.SINGLE, 20, 2, areas),
            section(QuestionType.MULTIPLE, 10, 3, areas),
            section(QuestionType.JUDGE, 15, 1, areas),
            section(QuestionType.BLANK, 5, 3, areas)),
        45,
        3);
  }

  private static QuizSpec practice(Area area) {
    var areas = List.of(new AreaSpec(area.code(), null, null));
    return spec(
        area.name() + "练习",
        "随机 10 道题，不限时，不限次数，交卷后可以看到答案、解析和出处。",
        List.of(
            section(QuestionType.SINGLE, 5, 10, areas),
            section(QuestionType.MULTIPLE, 2, 10, areas),
            section(QuestionType.JUDGE, 2, 10, areas),
            section(QuestionType.BLANK, 1, 10, areas)),
        null,
        null);
  }

  private static SectionSpec section(
      QuestionType type, int count, int points, List<AreaSpec> areas) {
    return new SectionSpec(type, count, BigDecimal.valueOf(points), areas, null);
  }

  private static QuizSpec spec(
      String title,
      String description,
      List<SectionSpec> sections,
      @org.jspecify.annotations.Nullable Integer minutes,
      @org.jspecify.annotations.Nullable Integer tries) {
    return new QuizSpec(
        title,
        description,
        sections,
        null,
        null,
        null,
        minutes,
        null,
        tries,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
