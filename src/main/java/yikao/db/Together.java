package yikao.db;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
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
      return atOnce(dsl, queries).stream().map(ResultOrRows::rows).toList();
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

  /**
   * A query, and who takes its rows.
   *
   * @param <R> a row
   */
  public record Reading<R extends Record>(ResultQuery<R> query, Consumer<? super R> reader) {
    private void read(DSLContext dsl) {
      dsl.fetch(query).forEach(reader);
    }

    private void take(DSLContext dsl, List<? extends Record> rows) {
      var fields = query.fields();
      rows.forEach(row -> reader.accept(typed(dsl, fields, row)));
    }

    @SuppressWarnings("unchecked") // a record of the query's own fields
    private R typed(DSLContext dsl, Field<?>[] fields, Record row) {
      var typed = dsl.newRecord(fields);
      typed.fromArray(row.intoArray());
      return (R) typed;
    }
  }

  /** Runs queries, and hands out the rows of the first, then those of the second, and so on. */
  public static void read(DSLContext dsl, List<Reading<?>> readings) {
    if (readings.size() < 2 || !isApart(dsl)) {
      readings.forEach(reading -> reading.read(dsl));
      return;
    }
    var results = atOnce(dsl, readings.stream().map(Reading::query).toList());
    for (var i = 0; i < readings.size(); i++) {
      readings.get(i).take(dsl, java.util.Objects.requireNonNull(results.get(i).result()));
    }
  }

  private static List<ResultOrRows> atOnce(DSLContext dsl, List<? extends QueryPart> statements) {
    var text =
        IntStream.range(0, statements.size())
            .mapToObj("{%d}"::formatted)
            .collect(Collectors.joining("; "));
    return dsl.resultQuery(text, statements.toArray(QueryPart[]::new)).fetchMany().resultsOrRows();
  }

  /** Whether the database is another process, so that round trips count. */
  static boolean isApart(DSLContext dsl) {
    return dsl.dialect().family() == SQLDialect.POSTGRES;
  }
}
