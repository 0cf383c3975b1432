package yikao.bank;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import yikao.question.Choice;
import yikao.question.Key;
import yikao.question.Numerals;
import yikao.question.Question;
import yikao.question.QuestionType;

/**
 * Whether the proving words bear out what a question takes for right: its numbers, the words that
 * fill its blanks, and whether a statement called wrong is one that the clause makes.
 */
final class ProofCheck {
  /** A number that counts something. */
  private static final Pattern AMOUNT =
      Pattern.compile(
          "([〇零一二两三四五六七八九十百千万亿0-9]+(?:\\.[0-9]+)?)"
              + "(?:年|个月|个工作日|月|日|天|小时|周岁|岁|次|倍|元|%|％|票|届|[人名个])");

  /** 一 before these may mean no more than “a”. */
  private static final Pattern ARTICLE_LIKE = Pattern.compile("[人名个]$");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");

  /** So many signs on either side of what fills a blank are looked at. */
  private static final int BESIDE = 2;

  private final Question question;
  private final String words;
  private final String clause;
  private final List<Finding> findings = new ArrayList<>();

  /** What is wrong with a field; an error, or something to look at. */
  record Finding(boolean error, String field, String reason) {}

  private ProofCheck(Question question, List<String> clause) {
    this.question = question;
    this.words = plain(question.citation().words());
    this.clause = clause.isEmpty() ? words : plain(String.join("", clause));
  }

  /**
   * Checks a question.
   *
   * @param clause the text at the cited place; empty where there is none at hand
   */
  static List<Finding> check(Question question, List<String> clause) {
    var check = new ProofCheck(question, clause);
    switch (question.key()) {
      case Key.OfBlanks key -> check.blanks(key);
      case Key.OfChoices _ when question.type() == QuestionType.JUDGE -> check.judge();
      case Key.OfChoices _ -> check.choices();
      case Key.OfEssay _ -> {}
    }
    return check.findings;
  }

  private void blanks(Key.OfBlanks key) {
    var parts = question.stem().split(Question.BLANK, -1);
    for (var i = 0; i < Math.min(key.blanks().size(), parts.length - 1); i++) {
      var accepted = key.blanks().get(i);
      var before = plain(parts[i]);
      var after = plain(parts[i + 1]);
      if (accepted.stream().map(ProofCheck::plain).noneMatch(words::contains)) {
        error("原文", "没有填空的答案“%s”".formatted(accepted.getFirst()));
      } else if (accepted.stream().noneMatch(a -> reads(before, plain(a), after))) {
        findings.add(new Finding(false, "题干", "填上“%s”后读不成原文的话".formatted(accepted.getFirst())));
      }
    }
  }

  /** Whether the clause has the filling with what stands before or behind it in the stem. */
  private boolean reads(String before, String filling, String after) {
    var left = before.substring(Math.max(0, before.length() - BESIDE));
    var right = after.substring(0, Math.min(BESIDE, after.length()));
    var close =
        before.substring(Math.max(0, before.length() - 1))
            + filling
            + after.substring(0, Math.min(1, after.length()));
    return clause.contains(left + filling)
        || clause.contains(filling + right)
        || clause.contains(close);
  }

  private void judge() {
    var stem = plain(question.stem());
    if (isRight()) {
      amounts(List.of(question.stem()), false);
    } else if (clause.contains(stem)) {
      error("答案", "判为错，可原文正是这样说的");
    }
  }

  private boolean isRight() {
    return question.choices().stream()
        .anyMatch(choice -> question.isRight(choice) && choice.text().equals("对"));
  }

  private void choices() {
    amounts(question.choices().stream().filter(question::isRight).map(Choice::text).toList(), true);
  }

  /** A number in what is right must stand in the words, or be explained: it was worked out. */
  private void amounts(List<String> texts, boolean error) {
    var known = amounts(question.citation().words().replaceAll("每(?=[年月日天])", "每一"));
    known.addAll(numbers(question.citation().title()));
    var explained = amounts(question.explanation());
    if (!error) {
      explained.addAll(numbers(question.explanation()));
    }
    for (var text : texts) {
      for (var amount : amounts(text)) {
        if (!known.contains(amount)
            && !numbers(question.citation().words()).contains(amount)
            && !explained.contains(amount)) {
          findings.add(
              new Finding(error, "原文", "没有“%s”里的数字 %s，解析也没有说明它怎样得来".formatted(text, amount)));
        }
      }
    }
  }

  private static Set<String> amounts(String text) {
    var found = new HashSet<String>();
    var matcher = AMOUNT.matcher(text);
    while (matcher.find()) {
      var amount = Numerals.toArabic(matcher.group(1));
      if (!amount.equals("1") || !ARTICLE_LIKE.matcher(matcher.group()).find()) {
        found.add(amount);
      }
    }
    return found;
  }

  private static Set<String> numbers(String text) {
    var found = new HashSet<String>();
    var matcher = NUMBER.matcher(Numerals.toArabic(text));
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private void error(String field, String reason) {
    findings.add(new Finding(true, field, reason));
  }

  /** Without what does not change the sense: spaces, punctuation, the way of writing numbers. */
  private static String plain(String text) {
    return Numerals.toArabic(text.replaceAll("[\\s\\p{Punct}\\p{IsPunctuation}　]+", ""));
  }
}
