package yikao.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the JSON of a body may consist of, as its record types say. */
sealed interface BodyShape {
  /** The types of single values. */
  Map<Class<?>, Value> VALUES =
      Map.of(
          String.class, Value.TEXT,
          int.class, Value.INT,
          Integer.class, Value.INT,
          long.class, Value.LONG,
          Long.class, Value.LONG,
          BigDecimal.class, Value.DECIMAL,
          boolean.class, Value.TRUTH,
          Boolean.class, Value.TRUTH,
          Instant.class, Value.INSTANT,
          UUID.class, Value.IDENTIFIER);

  /** A single value. */
  enum Value implements BodyShape {
    TEXT,
    INT,
    LONG,
    DECIMAL,
    TRUTH,
    INSTANT,
    IDENTIFIER
  }

  /** One of these words. */
  record Word(Set<String> words) implements BodyShape {}

  /** A list of items of one shape. */
  record Items(BodyShape of) implements BodyShape {}

  /** An object whose keys are free and whose values are of one shape. */
  record Entries(BodyShape of) implements BodyShape {}

  /** An object with these fields, each of which may be left out. */
  record Fields(Map<String, Field> byName) implements BodyShape {}

  /**
   * A field of an object.
   *
   * @param bit one of its own among the fields of the object
   */
  record Field(long bit, BodyShape shape) {}

  /**
   * The shape of a record type.
   *
   * @throws IllegalArgumentException where it has a part that no body may have
   */
  static Fields of(Class<?> type) {
    var fields = new LinkedHashMap<String, Field>();
    addFields(fields, type);
    if (fields.size() > Long.SIZE) {
      throw new IllegalArgumentException("too many fields: " + type);
    }
    return new Fields(fields);
  }

  private static void addFields(Map<String, Field> fields, Class<?> type) {
    for (var component : type.getRecordComponents()) {
      if (isUnwrapped(component)) {
        addFields(fields, component.getType());
      } else {
        var shape = shape(component.getGenericType());
        fields.put(component.getName(), new Field(1L << fields.size(), shape));
      }
    }
  }

  private static boolean isUnwrapped(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
  }

  /**
   * The shape of a type.
   *
   * @throws IllegalArgumentException where no part of a body may have it
   */
  static BodyShape shape(Type type) {
    if (type instanceof ParameterizedType generic) {
      var arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new Items(shape(arguments[0]));
      }
      if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new Entries(shape(arguments[1]));
      }
    }
    if (type instanceof Class<?> plain) {
      return plain.isRecord() ? of(plain) : plain.isEnum() ? word(plain) : value(plain);
    }
    throw new IllegalArgumentException("no part of a body: " + type);
  }

  private static Word word(Class<?> type) {
    return new Word(
        Arrays.stream(type.getEnumConstants())
            .map(constant -> EnumSerde.word((Enum<?>) constant))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  private static Value value(Class<?> type) {
    return Optional.ofNullable(VALUES.get(type))
        .orElseThrow(() -> new IllegalArgumentException("no part of a body: " + type));
  }
}
