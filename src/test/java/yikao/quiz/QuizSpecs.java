package yikao.quiz;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.question.QuestionType;
import yikao.quiz.Policies.AtClose;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.EntryPolicy;
import yikao.quiz.QuizSpec.AreaSpec;
import yikao.quiz.QuizSpec.MarkingSpec;
import yikao.quiz.QuizSpec.RevealSpec;
import yikao.quiz.QuizSpec.SectionSpec;

/** A quiz's specification for tests; every field can be changed. */
final class QuizSpecs {
  String title = "党章测验";
  String description;
  List<SectionSpec> sections = List.of(section(10, "2"));
  List<String> documents;
  DrawPolicy draw;
  Instant opens;
  Instant closes;
  Instant startsUntil;
  Integer timeLimitMinutes;
  Integer minimumSeconds;
  Integer tries;
  Counting counting;
  MarkingSpec marking;
  RevealSpec reveal;
  BigDecimal passMark;
  Boolean shuffleQuestions;
  Boolean shuffleChoices;
  AtClose atClose;
  EntryPolicy entry;
  Integer graceSeconds;
  Integer minimumParticipants;
  Boolean listed;
  QuizGroup group;

  static SectionSpec section(Integer count, String points, AreaSpec... areas) {
    return new SectionSpec(
        QuestionType.SINGLE, count, new BigDecimal(points), List.of(areas), Map.of());
  }

  static SectionSpec mixed(Map<String, Integer> difficulty) {
    return new SectionSpec(QuestionType.SINGLE, 10, BigDecimal.ONE, null, difficulty);
  }

  QuizSpec spec() {
    return new QuizSpec(
        new QuizSpec.AboutSpec(title, description, listed, group, null),
        new QuizSpec.DrawingSpec(sections, documents, draw, shuffleQuestions, shuffleChoices),
        new QuizSpec.ScheduleSpec(
            opens, closes, startsUntil, atClose, timeLimitMinutes, minimumSeconds, graceSeconds),
        new QuizSpec.TriesSpec(tries, counting),
        marking,
        passMark,
        reveal,
        new QuizSpec.EntranceSpec(entry, null, null),
        minimumParticipants);
  }

  Quiz read() {
    return QuizReader.read(new Quiz.Version(1, "code", 1), spec(), p -> p == EntryPolicy.EVERYONE);
  }
}
