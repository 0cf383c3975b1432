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
   * @param anyOrder whether it does not matter which answer stands in which blank
   */
  record OfBlanks(List<List<String>> blanks, Set<Folding> foldings, boolean anyOrder)
      implements Key {
    public OfBlanks {
      blanks = blanks.stream().map(List::copyOf).toList();
      foldings = Set.copyOf(foldings);
    }

    /** Blanks whose order matters. */
    public OfBlanks(List<List<String>> blanks, Set<Folding> foldings) {
      this(blanks, foldings, false);
    }

    /**
     * How many blanks are filled rightly.
     *
     * @param stem the question's, of whose words an answer may repeat those that adjoin its blank
     * @param texts what was written, for each blank in its order
     */
    public int filled(String stem, List<String> texts) {
      return new Filling(this, stem).filled(texts);
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
