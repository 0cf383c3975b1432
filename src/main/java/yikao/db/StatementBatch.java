package yikao.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Statements of a transaction that go to PostgreSQL together and come back together: one round
 * trip, where each by itself would cost one. They run in their order. The embedded H2, where there
 * is no round trip, runs them one after the other.
 */
public final class StatementBatch {
  /** For a statement that may change as many rows as it likes. */
  static final int ANY = -1;

  /** A statement, to be run once for each row of bound values. */
  private record Change(RenderedQuery statement, List<Object[]> bound, int expected) {}

  private final DSLContext dsl;
  private final List<Change> changes = new ArrayList<>();

  /** An empty batch in a transaction. */
  public StatementBatch(DSLContext transaction) {
    this.dsl = transaction;
  }

  /** The transaction in which all run. */
  public DSLContext transaction() {
    return dsl;
  }

  /** Adds a statement that changes rows, with the values to bind. */
  public void add(RenderedQuery statement, @Nullable Object... bound) {
    add(statement, List.<Object[]>of(bound), ANY);
  }

  /** Adds a statement to run once for each row of bound values. */
  void add(RenderedQuery statement, List<Object[]> bound, int expected) {
    changes.add(new Change(statement, bound, expected));
  }

  /**
   * Runs what was added.
   *
   * @throws StaleReadException where a statement has not changed as many rows as it has to
   */
  public void execute() {
    var all = List.copyOf(changes);
    changes.clear();
    if (all.isEmpty()) {
      return;
    }
    var counts =
        dsl.connectionResult(
            connection -> isServer(dsl) ? atOnce(connection, all) : inTurn(connection, all));
    for (var i = 0; i < all.size(); i++) {
      var expected = all.get(i).expected;
      if (expected != ANY && expected != counts.get(i)) {
        throw new StaleReadException();
      }
    }
  }

  private List<Integer> atOnce(Connection connection, List<Change> all) throws SQLException {
    var text = new StringJoiner("; ");
    all.forEach(change -> change.bound.forEach(_ -> text.add(change.statement.text(dsl))));
    try (var statement = connection.prepareStatement(text.toString())) {
      var index = 1;
      for (var change : all) {
        for (var values : change.bound) {
          index = RenderedQuery.bind(statement, index, values);
        }
      }
      statement.execute();
      var counts = new ArrayList<Integer>(all.size());
      for (var change : all) {
        var count = 0;
        for (var i = 0; i < change.bound.size(); i++) {
          count += statement.getUpdateCount();
          statement.getMoreResults();
        }
        counts.add(count);
      }
      return counts;
    }
  }

  private List<Integer> inTurn(Connection connection, List<Change> all) throws SQLException {
    var counts = new ArrayList<Integer>(all.size());
    for (var change : all) {
      try (var statement = connection.prepareStatement(change.statement.text(dsl))) {
        for (var values : change.bound) {
          RenderedQuery.bind(statement, 1, values);
          statement.addBatch();
        }
        counts.add(Arrays.stream(statement.executeBatch()).sum());
      }
    }
    return counts;
  }

  private static boolean isServer(DSLContext dsl) {
    return Dialect.of(dsl) == Dialect.POSTGRESQL;
  }
}
