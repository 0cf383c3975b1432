package yikao.org;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import yikao.access.Staff;
import yikao.text.WrittenText;
import yikao.web.Form;
import yikao.web.Problem;
import yikao.web.Problem.Candidate;
import yikao.web.Problem.FieldError;

/** Finds organisations, open and closed, by what staff writes on a page of the console. */
@Singleton
final class OrganisationChoice {
  /** What is added to a field's name where one of several is to be chosen. */
  static final String CHOSEN = "-chosen";

  private static final int MOST_MEANT = 12;

  /** More are no help, and a heavy page. */
  private static final int MOST_SUGGESTED = 200;

  private final Organisations organisations;
  private final AtomicReference<Indexed> indexed;

  /** A finder, and of which tree it is. */
  private record Indexed(OrganisationTree tree, BranchFinder finder) {
    static Indexed of(OrganisationTree tree) {
      return new Indexed(tree, new BranchFinder(tree, tree.all()));
    }
  }

  OrganisationChoice(Organisations organisations) {
    this.organisations = organisations;
    this.indexed = new AtomicReference<>(Indexed.of(organisations.tree()));
  }

  private BranchFinder finder() {
    var tree = organisations.tree();
    return indexed.updateAndGet(old -> old.tree() == tree ? old : Indexed.of(tree)).finder();
  }

  /** What fits and may be seen, the best first. */
  List<Organisation> search(Staff staff, String sought, int most) {
    return seen(staff, finder().search(sought, Integer.MAX_VALUE)).limit(most).toList();
  }

  private static Stream<Organisation> seen(Staff staff, List<Organisation> found) {
    return found.stream().filter(o -> staff.canReadOrganisation(o.id()));
  }

  /**
   * The code of what a field of a form names: by its code, or by name or path.
   *
   * @return empty where nothing was written
   * @throws Problem where none is meant, or one of several
   */
  String code(Staff staff, Form form, String field) {
    var chosen = form.one(field + CHOSEN);
    if (!chosen.isEmpty()) {
      return chosen;
    }
    var written = WrittenText.tidy(form.one(field));
    if (written.isEmpty() || organisations.tree().byCode(written).isPresent()) {
      return written;
    }
    var named = seen(staff, finder().named(written)).toList();
    if (named.size() == 1) {
      return named.getFirst().code();
    }
    throw meant(field, named.isEmpty() ? search(staff, written, MOST_MEANT) : named);
  }

  private Problem meant(String field, List<Organisation> named) {
    var tree = organisations.tree();
    var error =
        named.isEmpty()
            ? FieldError.of(field, "organisation.none-named")
            : FieldError.of(field, "organisation.which");
    return Problem.invalid(
        List.of(
            error.among(
                named.stream()
                    .limit(MOST_MEANT)
                    .map(o -> new Candidate(o.code(), tree.path(o)))
                    .toList())));
  }

  /** The open ones that somebody sees, by path; none where there are many. */
  List<Draft.Choice> suggested(Staff staff) {
    var tree = organisations.tree();
    var seen =
        tree.all().stream()
            .filter(o -> o.open() && staff.canReadOrganisation(o.id()))
            .limit(MOST_SUGGESTED + 1L)
            .map(o -> new Draft.Choice(o.code(), tree.path(o)))
            .sorted(Comparator.comparing(Draft.Choice::text))
            .toList();
    return seen.size() > MOST_SUGGESTED ? List.of() : seen;
  }
}
