package yikao.question;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which blanks of a question are filled rightly. A text is right where it is an accepted one, but
 * for the foldings, alone or together with words of the stem that adjoin its blank. Where the order
 * does not matter, texts are matched to blanks so that as many as possible are right, and one
 * accepted text counts once, however often it was written.
 */
final class Filling {
  private final Key.OfBlanks key;
  private final String stem;

  /** For each blank what is accepted there, folded. */
  private final List<Set<String>> accepted;

  Filling(Key.OfBlanks key, String stem) {
    this.key = key;
    this.stem = stem;
    this.accepted =
        key.blanks().stream()
            .map(texts ->
                texts.stream()
                    .map(text -> Folding.fold(text, key.foldings()))
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.toSet()))
            .toList();
  }

  int filled(List<String> texts) {
    return key.anyOrder() ? inAnyOrder(texts) : inOrder(texts);
  }

  private int inOrder(List<String> texts) {
    var right = 0;
    for (var blank = 0; blank < Math.min(accepted.size(), texts.size()); blank++) {
      right += said(blank, texts.get(blank), accepted.get(blank)).isPresent() ? 1 : 0;
    }
    return right;
  }

  private int inAnyOrder(List<String> texts) {
    var all = new HashSet<String>();
    accepted.forEach(all::addAll);
    var said = new HashSet<String>();
    for (var blank = 0; blank < Math.min(accepted.size(), texts.size()); blank++) {
      said(blank, texts.get(blank), all).ifPresent(said::add);
    }
    var filling = new HashMap<Integer, String>();
    return (int) said.stream().filter(text -> fill(text, filling, new HashSet<>())).count();
  }

  /**
   * Finds a blank for one more text, moving others to other blanks if need be (an augmenting path).
   */
  private boolean fill(String text, Map<Integer, String> filling, Set<Integer> tried) {
    for (var blank = 0; blank < accepted.size(); blank++) {
      if (accepted.get(blank).contains(text) && tried.add(blank)) {
        var other = filling.get(blank);
        if (other == null || fill(other, filling, tried)) {
          filling.put(blank, text);
          return true;
        }
      }
    }
    return false;
  }

  /** The accepted text that is said by what stands in a blank. */
  private Optional<String> said(int blank, String text, Set<String> wanted) {
    var folded = Folding.fold(text, key.foldings());
    if (wanted.contains(folded)) {
      return Optional.of(folded);
    }
    return folded.isEmpty() || wanted.isEmpty()
        ? Optional.empty()
        : Adjoining.of(stem, blank).without(text, key.foldings(), wanted);
  }
}
