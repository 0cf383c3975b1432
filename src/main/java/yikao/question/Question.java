package yikao.question;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One item of the bank. Immutable: a correction is a new version.
 *
 * @param id stable over all versions
 * @param area the code of one of the areas
 * @param difficulty 1 (well known) to 5 (two provisions have to be combined, or told apart)
 * @param stem what is asked; in a {@code blank} question each blank is {@value #BLANK}
 * @param choices in the order of the file; empty for {@code blank} and {@code essay}
 * @param explanation why the key is right
 * @param enemies ids of questions that it must not meet in a paper, where an editor names them
 */
public record Question(
    String id,
    QuestionType type,
    String area,
    int difficulty,
    String stem,
    List<Choice> choices,
    Key key,
    String explanation,
    Citation citation,
    Set<String> enemies) {

  /** How a stem writes a blank. */
  public static final String BLANK = "____";

  public Question {
    choices = List.copyOf(choices);
    enemies = Set.copyOf(enemies);
  }

  /** A question that names no enemies. */
  public Question(
      String id,
      QuestionType type,
      String area,
      int difficulty,
      String stem,
      List<Choice> choices,
      Key key,
      String explanation,
      Citation citation) {
    this(id, type, area, difficulty, stem, choices, key, explanation, citation, Set.of());
  }

  /** The same question with another key. */
  public Question withKey(Key other) {
    return new Question(
        id, type, area, difficulty, stem, choices, other, explanation, citation, enemies);
  }

  /** The choice with this identifier. */
  public Optional<Choice> choice(String choiceId) {
    for (var choice : choices) {
      if (choice.id().equals(choiceId)) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }

  /** Whether the key names this choice. */
  public boolean isRight(Choice choice) {
    return key instanceof Key.OfChoices(var right) && right.contains(choice.id());
  }

  /**
   * How many texts a response has: one for an essay, one for each blank, none where one chooses.
   */
  public int texts() {
    return switch (key) {
      case Key.OfBlanks blanks -> blanks.blanks().size();
      case Key.OfEssay _ -> 1;
      case Key.OfChoices _ -> 0;
    };
  }
}
