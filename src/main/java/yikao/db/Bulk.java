package yikao.db;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Many rows by one statement. PostgreSQL gets one array for each column ({@code unnest}), so a
 * statement costs one round trip whatever the number of rows, and its text is always the same; the
 * embedded H2, where there is no round trip, gets a batch.
 *
 * <p>Rows are written in the order given: callers sort them by key, so that two writers never wait
 * for each other in a circle.
 */
public final class Bulk {
  private static final String ROWS = "r";

  private Bulk() {}

  /** Inserts rows of values in the order of the fields. */
  public static void insert(
      Together changes, Table<?> table, List<? extends Field<?>> fields, List<Object[]> rows) {
    var dsl = changes.transaction();
    if (Together.isApart(dsl)) {
      changes.add(
          dsl.insertInto(table, fields)
              .select(DSL.select(columns(fields)).from(rows(fields, rows))));
    } else {
      changes.addBatch(dsl.insertInto(table, fields).values(new Object[fields.size()]), rows);
    }
  }

  /**
   * Inserts rows, or updates those whose keys are there.
   *
   * @param keys the first of the fields
   */
  public static void upsert(
      Together changes,
      Table<?> table,
      List<? extends Field<?>> keys,
      List<? extends Field<?>> fields,
      List<Object[]> rows) {
    var dsl = changes.transaction();
    var values = fields.subList(keys.size(), fields.size());
    var set = new LinkedHashMap<Field<?>, Object>();
    if (Together.isApart(dsl)) {
      values.forEach(field -> set.put(field, DSL.excluded(field)));
      changes.add(
          dsl.insertInto(table, fields)
              .select(DSL.select(columns(fields)).from(rows(fields, rows)))
              .onConflict(keys)
              .doUpdate()
              .set(set));
      return;
    }
    values.forEach(field -> set.put(field, DSL.val(null, field)));
    var query =
        dsl.insertInto(table, fields)
            .values(new Object[fields.size()])
            .onConflict(keys)
            .doUpdate()
            .set(set);
    changes.addBatch(query, rows.stream().map(row -> withAgain(row, keys.size())).toList());
  }

  /** The values to insert, and those to update. */
  private static Object[] withAgain(Object[] row, int from) {
    var bound = Arrays.copyOf(row, 2 * row.length - from);
    System.arraycopy(row, from, bound, row.length, row.length - from);
    return bound;
  }

  /**
   * Updates rows.
   *
   * @param rows the values to set, then those of the keys
   */
  public static void update(
      Together changes,
      Table<?> table,
      List<? extends Field<?>> values,
      List<? extends Field<?>> keys,
      List<Object[]> rows) {
    var dsl = changes.transaction();
    var set = new LinkedHashMap<Field<?>, Object>();
    if (Together.isApart(dsl)) {
      // the value of a key may change as well: it then stands in a column of its own
      for (var i = 0; i < values.size(); i++) {
        set.put(values.get(i), column(i, values.get(i)));
      }
      var all = new ArrayList<Field<?>>(values);
      all.addAll(keys);
      changes.add(
          dsl.update(table).set(set).from(rows(all, rows)).where(matches(keys, values.size())));
      return;
    }
    values.forEach(field -> set.put(field, DSL.val(null, field)));
    changes.addBatch(dsl.update(table).set(set).where(equalNothing(keys)), rows);
  }

  /**
   * Deletes rows.
   *
   * @param rows values of the keys
   */
  public static void delete(
      Together changes, Table<?> table, List<? extends Field<?>> keys, List<Object[]> rows) {
    var dsl = changes.transaction();
    if (Together.isApart(dsl)) {
      changes.add(dsl.deleteFrom(table).using(rows(keys, rows)).where(matches(keys, 0)));
    } else {
      changes.addBatch(dsl.deleteFrom(table).where(equalNothing(keys)), rows);
    }
  }

  /** The rows as a table named r with columns c0, c1 …, one for each field. */
  private static Table<?> rows(List<? extends Field<?>> fields, List<Object[]> rows) {
    var arrays = new ArrayList<Field<?>>();
    var names = new ArrayList<String>();
    for (var i = 0; i < fields.size(); i++) {
      arrays.add(array(fields.get(i), i, rows));
      names.add("c" + i);
    }
    return DSL.table("unnest({0})", DSL.list(arrays.toArray(Field[]::new)))
        .as(ROWS, names.toArray(String[]::new));
  }

  private static Field<?> array(Field<?> field, int index, List<Object[]> rows) {
    var values = (Object[]) Array.newInstance(field.getType(), rows.size());
    for (var i = 0; i < values.length; i++) {
      values[i] = rows.get(i)[index];
    }
    return DSL.val(values, field.getDataType().array());
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
