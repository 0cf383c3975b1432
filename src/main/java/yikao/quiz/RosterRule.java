package yikao.quiz;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import yikao.org.MemberState;

/**
 * Who should take part in a quiz, until that is frozen at the opening.
 *
 * @param organisations codes of those whose members should, each with all below it; empty: all
 * @param states of the members who should
 */
public record RosterRule(List<String> organisations, Set<MemberState> states) {
  /** Who should take part where nothing else is said. */
  static final Set<MemberState> USUAL =
      Set.copyOf(EnumSet.of(MemberState.ENROLLED, MemberState.FLOATING));

  public RosterRule {
    organisations = List.copyOf(organisations);
    states = Set.copyOf(states);
  }
}
