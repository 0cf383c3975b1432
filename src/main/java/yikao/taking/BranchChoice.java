package yikao.taking;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import yikao.org.BranchFinder;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.org.Organisations;
import yikao.quiz.Policies.EntryPolicy;
import yikao.taking.QuizPage.Branch;
import yikao.taking.QuizPage.BranchGroup;
import yikao.taking.QuizPage.BranchKind;

/**
 * How a page lets one choose a branch. A short list is shown whole; a long one would be too large
 * for a phone on a poor network, so one writes a part of the name and chooses among what fits.
 */
@Singleton
final class BranchChoice {
  static final int MOST = 300;

  private final Organisations organisations;

  BranchChoice(Organisations organisations) {
    this.organisations = organisations;
  }

  /**
   * How branches are chosen now.
   *
   * @param policy of the quiz: members may be in organisations that have others below them
   */
  BranchKind kind(EntryPolicy policy) {
    var count = among(policy, organisations.tree()).size();
    if (count == 0) {
      return BranchKind.WRITTEN;
    }
    return count > MOST ? BranchKind.SOUGHT : BranchKind.CHOSEN;
  }

  /**
   * What to choose from.
   *
   * @param more whether more fit than these
   */
  record Choices(List<BranchGroup> groups, boolean more) {}

  /**
   * What to choose from.
   *
   * @param written a part of the name or of the path, or the code
   */
  Choices choices(EntryPolicy policy, String written) {
    var tree = organisations.tree();
    var among = among(policy, tree);
    if (among.size() <= MOST) {
      return new Choices(grouped(tree, among), false);
    }
    var fitting = finder(policy, tree).search(written, MOST + 1);
    return new Choices(grouped(tree, fitting.stream().limit(MOST).toList()), fitting.size() > MOST);
  }

  private static List<Organisation> among(EntryPolicy policy, OrganisationTree tree) {
    return policy == EntryPolicy.EVERYONE ? tree.branches() : tree.open();
  }

  private static BranchFinder finder(EntryPolicy policy, OrganisationTree tree) {
    return policy == EntryPolicy.EVERYONE ? tree.finder() : tree.openFinder();
  }

  /** By the organisation above, in the order of the first of each. */
  private static List<BranchGroup> grouped(OrganisationTree tree, List<Organisation> branches) {
    var names = tree.labels(branches);
    var byParent =
        branches.stream()
            .collect(
                Collectors.groupingBy(
                    o -> o.parentId().flatMap(tree::byId),
                    LinkedHashMap::new,
                    Collectors.mapping(
                        o -> new Branch(o.code(), names.getOrDefault(o.id(), o.name())),
                        Collectors.toList())));
    var headings = tree.labels(byParent.keySet().stream().flatMap(Optional::stream).toList());
    return byParent.entrySet().stream()
        .map(e ->
            new BranchGroup(
                e.getKey().map(o -> headings.getOrDefault(o.id(), o.name())).orElse(""),
                e.getValue()))
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

  /** The code of the one branch that something written stands for; itself where it is none. */
  String code(EntryPolicy policy, String written) {
    var meant = finder(policy, organisations.tree()).named(written);
    return meant.size() == 1 ? meant.getFirst().code() : written;
  }
}
