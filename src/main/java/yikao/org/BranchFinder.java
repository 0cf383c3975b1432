package yikao.org;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import yikao.text.Conversion;
import yikao.text.NameFolding;
import yikao.text.WrittenText;

/**
 * Finds branches by what people write. Width, case, the script, what is invisible, white space
 * beside Chinese characters, and punctuation at the edges make no difference.
 */
public final class BranchFinder {
  private static final String BETWEEN = "/";

  private final List<Entry> entries;

  /** Those above are in the paths of all below them. */
  private final Map<Long, String> keys = new HashMap<>();

  private final Map<String, Organisation> byCode = new HashMap<>();

  /** By their name, and by each longer end of their path. */
  private final Map<String, List<Organisation>> byEnd = new HashMap<>();

  /** A branch, and what its name and its path are searched as. */
  private record Entry(Organisation branch, String name, String path) {}

  /** How well something fits what is searched, the best first. */
  private enum Fit {
    EXACT,
    NAME,
    PATH,
    WORDS
  }

  private record Found(Fit fit, Entry entry) {
    static final Comparator<Found> ORDER =
        Comparator.comparing(Found::fit)
            .thenComparingInt(f -> f.entry().name().length())
            .thenComparing(f -> f.entry().branch().code());
  }

  BranchFinder(OrganisationTree tree) {
    this(tree, tree.branches());
  }

  /** Finds any of some organisations in the same way. */
  BranchFinder(OrganisationTree tree, Collection<Organisation> among) {
    entries = among.stream().map(branch -> entry(tree, branch)).toList();
  }

  private Entry entry(OrganisationTree tree, Organisation branch) {
    byCode.putIfAbsent(key(branch.code()), branch);
    byCode.put(branch.code(), branch);
    var names = tree.way(branch).reversed().stream().map(this::nameOf).toList();
    var end = "";
    for (var name : names) {
      end = end.isEmpty() || name.isEmpty() ? name + end : name + BETWEEN + end;
      byEnd.computeIfAbsent(end, _ -> new ArrayList<>()).add(branch);
    }
    return new Entry(branch, names.getFirst(), end);
  }

  private String nameOf(Organisation organisation) {
    return keys.computeIfAbsent(organisation.id(), _ -> key(organisation.name()));
  }

  /** What is left of a name or a path when what makes no difference is folded. */
  private static String key(String written) {
    return Arrays.stream(Conversion.toSimplified(NameFolding.fold(written)).split(BETWEEN, -1))
        .map(WrittenText::core)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining(BETWEEN))
        .toLowerCase(Locale.ROOT);
  }

  /**
   * The branches that something written may stand for, by code: the one of this code; otherwise
   * those of this name, or whose path is this or ends so, as {@code 城东街道党工委 / 第一党支部}.
   */
  public List<Organisation> named(String written) {
    var key = key(written);
    return withCode(written)
        .map(List::of)
        .orElseGet(() -> key.isEmpty() ? List.of() : byEnd.getOrDefault(key, List.of()));
  }

  private Optional<Organisation> withCode(String written) {
    return Optional.ofNullable(byCode.get(WrittenText.tidy(written)))
        .or(() -> Optional.ofNullable(byCode.get(key(written))));
  }

  /**
   * Branches that fit what is searched, the best first: of this code or name, with it in their name
   * or path, or with each of its words somewhere in their path.
   */
  public List<Organisation> search(String sought, int most) {
    var whole = key(sought);
    if (whole.isEmpty()) {
      return List.of();
    }
    var words =
        NameFolding.words(sought).stream()
            .map(BranchFinder::key)
            .filter(word -> !word.isEmpty())
            .distinct()
            .toList();
    var ofCode = withCode(sought);
    return entries.stream()
        .flatMap(entry -> fit(entry, whole, words, ofCode).stream().map(f -> new Found(f, entry)))
        .sorted(Found.ORDER)
        .limit(most)
        .map(found -> found.entry().branch())
        .toList();
  }

  private static Optional<Fit> fit(
      Entry entry, String whole, List<String> words, Optional<Organisation> ofCode) {
    if (entry.name().equals(whole) || ofCode.filter(entry.branch()::equals).isPresent()) {
      return Optional.of(Fit.EXACT);
    }
    if (entry.name().contains(whole)) {
      return Optional.of(Fit.NAME);
    }
    if (entry.path().contains(whole)) {
      return Optional.of(Fit.PATH);
    }
    return words.stream().allMatch(entry.path()::contains)
        ? Optional.of(Fit.WORDS)
        : Optional.empty();
  }
}
