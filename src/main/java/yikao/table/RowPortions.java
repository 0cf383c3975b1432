package yikao.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows of a long list, page by page; each page is read when it is asked for. The first has the
 * headings.
 *
 * @param <T> what the list is of
 */
public final class RowPortions<T> implements Iterator<List<List<String>>> {
  private final List<String> headings;
  private final int most;
  private final Function<Optional<T>, List<T>> after;
  private final Function<T, List<String>> row;
  private Optional<T> last = Optional.empty();
  private boolean isFirst = true;
  private boolean isOver;

  /**
   * A list.
   *
   * @param most how many a page has, unless it is the last
   * @param after reads the page after something, or the first
   */
  public RowPortions(
      List<String> headings,
      int most,
      Function<Optional<T>, List<T>> after,
      Function<T, List<String>> row) {
    this.headings = headings;
    this.most = most;
    this.after = after;
    this.row = row;
  }

  @Override
  public boolean hasNext() {
    return !isOver;
  }

  @Override
  public List<List<String>> next() {
    if (isOver) {
      throw new NoSuchElementException();
    }
    var rows = new ArrayList<List<String>>();
    if (isFirst) {
      rows.add(headings);
      isFirst = false;
    }
    var page = after.apply(last);
    page.forEach(one -> rows.add(row.apply(one)));
    isOver = page.size() < most;
    if (!isOver) {
      last = Optional.of(page.getLast());
    }
    return rows;
  }
}
