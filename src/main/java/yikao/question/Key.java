package yikao.question;

import java.util.List;
import java.util.Set;

/** What is right. Never leaves the server before the reveal policy shows it. */
public sealed interface Key {

  /**
   * The right choices of a {@code single}, {@code multiple} or {@code judge} question.
   *
   * @param choices identifiers of choices, at least one
   */
  record OfChoices(Set<String> choices) implements Key {
    public OfChoices {
      choices = Set.copyOf(choices);
    }
  }

  /**
   * The accepted words of a fill-in question.
   *
   * @param blanks for each blank, in order, the equivalents that are accepted
   * @param foldings what makes two spellings the same
   */
  record OfBlanks(List<List<String>> blanks, Set<Folding> foldings) implements Key {
    public OfBlanks {
      blanks = blanks.stream().map(List::copyOf).toList();
      foldings = Set.copyOf(foldings);
    }

    /** Whether the text is an accepted answer of a blank, counted from 0. */
    public boolean accepts(int index, String text) {
      var folded = Folding.fold(text, foldings);
      return !folded.isEmpty()
          && blanks.get(index).stream()
              .anyMatch(accepted -> Folding.fold(accepted, foldings).equals(folded));
    }
  }

  /**
   * What a person looks for when marking an {@code essay}.
   *
   * @param points the marking points
   */
  record OfEssay(List<String> points) implements Key {
    public OfEssay {
      points = List.copyOf(points);
    }
  }
}
