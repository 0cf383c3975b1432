package yikao.quiz;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.bank.Area;
import yikao.bank.Bank;
import yikao.question.QuestionType;
import yikao.quiz.QuizSpec.AreaSpec;
import yikao.quiz.QuizSpec.SectionSpec;
import yikao.web.Problem;

/**
 * What there is to take on the first start: a mixed test, a contest over the whole bank, tests on a
 * theme, and a practice quiz for each area.
 */
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

  private static final List<Theme> THEMES =
      List.of(
          new Theme("纪律处分条例专题", "逐条学纪律", 25, "party-discipline-2023"),
          new Theme("支部工作专题", "支部怎么建、会怎么开、工作怎么做", 20, "party-branch-2018"),
          new Theme("发展党员流程专题", "从申请入党到转正归档", 20, "party-recruit-2026"),
          new Theme(
              "廉洁过节",
              "节前提个醒：廉洁自律、厉行节约、八项规定",
              20,
              "party-integrity-2015",
              "party-thrift-2025",
              "party-eight-rules-2012"),
          new Theme(
              "宪法日：宪法与国家象征",
              "宪法、国旗法、国徽法、国歌法",
              20,
              "law-constitution",
              "law-flag",
              "law-emblem",
              "law-anthem"),
          new Theme(
              "全民国家安全教育日",
              "国家安全、反间谍、保守国家秘密",
              20,
              "law-national-security",
              "law-anti-espionage",
              "law-state-secrets",
              "reg-state-secrets-implementation"),
          new Theme("安全生产月", "安全生产法", 20, "law-work-safety"));

  /** A test on some documents; half of its questions are of single choice. */
  private record Theme(String title, String about, int questions, List<String> documents) {
    Theme(String title, String about, int questions, String... documents) {
      this(title, about, questions, List.of(documents));
    }
  }

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
      create(contest());
      THEMES.forEach(theme -> create(theme(theme)));
      bank.areas().forEach(area -> create(practice(area)));
    }
  }

  private void create(QuizSpec spec) {
    try {
      quizzes.create(Actor.SYSTEM, spec);
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
        List.of(),
        45,
        3);
  }

  private static QuizSpec contest() {
    return spec(
        "知识竞赛：100 题",
        "全题库随机 100 道题，满分 100 分，限时 60 分钟，60 分及格。可以作答三次，取最好成绩。",
        List.of(
            section(QuestionType.SINGLE, 50, 1, List.of()),
            section(QuestionType.MULTIPLE, 20, 1, List.of()),
            section(QuestionType.JUDGE, 22, 1, List.of()),
            section(QuestionType.BLANK, 8, 1, List.of())),
        List.of(),
        60,
        3);
  }

  private static QuizSpec theme(Theme theme) {
    var fifth = theme.questions() / 5;
    var points = 100 / theme.questions();
    return spec(
        theme.title(),
        "%s。%d 道题，满分 100 分，限时 %d 分钟，不限次数，取最好成绩。"
            .formatted(theme.about(), theme.questions(), theme.questions()),
        List.of(
            section(
                QuestionType.SINGLE, theme.questions() - 2 * fifth - fifth / 2, points, List.of()),
            section(QuestionType.MULTIPLE, fifth, points, List.of()),
            section(QuestionType.JUDGE, fifth, points, List.of()),
            section(QuestionType.BLANK, fifth / 2, points, List.of())),
        theme.documents(),
        theme.questions(),
        null);
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
        List.of(),
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
      List<String> documents,
      @org.jspecify.annotations.Nullable Integer minutes,
      @org.jspecify.annotations.Nullable Integer tries) {
    return new QuizSpec(
        title,
        description,
        sections,
        documents,
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
