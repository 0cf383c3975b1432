package yikao.db;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.ResultOrRows;

/**
 * Statements that go to PostgreSQL together and come back together: one round trip, where each by
 * itself would cost one. They run in their order. Elsewhere they run one after the other.
 */
public final class Together {
  private Together() {}

  /** Runs statements that change rows; returns how many rows each has changed. */
  public static List<Integer> execute(DSLContext dsl, List<? extends Query> statements) {
    if (statements.size() < 2 || !Bulk.isSetWise(dsl)) {
      var changed = new ArrayList<Integer>();
      statements.forEach(statement -> changed.add(dsl.execute(statement)));
      return changed;
    }
    var text =
        IntStream.range(0, statements.size())
            .mapToObj("{%d}"::formatted)
            .collect(Collectors.joining("; "));
    return dsl
        .resultQuery(text, statements.toArray(QueryPart[]::new))
        .fetchMany()
        .resultsOrRows()
        .stream()
        .map(ResultOrRows::rows)
        .toList();
  }
}
