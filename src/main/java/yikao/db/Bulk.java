package yikao.db;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SQLDialect;
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
      DSLContext dsl, Table<?> table, List<? extends Field<?>> fields, List<Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    if (isSetWise(dsl)) {
      insertion(dsl, table, fields, rows).execute();
    } else {
      batch(dsl, dsl.insertInto(table, fields).values(new Object[fields.size()]), rows);
    }
  }

  /** One statement that inserts rows, for {@link Together}. */
  public static Query insertion(
      DSLContext dsl, Table<?> table, List<? extends Field<?>> fields, List<Object[]> rows) {
    return dsl.insertInto(table, fields)
        .select(DSL.select(columns(fields)).from(rows(fields, rows)));
  }

  /**
   * Updates rows.
   *
   * @param rows the values to set, then those of the keys
   * @return how many rows were found by their keys
   */
  public static int update(
      DSLContext dsl,
      Table<?> table,
      List<? extends Field<?>> values,
      List<? extends Field<?>> keys,
      List<Object[]> rows) {
    if (rows.isEmpty()) {
      return 0;
    }
    if (isSetWise(dsl)) {
      return updating(dsl, table, values, keys, rows).execute();
    }
    var set = new LinkedHashMap<Field<?>, Object>();
    values.forEach(field -> set.put(field, DSL.val(null, field)));
    return batch(dsl, dsl.update(table).set(set).where(equalNothing(keys)), rows);
  }

  /** One statement that updates rows, for {@link Together}. */
  public static Query updating(
      DSLContext dsl,
      Table<?> table,
      List<? extends Field<?>> values,
      List<? extends Field<?>> keys,
      List<Object[]> rows) {
    // the value of a key may change as well: it then stands in a column of its own
    var set = new LinkedHashMap<Field<?>, Object>();
    for (var i = 0; i < values.size(); i++) {
      set.put(values.get(i), column(i, values.get(i)));
    }
    var all = new ArrayList<Field<?>>(values);
    all.addAll(keys);
    return dsl.update(table).set(set).from(rows(all, rows)).where(matches(keys, values.size()));
  }

  /**
   * Deletes rows.
   *
   * @param rows values of the keys
   * @return how many rows were found by their keys
   */
  public static int delete(
      DSLContext dsl, Table<?> table, List<? extends Field<?>> keys, List<Object[]> rows) {
    if (rows.isEmpty()) {
      return 0;
    }
    if (isSetWise(dsl)) {
      return deletion(dsl, table, keys, rows).execute();
    }
    return batch(dsl, dsl.deleteFrom(table).where(equalNothing(keys)), rows);
  }

  /** One statement that deletes rows, for {@link Together}. */
  public static Query deletion(
      DSLContext dsl, Table<?> table, List<? extends Field<?>> keys, List<Object[]> rows) {
    return dsl.deleteFrom(table).using(rows(keys, rows)).where(matches(keys, 0));
  }

  /** Whether statements over whole sets pay. */
  public static boolean isSetWise(DSLContext dsl) {
    return dsl.dialect().family() == SQLDialect.POSTGRES;
  }

  /** The rows as a table named r with columns c0, c1 …, one for each field. */
  public static Table<?> rows(List<? extends Field<?>> fields, List<Object[]> rows) {
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
  public static <T> Field<T> column(int index, Field<T> like) {
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

  private static int batch(DSLContext dsl, Query query, List<Object[]> rows) {
    return Arrays.stream(dsl.batch(query).bind(rows.toArray(Object[][]::new)).execute()).sum();
  }
}
