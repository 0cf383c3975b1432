package yikao.org;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import yikao.web.Texts;

/** Organisations as rows of a page. */
@Singleton
final class OrganisationNodes {
  /** Rows of a page. */
  static final int ROWS = 50;

  private final Organisations organisations;
  private final PeopleWords words;

  OrganisationNodes(Organisations organisations, PeopleWords words) {
    this.organisations = organisations;
    this.words = words;
  }

  static String href(String code) {
    return OrganisationListPages.PATH + "/" + Codes.escaped(code);
  }

  OrganisationNode node(Texts texts, Organisation o, boolean withPath) {
    var tree = organisations.tree();
    var way = tree.way(o);
    return new OrganisationNode(
        o.code(),
        href(o.code()),
        o.name(),
        withPath ? OrganisationTree.path(way.subList(0, way.size() - 1)) : "",
        words.of(texts.locale(), o.kind()),
        !o.open(),
        tree.below(o).size());
  }

  /** Those after a code, of some that are sorted by it. */
  OrganisationNodePage page(
      Texts texts, List<Organisation> sorted, String after, boolean withPath) {
    var left = sorted.stream().filter(o -> o.code().compareTo(after) > 0).toList();
    var rows = left.stream().limit(ROWS).map(o -> node(texts, o, withPath)).toList();
    return new OrganisationNodePage(
        rows, left.size() > ROWS ? Optional.of(rows.getLast().escaped()) : Optional.empty());
  }
}
