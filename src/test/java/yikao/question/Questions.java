package yikao.question;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Questions for tests: what does not matter to a test is filled in. Each cites a place of its own,
 * so that none give each other away.
 */
public final class Questions {

  private Questions() {}

  /** A question of any type with a plain key. */
  public static Question of(QuestionType type, String id, String area, int difficulty) {
    return switch (type) {
      case SINGLE -> choosing(type, id, area, difficulty, free("a", "b", "c", "d"), Set.of("b"));
      case MULTIPLE ->
          choosing(type, id, area, difficulty, free("a", "b", "c", "d"), Set.of("a", "c", "d"));
      case JUDGE ->
          choosing(
              type,
              id,
              area,
              difficulty,
              List.of(new Choice("true", "对", true), new Choice("false", "错", true)),
              Set.of("true"));
      case BLANK ->
          with(
              type,
              id,
              area,
              difficulty,
              List.of(),
              new Key.OfBlanks(List.of(List.of("一")), Set.of()));
      case ESSAY ->
          with(type, id, area, difficulty, List.of(), new Key.OfEssay(List.of("要点一", "要点二")));
    };
  }

  /** A question with choices and a key. */
  public static Question choosing(
      QuestionType type,
      String id,
      String area,
      int difficulty,
      List<Choice> choices,
      Set<String> key) {
    return with(type, id, area, difficulty, choices, new Key.OfChoices(key));
  }

  /** A single-choice question. */
  public static Question single(String id, List<Choice> choices, String key) {
    return choosing(QuestionType.SINGLE, id, "area", 1, choices, Set.of(key));
  }

  /** A multiple-choice question over the given choices. */
  public static Question multiple(String id, List<Choice> choices, String... key) {
    return choosing(QuestionType.MULTIPLE, id, "area", 1, choices, Set.of(key));
  }

  /** A fill-in question that accepts one text for each blank. */
  public static Question blanks(String id, Set<Folding> foldings, String... accepted) {
    var blanks = Arrays.stream(accepted).map(List::of).toList();
    return with(QuestionType.BLANK, id, "area", 1, List.of(), new Key.OfBlanks(blanks, foldings));
  }

  private static Question with(
      QuestionType type, String id, String area, int difficulty, List<Choice> choices, Key key) {
    return new Question(
        id, type, area, difficulty, "题干", choices, key, "解析", citation("doc", "文件", id));
  }

  /** The same question out of another document, with an identifier of its own. */
  public static Question citing(Question q, String document) {
    var id = document + "-" + q.id();
    return new Question(
        id,
        q.type(),
        q.area(),
        q.difficulty(),
        q.stem(),
        q.choices(),
        q.key(),
        q.explanation(),
        citation(document, document, id));
  }

  private static Citation citation(String document, String title, String id) {
    return new Citation(document, title, "2022", id + "段", "原文");
  }

  /** The same question with other proving words at another place, and in what it names enemies. */
  public static Question citing(
      Question q, String document, String locator, String words, String... enemies) {
    return new Question(
        q.id(),
        q.type(),
        q.area(),
        q.difficulty(),
        q.stem(),
        q.choices(),
        q.key(),
        q.explanation(),
        new Citation(document, document, "2022", locator, words),
        Set.of(enemies));
  }

  /** The same question, which asks something else. */
  public static Question asking(Question q, String stem) {
    return new Question(
        q.id(),
        q.type(),
        q.area(),
        q.difficulty(),
        stem,
        q.choices(),
        q.key(),
        q.explanation(),
        q.citation(),
        q.enemies());
  }

  /** Choices that may be shuffled. */
  public static List<Choice> free(String... ids) {
    return Arrays.stream(ids).map(id -> new Choice(id, "选项" + id, false)).toList();
  }

  /** A pool of these questions, with versions 1, 2, … in their order. */
  public static Pool pool(List<Question> questions) {
    var versions = new ArrayList<QuestionVersion>();
    for (var i = 0; i < questions.size(); i++) {
      versions.add(new QuestionVersion(i + 1, questions.get(i)));
    }
    return new Pool(1, versions);
  }

  /** So many questions of a cell, with identifiers of their own. */
  public static List<Question> cell(QuestionType type, String area, int difficulty, int count) {
    var questions = new ArrayList<Question>();
    for (var i = 0; i < count; i++) {
      questions.add(
          of(type, "%s-%s-%d-%03d".formatted(type, area, difficulty, i), area, difficulty));
    }
    return questions;
  }
}
