package yikao.taking;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import yikao.quiz.Policies.Reveal;
import yikao.quiz.Quiz;
import yikao.scoring.Points;
import yikao.web.Times;

/**
 * A quiz in the words of a page.
 *
 * @param code names it in addresses
 * @param summary size and time in one line
 * @param status when it may be taken; empty where always
 * @param open whether an attempt may start now
 * @param rules everything one should know before starting
 */
public record QuizFacts(
    String code,
    String title,
    String description,
    String summary,
    String status,
    boolean open,
    List<Rule> rules) {

  /** One thing to know. */
  public record Rule(String name, String text) {}

  /** The facts of a quiz at a moment. */
  public static QuizFacts of(Quiz quiz, Instant now, Times times) {
    var limit = quiz.schedule().timeLimit().map(QuizFacts::length).orElse("不限时");
    return new QuizFacts(
        quiz.code(),
        quiz.title(),
        quiz.about().description(),
        "%d 题 · %s 分 · %s"
            .formatted(quiz.blueprint().questions(), Points.text(quiz.blueprint().points()), limit),
        status(quiz, now, times),
        quiz.window().isOpen(now),
        rules(quiz, limit, times));
  }

  private static String status(Quiz quiz, Instant now, Times times) {
    var window = quiz.window();
    if (window.isBefore(now)) {
      return times.minute(window.opens().orElseThrow()) + " 开始";
    }
    if (window.isAfter(now)) {
      return "已于 " + times.minute(window.closes().orElseThrow()) + " 结束";
    }
    return window.closes().map(c -> times.minute(c) + " 截止").orElse("");
  }

  private static List<Rule> rules(Quiz quiz, String limit, Times times) {
    var rules = new ArrayList<Rule>();
    rules.add(
        new Rule(
            "题目",
            "%d 题，满分 %s 分"
                .formatted(quiz.blueprint().questions(), Points.text(quiz.blueprint().points()))));
    rules.add(new Rule("及格", Points.text(quiz.grading().passMark()) + " 分"));
    rules.add(new Rule("限时", limit));
    if (quiz.window().opens().isPresent() || quiz.window().closes().isPresent()) {
      rules.add(new Rule("开放", window(quiz, times)));
    }
    rules.add(new Rule("次数", tries(quiz)));
    if (!quiz.schedule().minimumTime().isZero()) {
      rules.add(new Rule("交卷", "开始 " + length(quiz.schedule().minimumTime()) + "后才能交卷"));
    }
    marking(quiz, rules);
    rules.add(new Rule("公布", reveal(quiz)));
    return rules;
  }

  private static String window(Quiz quiz, Times times) {
    var opens = quiz.window().opens().map(times::minute).map(t -> t + " 开始").orElse("");
    var closes = quiz.window().closes().map(times::minute).map(t -> t + " 截止").orElse("");
    return opens.isEmpty() || closes.isEmpty() ? opens + closes : opens + "，" + closes;
  }

  private static String tries(Quiz quiz) {
    var count = quiz.tries().count();
    if (count.isPresent() && count.get() == 1) {
      return "只能作答一次";
    }
    var counting =
        switch (quiz.tries().counting()) {
          case BEST -> "取最好成绩";
          case FIRST -> "取第一次成绩";
          case LAST -> "取最后一次成绩";
          case AVERAGE -> "取平均成绩";
        };
    return count.map(n -> "最多 " + n + " 次，").orElse("不限次数，") + counting;
  }

  private static void marking(Quiz quiz, List<Rule> rules) {
    var marking = quiz.grading().marking();
    switch (marking.multiple()) {
      case ALL_OR_NOTHING -> {}
      case PARTIAL ->
          rules.add(new Rule("多选", "漏选得" + percent(marking.partialShare()) + "的分，错选不得分"));
      case PER_CHOICE -> rules.add(new Rule("多选", "按选项计分：选对加分，选错扣分"));
    }
    if (marking.penalty().signum() > 0) {
      rules.add(new Rule("倒扣", "答错扣该题" + percent(marking.penalty()) + "的分，不答不扣分"));
    }
  }

  private static String reveal(Quiz quiz) {
    var what =
        switch (quiz.reveal().what()) {
          case NOTHING -> "不公布成绩";
          case SCORE -> "公布成绩";
          case ANSWERS -> "公布成绩和自己的作答";
          case REVIEW -> "公布成绩、答案、解析和出处";
        };
    if (quiz.reveal().what() == Reveal.What.NOTHING) {
      return what;
    }
    return (quiz.reveal().when() == Reveal.When.AT_ONCE ? "交卷后" : "测验结束后") + what;
  }

  private static String percent(BigDecimal share) {
    return " " + Points.text(share.movePointRight(2)) + "% ";
  }

  private static String length(Duration time) {
    var seconds = time.toSecondsPart() == 0 ? "" : " " + time.toSecondsPart() + " 秒";
    return time.toMinutes() == 0 ? seconds.strip() : time.toMinutes() + " 分钟" + seconds;
  }
}
