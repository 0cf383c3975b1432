package yikao.db;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/**
 * A statement of jOOQ whose text is made once for each database: for a small group that costs as
 * much as all else. Its values are bound by JDBC, in the order in which they stand in it.
 */
public final class RenderedQuery {
  private static final Map<Class<?>, String> TYPES =
      Map.of(
          UUID.class, "uuid",
          Long.class, "int8",
          Integer.class, "int4",
          String.class, "text",
          byte[].class, "bytea",
          Boolean.class, "bool",
          BigDecimal.class, "numeric",
          Instant.class, "timestamptz",
          LocalDate.class, "date");

  private final Function<DSLContext, ? extends Query> query;
  private final Map<Dialect, String> texts = new ConcurrentHashMap<>();

  /**
   * A statement.
   *
   * @param query makes it, with any values
   */
  public RenderedQuery(Function<DSLContext, ? extends Query> query) {
    this.query = query;
  }

  String text(DSLContext dsl) {
    return texts.computeIfAbsent(Dialect.of(dsl), _ -> dsl.render(query.apply(dsl)));
  }

  /**
   * Binds values.
   *
   * @param from the first index
   * @return the index after the last
   */
  static int bind(PreparedStatement statement, int from, @Nullable Object... values)
      throws SQLException {
    var index = from;
    for (var value : values) {
      switch (value) {
        case byte[] bytes -> statement.setBytes(index, bytes);
        case Object[] array ->
            statement.setArray(index, statement.getConnection().createArrayOf(type(array), array));
        case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        case null, default -> statement.setObject(index, value);
      }
      index++;
    }
    return index;
  }

  /** What PostgreSQL calls the type of the elements. */
  private static String type(Object[] array) {
    var element = array.getClass().getComponentType();
    var type = TYPES.get(element);
    if (type == null) {
      throw new IllegalArgumentException("no array of " + element + " can be bound");
    }
    return type;
  }
}
