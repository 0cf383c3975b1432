package yikao.bank;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import yikao.question.Choice;
import yikao.question.Citation;
import yikao.question.Folding;
import yikao.question.Key;
import yikao.question.Question;
import yikao.question.QuestionType;

/**
 * A question as the database keeps it.
 *
 * @param key right choices; or for each blank its equivalents; or marking points
 * @param foldings of blanks, by name
 * @param anyOrder true where the order of blanks does not matter; otherwise absent
 * @param enemies ids of questions that it names as such; absent where it names none
 */
@Serdeable
record StoredQuestion(
    String type,
    String area,
    int difficulty,
    String stem,
    List<StoredChoice> choices,
    List<List<String>> key,
    List<String> foldings,
    @Nullable Boolean anyOrder,
    String explanation,
    StoredCitation citation,
    @Nullable List<String> enemies) {

  @Serdeable
  record StoredChoice(String id, String text, boolean fixed) {}

  @Serdeable
  record StoredCitation(
      String document, String title, String version, String locator, String words) {}

  static StoredQuestion of(Question q) {
    var c = q.citation();
    return new StoredQuestion(
        q.type().name(),
        q.area(),
        q.difficulty(),
        q.stem(),
        q.choices().stream().map(x -> new StoredChoice(x.id(), x.text(), x.fixed())).toList(),
        switch (q.key()) {
          case Key.OfChoices k -> List.of(List.copyOf(new TreeSet<>(k.choices())));
          case Key.OfBlanks k -> k.blanks();
          case Key.OfEssay k -> List.of(k.points());
        },
        q.key() instanceof Key.OfBlanks k
            ? k.foldings().stream().map(Enum::name).sorted().toList()
            : List.of(),
        (q.key() instanceof Key.OfBlanks k && k.anyOrder()) ? true : null,
        q.explanation(),
        new StoredCitation(c.document(), c.title(), c.version(), c.locator(), c.words()),
        q.enemies().isEmpty() ? null : q.enemies().stream().sorted().toList());
  }

  Question question(String id) {
    var questionType = QuestionType.valueOf(type);
    return new Question(
        id,
        questionType,
        area,
        difficulty,
        stem,
        choices.stream().map(x -> new Choice(x.id(), x.text(), x.fixed())).toList(),
        key(questionType),
        explanation,
        new Citation(
            citation.document(),
            citation.title(),
            citation.version(),
            citation.locator(),
            citation.words()),
        enemies == null ? Set.of() : new HashSet<>(enemies));
  }

  private Key key(QuestionType questionType) {
    return switch (questionType) {
      case SINGLE, MULTIPLE, JUDGE -> new Key.OfChoices(new TreeSet<>(key.getFirst()));
      case BLANK ->
          new Key.OfBlanks(
              key,
              Arrays.stream(Folding.values())
                  .filter(f -> foldings.contains(f.name()))
                  .collect(Collectors.toCollection(() -> EnumSet.noneOf(Folding.class))),
              Boolean.TRUE.equals(anyOrder));
      case ESSAY -> new Key.OfEssay(key.getFirst());
    };
  }
}
