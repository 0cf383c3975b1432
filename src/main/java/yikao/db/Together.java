package yikao.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.ResultOrRows;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;

/**
 * Statements of a transaction that go to PostgreSQL together and come back together: one round
 * trip, where each by itself would cost one. They run in their order. The embedded H2, where there
 * is no round trip, runs them one after the other, and those over many rows as batches.
 */
public final class Together {
  /** Something that changes rows. */
  private sealed interface Change {}

  private record One(Query query) implements Change {}

  private record Batch(Query query, List<Object[]> rows) implements Change {}

  private final DSLContext dsl;
  private final List<Change> changes = new ArrayList<>();

  public Together(DSLContext transaction) {
    this.dsl = transaction;
  }

  /** The transaction in which all run. */
  public DSLContext transaction() {
    return dsl;
  }

  /** Adds a statement that changes rows. */
  public void add(Query query) {
    changes.add(new One(query));
  }

  /** Adds a statement to run once for each row of bound values. */
  void addBatch(Query query, List<Object[]> rows) {
    changes.add(new Batch(query, rows));
  }

  /** Runs what was added; returns how many rows each has changed. */
  public List<Integer> execute() {
    var all = List.copyOf(changes);
    changes.clear();
    var queries = new ArrayList<Query>();
    for (var change : all) {
      if (change instanceof One one) {
        queries.add(one.query);
      }
    }
    if (isApart(dsl) && all.size() > 1 && queries.size() == all.size()) {
      return atOnce(queries);
    }
    return all.stream().map(this::execute).toList();
  }

  private int execute(Change change) {
    return switch (change) {
      case One one -> dsl.execute(one.query);
      case Batch batch ->
          Arrays.stream(dsl.batch(batch.query).bind(batch.rows.toArray(Object[][]::new)).execute())
              .sum();
    };
  }

  private List<Integer> atOnce(List<Query> queries) {
    var text =
        IntStream.range(0, queries.size())
            .mapToObj("{%d}"::formatted)
            .collect(Collectors.joining("; "));
    return dsl
        .resultQuery(text, queries.toArray(QueryPart[]::new))
        .fetchMany()
        .resultsOrRows()
        .stream()
        .map(ResultOrRows::rows)
        .toList();
  }

  /**
   * A query, and who takes its rows.
   *
   * @param query binds arrays of UUID or Long alone
   * @param <R> a row
   */
  public record Reading<R extends Record>(ResultQuery<R> query, Consumer<? super R> reader) {
    private void read(DSLContext dsl) {
      dsl.fetch(query).forEach(reader);
    }

    @SuppressWarnings("unchecked") // records of the query's own fields
    private void take(DSLContext dsl, ResultSet rows) {
      dsl.fetch(rows, query.fields()).forEach(row -> reader.accept((R) row));
    }
  }

  /** Runs queries, and hands out the rows of the first, then those of the second, and so on. */
  public static void read(DSLContext dsl, List<Reading<?>> readings) {
    if (readings.size() < 2 || !isApart(dsl)) {
      readings.forEach(reading -> reading.read(dsl));
      return;
    }
    // by JDBC: jOOQ would ask for the types of each column, which are known
    var text = readings.stream().map(r -> dsl.render(r.query)).collect(Collectors.joining("; "));
    dsl.connection(connection -> {
      try (var statement = connection.prepareStatement(text)) {
        bind(dsl, readings, statement);
        statement.execute();
        for (var reading : readings) {
          reading.take(dsl, statement.getResultSet());
          statement.getMoreResults();
        }
      }
    });
  }

  private static void bind(DSLContext dsl, List<Reading<?>> readings, PreparedStatement statement)
      throws SQLException {
    var index = 1;
    for (var reading : readings) {
      for (var value : dsl.extractBindValues(reading.query)) {
        var type = value instanceof UUID[] ? "uuid" : "int8";
        statement.setArray(
            index++, statement.getConnection().createArrayOf(type, (Object[]) value));
      }
    }
  }

  /** Whether the database is another process, so that round trips count. */
  static boolean isApart(DSLContext dsl) {
    return dsl.dialect().family() == SQLDialect.POSTGRES;
  }
}
