package yikao.scoring;

import java.util.Set;
import java.util.stream.Collectors;
import yikao.question.Choice;
import yikao.question.Question;

/** What staff changed about a question of a quiz after the fact, for every attempt. */
public sealed interface Amendment {
  /** The question concerned, in all its versions. */
  String questionId();

  /**
   * The question is void.
   *
   * @param fullPoints everybody gets its points; otherwise it is out of the maximum
   */
  record Voided(String questionId, boolean fullPoints) implements Amendment {
    /** Names the kind in the API: {@code full-points} or {@code out-of-maximum}. */
    public String code() {
      return fullPoints ? "full-points" : "out-of-maximum";
    }
  }

  /**
   * Another set of choices is right as well; where one chooses one, each of them by itself. It is
   * named by what the choices say, so that it means the same in every version of the question; to a
   * version that lacks one of them it does not apply.
   *
   * @param choices texts of choices
   */
  record AcceptedChoices(String questionId, Set<String> choices) implements Amendment {
    public AcceptedChoices {
      choices = Set.copyOf(choices);
    }

    /**
     * The identifiers of these choices in a version of the question; empty where it lacks one of
     * them, so that the amendment does not apply.
     */
    public Set<String> in(Question version) {
      var ids =
          version.choices().stream()
              .filter(choice -> choices.contains(choice.text()))
              .map(Choice::id)
              .collect(Collectors.toUnmodifiableSet());
      return ids.size() < choices.size() ? Set.of() : ids;
    }
  }

  /**
   * Another set of choices is right as well, named by identifiers: of whichever version is marked,
   * those choices. So it was before choices were named by what they say.
   *
   * @param choices identifiers of choices
   */
  record AcceptedIdentifiers(String questionId, Set<String> choices) implements Amendment {
    public AcceptedIdentifiers {
      choices = Set.copyOf(choices);
    }
  }

  /**
   * Another text is right as well.
   *
   * @param blank which blank, counted from 0
   * @param text what is accepted
   */
  record AcceptedText(String questionId, int blank, String text) implements Amendment {}
}
