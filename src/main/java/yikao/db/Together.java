package yikao.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import yikao.db.Lookup.Reading;

/**
 * Statements of a transaction that go to PostgreSQL together and come back together: one round
 * trip, where each by itself would cost one. They run in their order. The embedded H2, where there
 * is no round trip, runs them one after the other.
 */
public final class Together {
  /** A statement, to be run once for each row of bound values. */
  private record Change(Prepared statement, List<Object[]> bound) {}

  private final DSLContext dsl;
  private final List<Change> changes = new ArrayList<>();

  public Together(DSLContext transaction) {
    this.dsl = transaction;
  }

  /** The transaction in which all run. */
  public DSLContext transaction() {
    return dsl;
  }

  /** Adds a statement that changes rows, with the values to bind. */
  public void add(Prepared statement, @Nullable Object... bound) {
    addEach(statement, List.<Object[]>of(bound));
  }

  /** Adds a statement to run once for each row of bound values. */
  void addEach(Prepared statement, List<Object[]> bound) {
    changes.add(new Change(statement, bound));
  }

  /** Runs what was added; returns how many rows each has changed. */
  public List<Integer> execute() {
    var all = List.copyOf(changes);
    changes.clear();
    if (all.isEmpty()) {
      return List.of();
    }
    return dsl.connectionResult(
        connection -> isApart(dsl) ? atOnce(connection, all) : inTurn(connection, all));
  }

  private List<Integer> atOnce(Connection connection, List<Change> all) throws SQLException {
    var text = new StringJoiner("; ");
    all.forEach(change -> change.bound.forEach(_ -> text.add(change.statement.text(dsl))));
    try (var statement = connection.prepareStatement(text.toString())) {
      var index = 1;
      for (var change : all) {
        for (var values : change.bound) {
          index = Prepared.bind(statement, index, values);
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
          Prepared.bind(statement, 1, values);
          statement.addBatch();
        }
        counts.add(Arrays.stream(statement.executeBatch()).sum());
      }
    }
    return counts;
  }

  /** Runs queries, and hands out the rows of the first, then those of the second, and so on. */
  public static void read(DSLContext dsl, List<? extends Reading<?>> readings) {
    if (readings.isEmpty()) {
      return;
    }
    dsl.connection(connection -> {
      if (isApart(dsl)) {
        readAll(dsl, connection, readings);
      } else {
        for (var reading : readings) {
          readAll(dsl, connection, List.of(reading));
        }
      }
    });
  }

  private static void readAll(
      DSLContext dsl, Connection connection, List<? extends Reading<?>> readings)
      throws SQLException {
    var text =
        readings.stream().map(reading -> reading.text(dsl)).collect(Collectors.joining("; "));
    try (var statement = connection.prepareStatement(text)) {
      var index = 1;
      for (var reading : readings) {
        for (var keys : reading.keys()) {
          index = Prepared.bind(statement, index, (Object) keys);
        }
      }
      statement.execute();
      for (var reading : readings) {
        reading.take(dsl, statement.getResultSet());
        statement.getMoreResults();
      }
    }
  }

  /** Whether the database is another process, so that round trips count. */
  static boolean isApart(DSLContext dsl) {
    return dsl.dialect().family() == SQLDialect.POSTGRES;
  }
}
