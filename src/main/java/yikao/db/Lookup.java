package yikao.db;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * A query of jOOQ by arrays of keys, whose text is made once for each database.
 *
 * @param <R> a row
 */
public final class Lookup<R extends Record> {
  /** H2 compares each row that it finds with each key of the array. */
  private static final int AT_ONCE_ON_H2 = 250;

  private final Function<DSLContext, ? extends Select<R>> query;
  private final RenderedQuery rendered;
  private final Map<Dialect, Field<?>[]> fields = new ConcurrentHashMap<>();

  /**
   * A query.
   *
   * @param query makes it, with {@link #among} for each array
   */
  public Lookup(Function<DSLContext, ? extends Select<R>> query) {
    this.query = query;
    this.rendered = new RenderedQuery(query);
  }

  /** As selected: those of the query itself bear its own name, and two may then have the same. */
  private Field<?>[] fields(DSLContext dsl) {
    return fields.computeIfAbsent(
        Dialect.of(dsl), _ -> query.apply(dsl).$select().toArray(Field[]::new));
  }

  /** That a field is among keys, for queries of lookups and for statements to prepare. */
  public static <T> Condition among(Field<T> field) {
    // jOOQ's own, on H2, has as many values as the array
    return DSL.condition("{0} = any ({1})", field, DSL.val(null, field.getDataType().array()));
  }

  /**
   * Looks keys up.
   *
   * @param reader takes the rows, in the query's order as far as keys stand in it
   * @param keys an array for each that the query has
   */
  public void fetch(DSLContext dsl, Consumer<? super R> reader, Object[]... keys) {
    if (keys.length == 1 && keys[0].length > AT_ONCE_ON_H2 && Dialect.of(dsl) == Dialect.H2) {
      for (var from = 0; from < keys[0].length; from += AT_ONCE_ON_H2) {
        var to = Math.min(from + AT_ONCE_ON_H2, keys[0].length);
        read(dsl, reader, Arrays.copyOfRange(keys[0], from, to));
      }
    } else {
      read(dsl, reader, keys);
    }
  }

  @SuppressWarnings("unchecked") // records of the query's own fields
  private void read(DSLContext dsl, Consumer<? super R> reader, Object[]... keys) {
    dsl.connection(connection -> {
      try (var statement = connection.prepareStatement(rendered.text(dsl))) {
        RenderedQuery.bind(statement, 1, (Object[]) keys);
        try (var rows = statement.executeQuery()) {
          dsl.fetch(rows, fields(dsl)).forEach(row -> reader.accept((R) row));
        }
      }
    });
  }
}
