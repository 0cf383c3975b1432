package yikao.db;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A statement over many rows, whose text is made once. PostgreSQL gets one array for each column
 * ({@code unnest}), so it costs one round trip whatever the number of rows; the embedded H2, where
 * there is no round trip, gets a batch.
 *
 * <p>Rows are written in the order given: callers sort them by key, so that two writers never wait
 * for each other in a circle.
 */
public final class Bulk {
  private static final String ROWS = "r";

  /** What is bound on PostgreSQL: an array for each. */
  private final List<? extends Field<?>> columns;

  private final RenderedQuery statement;

  /** From which value on those of a row are bound again, on H2. */
  private final int again;

  private Bulk(
      List<? extends Field<?>> columns, int again, Function<DSLContext, ? extends Query> query) {
    this.columns = columns;
    this.again = again;
    this.statement = new RenderedQuery(query);
  }

  /** Inserts rows of values in the order of the fields. */
  public static Bulk insert(Table<?> table, List<? extends Field<?>> fields) {
    return new Bulk(
        fields,
        fields.size(),
        dsl ->
            isServer(dsl)
                ? dsl.insertInto(table, fields)
                    .select(DSL.select(columns(fields)).from(rows(fields)))
                : dsl.insertInto(table, fields).values(new Object[fields.size()]));
  }

  /**
   * Inserts rows, or updates those whose keys are there.
   *
   * @param keys the first of the fields
   */
  public static Bulk upsert(
      Table<?> table, List<? extends Field<?>> keys, List<? extends Field<?>> fields) {
    var values = fields.subList(keys.size(), fields.size());
    return new Bulk(
        fields,
        keys.size(),
        dsl -> {
          var server = isServer(dsl);
          var set = new LinkedHashMap<Field<?>, Object>();
          values.forEach(
              field -> set.put(field, server ? DSL.excluded(field) : DSL.val(null, field)));
          var into = dsl.insertInto(table, fields);
          var rows =
              server
                  ? into.select(DSL.select(columns(fields)).from(rows(fields)))
                  : into.values(new Object[fields.size()]);
          return rows.onConflict(keys).doUpdate().set(set);
        });
  }

  /** Updates rows: first the values to set, then those of the keys. */
  public static Bulk update(
      Table<?> table, List<? extends Field<?>> values, List<? extends Field<?>> keys) {
    var all = new ArrayList<Field<?>>(values);
    all.addAll(keys);
    return new Bulk(
        all,
        all.size(),
        dsl -> {
          var set = new LinkedHashMap<Field<?>, Object>();
          if (isServer(dsl)) {
            // the value of a key may change as well: it then stands in a column of its own
            for (var i = 0; i < values.size(); i++) {
              set.put(values.get(i), column(i, values.get(i)));
            }
            return dsl.update(table).set(set).from(rows(all)).where(matches(keys, values.size()));
          }
          values.forEach(field -> set.put(field, DSL.val(null, field)));
          return dsl.update(table).set(set).where(equalNothing(keys));
        });
  }

  /** Deletes rows by their keys. */
  public static Bulk delete(Table<?> table, List<? extends Field<?>> keys) {
    return new Bulk(
        keys,
        keys.size(),
        dsl ->
            isServer(dsl)
                ? dsl.deleteFrom(table).using(rows(keys)).where(matches(keys, 0))
                : dsl.deleteFrom(table).where(equalNothing(keys)));
  }

  /** Adds the statement for these rows. */
  public void addTo(StatementBatch changes, List<Object[]> rows) {
    add(changes, rows, StatementBatch.ANY);
  }

  /** Adds the statement for these rows, each of which it has to change. */
  public void addExact(StatementBatch changes, List<Object[]> rows) {
    add(changes, rows, rows.size());
  }

  private void add(StatementBatch changes, List<Object[]> rows, int expected) {
    var bound =
        isServer(changes.transaction())
            ? List.<Object[]>of(arrays(rows))
            : rows.stream().map(this::withAgain).toList();
    changes.add(statement, bound, expected);
  }

  private static boolean isServer(DSLContext dsl) {
    return Dialect.of(dsl) == Dialect.POSTGRESQL;
  }

  private Object[] arrays(List<Object[]> rows) {
    var arrays = new Object[columns.size()];
    for (var column = 0; column < arrays.length; column++) {
      var values = (Object[]) Array.newInstance(columns.get(column).getType(), rows.size());
      for (var i = 0; i < values.length; i++) {
        values[i] = rows.get(i)[column];
      }
      arrays[column] = values;
    }
    return arrays;
  }

  private Object[] withAgain(Object[] row) {
    var bound = Arrays.copyOf(row, 2 * row.length - again);
    System.arraycopy(row, again, bound, row.length, row.length - again);
    return bound;
  }

  /** The rows as a table named r with columns c0, c1 …, one for each field. */
  private static Table<?> rows(List<? extends Field<?>> fields) {
    var arrays = new ArrayList<Field<?>>();
    var names = new ArrayList<String>();
    for (var i = 0; i < fields.size(); i++) {
      arrays.add(DSL.val(null, fields.get(i).getDataType().array()));
      names.add("c" + i);
    }
    return DSL.table("unnest({0})", DSL.list(arrays.toArray(Field[]::new)))
        .as(ROWS, names.toArray(String[]::new));
  }

  /** A column of {@link #rows}. */
  private static <T> Field<T> column(int index, Field<T> like) {
    return DSL.field(DSL.name(ROWS, "c" + index), like.getDataType());
  }

  private static List<Field<?>> columns(List<? extends Field<?>> fields) {
    var columns = new ArrayList<Field<?>>();
    for (var i = 0; i < fields.size(); i++) {
      columns.add(column(i, fields.get(i)));
    }
    return columns;
  }

  private static Condition matches(List<? extends Field<?>> keys, int from) {
    var condition = DSL.noCondition();
    for (var i = 0; i < keys.size(); i++) {
      condition = condition.and(equal(keys.get(i), from + i));
    }
    return condition;
  }

  private static <T> Condition equal(Field<T> key, int index) {
    return key.eq(column(index, key));
  }

  private static Condition equalNothing(List<? extends Field<?>> keys) {
    var condition = DSL.noCondition();
    for (var key : keys) {
      condition = condition.and(equalNothing(key));
    }
    return condition;
  }

  private static <T> Condition equalNothing(Field<T> key) {
    return key.eq(DSL.val(null, key));
  }
}
