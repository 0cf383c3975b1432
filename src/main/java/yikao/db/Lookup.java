package yikao.db;

import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * A query of jOOQ by arrays of keys, whose text is made once for each database.
 *
 * @param <R> a row
 */
public final class Lookup<R extends Record> {
  private final Function<DSLContext, ? extends Select<R>> query;
  private final Prepared prepared;
  private final Map<SQLDialect, Field<?>[]> fields = new ConcurrentHashMap<>();

  /**
   * A query.
   *
   * @param query makes it, with {@link #among} for each array
   */
  public Lookup(Function<DSLContext, ? extends Select<R>> query) {
    this.query = query;
    this.prepared = new Prepared(query);
  }

  /**
   * A lookup of certain keys, and who takes its rows.
   *
   * @param keys an array for each that the query has
   */
  public record Reading<R extends Record>(
      Lookup<R> lookup, List<Object[]> keys, Consumer<? super R> reader) {

    String text(DSLContext dsl) {
      return lookup.prepared.text(dsl);
    }

    @SuppressWarnings("unchecked") // records of the query's own fields
    void take(DSLContext dsl, ResultSet rows) {
      dsl.fetch(rows, lookup.fields(dsl)).forEach(row -> reader.accept((R) row));
    }
  }

  /** As selected: those of the query itself bear its own name, and two may then have the same. */
  private Field<?>[] fields(DSLContext dsl) {
    return fields.computeIfAbsent(
        dsl.dialect(), _ -> query.apply(dsl).$select().toArray(Field[]::new));
  }

  /** That a field is among keys, for queries of lookups and for statements to prepare. */
  public static <T> Condition among(Field<T> field) {
    // jOOQ's own, on H2, has as many values as the array
    return DSL.condition("{0} = any ({1})", field, DSL.val(null, field.getDataType().array()));
  }

  /** Looks keys up; see {@link Together#read}. */
  public Reading<R> of(Consumer<? super R> reader, Object[]... keys) {
    return new Reading<>(this, List.of(keys), reader);
  }
}
