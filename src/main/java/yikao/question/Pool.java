package yikao.question;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All published questions of one bank revision, indexed by type, area and difficulty. Immutable.
 *
 * <p>The questions of a type stand in one list, ordered by area, difficulty and identifier, so that
 * a cell (area, difficulty), and all cells of an area, are ranges of places in it: to draw one
 * question costs the same whatever the number of questions.
 */
public final class Pool {
  /** The highest difficulty. */
  public static final int DIFFICULTIES = 5;

  private static final Comparator<QuestionVersion> ORDER =
      Comparator.<QuestionVersion, String>comparing(q -> q.question().area())
          .thenComparingInt(q -> q.question().difficulty())
          .thenComparing(q -> q.question().id());

  private final long revision;
  private final Enemies enemies;
  private final int enemyPairs;
  private final Map<QuestionType, TypeIndex> types = new EnumMap<>(QuestionType.class);
  private final Map<Integer, QuestionVersion> byVersion = new HashMap<>();

  /**
   * The questions of one type in their order, their areas, and for each area where its difficulties
   * end. What a draw needs of each question stands in arrays: to look it up in the questions
   * themselves, all over the memory, would cost the more the larger the bank.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record TypeIndex(
      List<QuestionVersion> questions,
      List<String> areas,
      Map<String, int[]> bounds,
      int[] versions,
      Choices[] choices,
      int[][] enemies) {

    static TypeIndex of(List<QuestionVersion> sorted, Enemies enemies) {
      var bounds = Pool.bounds(sorted);
      var shapes = new HashMap<Choices, Choices>();
      return new TypeIndex(
          sorted,
          bounds.keySet().stream().sorted().toList(),
          bounds,
          sorted.stream().mapToInt(QuestionVersion::version).toArray(),
          sorted.stream()
              .map(q -> Choices.of(q.question()))
              .map(c -> shapes.computeIfAbsent(c, same -> same))
              .toArray(Choices[]::new),
          sorted.stream().map(q -> enemies.of(q.version())).toArray(int[][]::new));
    }
  }

  /**
   * What is to be shuffled of a question.
   *
   * @param count of its choices
   * @param free the indices of those that are not fixed to their places
   */
  public record Choices(int count, List<Integer> free) {
    static Choices of(Question question) {
      var choices = question.choices();
      return new Choices(
          choices.size(),
          IntStream.range(0, choices.size()).filter(i -> !choices.get(i).fixed()).boxed().toList());
    }
  }

  /** A pool of the given questions; the revision names the state of the bank they come from. */
  public Pool(long revision, Collection<QuestionVersion> questions) {
    this(revision, questions, Enemies.among(questions));
  }

  private Pool(long revision, Collection<QuestionVersion> questions, Enemies enemies) {
    this.revision = revision;
    this.enemies = enemies;
    this.enemyPairs = enemies.pairs();
    for (var type : QuestionType.values()) {
      var sorted =
          questions.stream().filter(q -> q.question().type() == type).sorted(ORDER).toList();
      types.put(type, TypeIndex.of(sorted, enemies));
    }
    questions.forEach(question -> byVersion.put(question.version(), question));
  }

  private static Map<String, int[]> bounds(List<QuestionVersion> sorted) {
    var bounds = new HashMap<String, int[]>();
    for (var place = 0; place < sorted.size(); place++) {
      var question = sorted.get(place).question();
      var start = place;
      var ends =
          bounds.computeIfAbsent(
              question.area(),
              _ -> {
                var fresh = new int[DIFFICULTIES + 1];
                Arrays.fill(fresh, start);
                return fresh;
              });
      for (var difficulty = question.difficulty(); difficulty <= DIFFICULTIES; difficulty++) {
        ends[difficulty] = place + 1;
      }
    }
    return bounds;
  }

  private TypeIndex index(QuestionType type) {
    return Objects.requireNonNull(types.get(type));
  }

  /** The questions that cite one of these documents; where none is named, all. */
  public Pool narrowed(Set<String> documents) {
    if (documents.isEmpty()) {
      return this;
    }
    var narrowed =
        byVersion.values().stream()
            .filter(q -> documents.contains(q.question().citation().document()))
            .toList();
    var versions =
        narrowed.stream().map(QuestionVersion::version).collect(Collectors.toUnmodifiableSet());
    return new Pool(revision, narrowed, enemies.within(versions));
  }

  /** The codes of the documents that questions cite. */
  public Set<String> documents() {
    return byVersion.values().stream()
        .map(q -> q.question().citation().document())
        .collect(Collectors.toSet());
  }

  /** The revision of the bank. */
  public long revision() {
    return revision;
  }

  /** How many questions there are. */
  public int size() {
    return byVersion.size();
  }

  /** The areas that have a question, in the order of their codes. */
  public List<String> areas() {
    return types.values().stream().flatMap(t -> t.areas().stream()).distinct().sorted().toList();
  }

  /** The areas that have a question of the type, in the order of their codes. */
  public List<String> areas(QuestionType type) {
    return index(type).areas();
  }

  /**
   * The places of the type's questions of an area and a difficulty (1 to {@value #DIFFICULTIES}).
   */
  public Range cell(QuestionType type, String area, int difficulty) {
    var ends = index(type).bounds().get(area);
    return ends == null ? Range.EMPTY : new Range(ends[difficulty - 1], ends[difficulty]);
  }

  /** The version of the question at a place in the type's list. */
  public int versionAt(QuestionType type, int place) {
    return index(type).versions()[place];
  }

  /** The choices of the question at a place in the type's list. */
  public Choices choicesAt(QuestionType type, int place) {
    return index(type).choices()[place];
  }

  /**
   * The versions of the questions that should not be in one paper with the question at a place in
   * the type's list. Not to be written to.
   */
  public int[] enemiesAt(QuestionType type, int place) {
    return index(type).enemies()[place];
  }

  /** How many pairs of questions there are that should not be in one paper. */
  public int enemyPairs() {
    return enemyPairs;
  }

  /** A published question by its version. */
  public Optional<QuestionVersion> version(int version) {
    return Optional.ofNullable(byVersion.get(version));
  }

  /** All questions of a type. */
  public List<QuestionVersion> all(QuestionType type) {
    return index(type).questions();
  }

  /**
   * Neighbouring places.
   *
   * @param from the first place
   * @param to the place behind the last one
   */
  public record Range(int from, int to) {
    static final Range EMPTY = new Range(0, 0);

    /** How many places there are. */
    public int size() {
      return to - from;
    }
  }
}
