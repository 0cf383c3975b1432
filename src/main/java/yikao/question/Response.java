package yikao.question;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import yikao.text.WrittenText;

/** What was answered to one question. */
public sealed interface Response {

  /** Whether nothing was answered. */
  boolean isEmpty();

  /**
   * Choices made.
   *
   * @param choices identifiers of choices
   */
  record Chosen(Set<String> choices) implements Response {
    public Chosen {
      // in an order of their own, so that they are stored alike however they came
      choices =
          choices.size() < 2
              ? Set.copyOf(choices)
              : Collections.unmodifiableSortedSet(new TreeSet<>(choices));
    }

    @Override
    public boolean isEmpty() {
      return choices.isEmpty();
    }
  }

  /**
   * Text written.
   *
   * @param texts one for each blank, or the one text of an essay
   */
  record Written(List<String> texts) implements Response {
    public Written {
      texts = List.copyOf(texts);
    }

    /** Signs that nobody can see, or of punctuation alone, answer nothing. */
    @Override
    public boolean isEmpty() {
      return texts.stream().allMatch(text -> WrittenText.core(text).isEmpty());
    }
  }
}
