package yikao.participant;

import jakarta.inject.Singleton;
import java.util.List;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.org.Organisations;
import yikao.web.Problem;
import yikao.web.Problem.Candidate;
import yikao.web.Problem.FieldError;
import yikao.web.ShownText;

/** Reads which branch somebody means. */
@Singleton
public final class Branches {
  /** A path may be pasted. */
  private static final int MAX_PATH = 1_000;

  private static final int MOST_CANDIDATES = 20;

  private final Organisations organisations;

  Branches(Organisations organisations) {
    this.organisations = organisations;
  }

  /**
   * A branch.
   *
   * @param field that has it, for problems
   * @param written where there is a list, code, name or path of a branch, or the end of a path;
   *     otherwise any text of 1 to 100 characters
   * @throws Problem where it may not be shown, is too long, or is no branch of the list; where it
   *     may be several, with these
   */
  public Branch read(String field, String written) {
    var tree = organisations.tree();
    return tree.branches().isEmpty()
        ? new Branch.Named(text(field, written, Branch.Named.LONGEST))
        : listed(field, written, tree);
  }

  /**
   * An organisation that somebody may be a member of: also one that has others below it.
   *
   * @param written its code, name or path, or the end of a path; a branch goes before others
   * @throws Problem as above
   */
  public Branch.Known readMembers(String field, String written) {
    var tree = organisations.tree();
    var text = text(field, written, MAX_PATH);
    var branches = tree.finder().named(text);
    return one(field, text, branches.isEmpty() ? tree.openFinder().named(text) : branches, tree);
  }

  private static Branch listed(String field, String written, OrganisationTree tree) {
    var text = text(field, written, MAX_PATH);
    return one(field, text, tree.finder().named(text), tree);
  }

  private static Branch.Known one(
      String field, String text, List<Organisation> meant, OrganisationTree tree) {
    return switch (meant.size()) {
      case 0 -> throw Problem.invalid(field, "unknown-branch");
      case 1 -> new Branch.Known(meant.getFirst().id());
      default -> throw ambiguous(field, text, meant, tree);
    };
  }

  private static Problem ambiguous(
      String field, String written, List<Organisation> meant, OrganisationTree tree) {
    var candidates =
        meant.stream()
            .limit(MOST_CANDIDATES)
            .map(o -> new Candidate(o.code(), tree.path(o)))
            .toList();
    return Problem.invalid(
        List.of(FieldError.of(field, "ambiguous-branch", meant.size(), written).among(candidates)));
  }

  private static String text(String field, String given, int most) {
    return ShownText.line(field, given, 1, most);
  }
}
