package yikao.web;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serde;
import io.micronaut.serde.exceptions.SerdeException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Enum constants in JSON as lower-case words: {@code least-used-first}.
 *
 * @param <E> the enum
 */
public abstract class EnumSerde<E extends Enum<E>> implements Serde<E> {
  private final E[] values;

  /** A serde for these constants. */
  protected EnumSerde(E[] values) {
    this.values = values.clone();
  }

  /** How JSON writes a constant. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public E deserialize(Decoder decoder, DecoderContext context, Argument<? super E> type)
      throws IOException {
    var word = decoder.decodeString();
    return Arrays.stream(values)
        .filter(v -> word(v).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new SerdeException(
                "expected one of "
                    + Arrays.stream(values)
                        .map(EnumSerde::word)
                        .collect(Collectors.joining(", "))));
  }

  @Override
  public void serialize(
      Encoder encoder, EncoderContext context, Argument<? extends E> type, E value)
      throws IOException {
    encoder.encodeString(word(value));
  }
}
