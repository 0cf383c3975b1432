package yikao.taking;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.org.Organisations;
import yikao.taking.QuizPage.Branch;
import yikao.taking.QuizPage.BranchGroup;
import yikao.taking.QuizPage.BranchKind;

/**
 * How a page lets one choose a branch. A short list is shown whole; a long one would be too large
 * for a phone on a poor network, so one writes a part of the name and chooses among what fits.
 */
@Singleton
final class BranchChoice {
  private static final int MOST = 300;

  private final Organisations organisations;

  BranchChoice(Organisations organisations) {
    this.organisations = organisations;
  }

  /** How branches are chosen now. */
  BranchKind kind() {
    var count = organisations.tree().branches().size();
    if (count == 0) {
      return BranchKind.WRITTEN;
    }
    return count > MOST ? BranchKind.SOUGHT : BranchKind.CHOSEN;
  }

  /**
   * What to choose from.
   *
   * @param written a part of the name, or the code
   */
  List<BranchGroup> groups(String written) {
    var tree = organisations.tree();
    var branches = tree.branches();
    if (branches.size() > MOST) {
      branches = fitting(branches, written);
    }
    return grouped(tree, branches);
  }

  private static List<Organisation> fitting(List<Organisation> branches, String written) {
    var part = written.strip().toLowerCase(Locale.ROOT);
    if (part.isEmpty()) {
      return List.of();
    }
    return branches.stream()
        .filter(o ->
            o.code().equals(written.strip()) || o.name().toLowerCase(Locale.ROOT).contains(part))
        .sorted(Comparator.comparingInt(o -> o.name().length()))
        .limit(MOST)
        .toList();
  }

  private static List<BranchGroup> grouped(OrganisationTree tree, List<Organisation> branches) {
    return branches.stream()
        .collect(
            Collectors.groupingBy(
                o -> o.parentId().flatMap(tree::byId).map(Organisation::name).orElse(""),
                LinkedHashMap::new,
                Collectors.mapping(o -> new Branch(o.code(), o.name()), Collectors.toList())))
        .entrySet()
        .stream()
        .map(e -> new BranchGroup(e.getKey(), e.getValue()))
        .toList();
  }

  /** A branch as one writes it: the code by which the list knows it, or what was written. */
  String written(yikao.participant.Branch branch) {
    return switch (branch) {
      case yikao.participant.Branch.Known(var id) ->
          organisations.tree().byId(id).map(Organisation::code).orElse("");
      case yikao.participant.Branch.Named(var name) -> name;
    };
  }

  /** The code that something written stands for; itself where it stands for none. */
  String code(String written) {
    return organisations.tree().branch(written.strip()).map(Organisation::code).orElse(written);
  }
}
