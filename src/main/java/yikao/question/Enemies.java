package yikao.question;

import static yikao.question.Folding.squeeze;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which questions give each other away, so that no paper should hold both (enemy items, 互斥): two
 * about one article of one document that cite the very same clause, or share so much of the proving
 * words, or of which one says in its stem what is right in the other; and those that an editor
 * names. Pairs, not groups: the enemy of an enemy may well be met.
 */
final class Enemies {
  /** So many consecutive characters of the proving words in common give away. */
  private static final int SHARED = 10;

  /** What is right gives away from so many characters on; less may stand anywhere. */
  private static final int TELLING = 4;

  private static final String NUMERAL = "[零〇一二两三四五六七八九十百千0-9]+";

  private static final Pattern ARTICLE = Pattern.compile("^第%1$s条(?:之%1$s)?".formatted(NUMERAL));

  private static final int[] NONE = {};

  private final Map<Integer, int[]> byVersion;

  private Enemies(Map<Integer, ? extends Set<Integer>> byVersion) {
    this.byVersion =
        byVersion.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, e -> e.getValue().stream().mapToInt(v -> v).toArray()));
  }

  /** Those among questions. */
  static Enemies among(Collection<QuestionVersion> questions) {
    var found = new HashMap<Integer, Set<Integer>>();
    questions.stream()
        .collect(Collectors.groupingBy(q -> place(q.question().citation())))
        .values()
        .stream()
        .filter(ofOnePlace -> ofOnePlace.size() > 1)
        .map(ofOnePlace -> ofOnePlace.stream().map(Traits::of).toList())
        .forEach(ofOnePlace -> addOfOnePlace(ofOnePlace, found));
    var byId = new HashMap<String, Integer>();
    questions.forEach(q -> byId.put(q.question().id(), q.version()));
    for (var question : questions) {
      for (var named : question.question().enemies()) {
        if (byId.containsKey(named)) {
          add(question.version(), byId.get(named), found);
        }
      }
    }
    return new Enemies(found);
  }

  /** Document and article; what is in no article is parted by how it is cited. */
  private static String place(Citation citation) {
    var article = ARTICLE.matcher(citation.locator());
    return citation.document() + ' ' + (article.find() ? article.group() : citation.locator());
  }

  private static void addOfOnePlace(List<Traits> questions, Map<Integer, Set<Integer>> found) {
    for (var i = 0; i < questions.size(); i++) {
      for (var j = 0; j < i; j++) {
        if (questions.get(i).givesAway(questions.get(j))) {
          add(questions.get(i).version(), questions.get(j).version(), found);
        }
      }
    }
  }

  private static void add(int one, int other, Map<Integer, Set<Integer>> found) {
    found.computeIfAbsent(one, _ -> new TreeSet<>()).add(other);
    found.computeIfAbsent(other, _ -> new TreeSet<>()).add(one);
  }

  /** Those among some of the questions alone. */
  Enemies within(Set<Integer> versions) {
    var kept = new HashMap<Integer, Set<Integer>>();
    byVersion.forEach((version, enemies) -> {
      if (versions.contains(version)) {
        Arrays.stream(enemies).filter(versions::contains).forEach(e -> add(version, e, kept));
      }
    });
    return new Enemies(kept);
  }

  /** The versions of a question's enemies. */
  int[] of(int version) {
    return byVersion.getOrDefault(version, NONE);
  }

  /** How many pairs there are. */
  int pairs() {
    return byVersion.values().stream().mapToInt(enemies -> enemies.length).sum() / 2;
  }

  /**
   * What of a question can be given away, or gives away.
   *
   * @param clause where it is cited, if that is small enough to be one thing; otherwise empty
   * @param words all pieces of so many characters of the proving words
   * @param right what is right
   */
  private record Traits(
      int version, String clause, Set<String> words, List<String> right, String stem) {

    static Traits of(QuestionVersion version) {
      var question = version.question();
      var citation = question.citation();
      var locator = citation.locator();
      var isClause = ARTICLE.matcher(locator).find() || locator.endsWith("项");
      return new Traits(
          version.version(),
          isClause ? locator : "",
          pieces(citation.words()),
          right(question),
          squeeze(question.stem()));
    }

    private static Set<String> pieces(String words) {
      var pieces = new HashSet<String>();
      for (var part : words.split("…", -1)) {
        var text = squeeze(part);
        for (var i = 0; i + SHARED <= text.length(); i++) {
          pieces.add(text.substring(i, i + SHARED));
        }
      }
      return pieces;
    }

    private static List<String> right(Question question) {
      var texts =
          switch (question.key()) {
            case Key.OfChoices _ ->
                question.choices().stream().filter(question::isRight).map(Choice::text).toList();
            case Key.OfBlanks key -> key.blanks().stream().flatMap(List::stream).toList();
            case Key.OfEssay _ -> List.<String>of();
          };
      return texts.stream().map(Folding::squeeze).filter(text -> text.length() >= TELLING).toList();
    }

    boolean givesAway(Traits other) {
      return (!clause.isEmpty() && clause.equals(other.clause))
          || !Collections.disjoint(words, other.words)
          || right.stream().anyMatch(other.stem::contains)
          || other.right.stream().anyMatch(stem::contains);
    }
  }
}
