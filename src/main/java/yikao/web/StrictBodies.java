package yikao.web;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.core.io.buffer.ReferenceCounted;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.Headers;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.MessageBodyReader;
import io.micronaut.http.codec.CodecException;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.body.JsonMessageHandler;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON bodies of all routes, which are records: each is checked against its type before
 * it is decoded. Nothing else is read this way; what is stored may have fields that are gone.
 *
 * @param <T> the type of the body
 */
@Singleton
@Order(StrictBodies.BEFORE_OTHERS)
@JsonMessageHandler.ConsumesJson
final class StrictBodies<T extends Record> implements MessageBodyReader<T> {
  static final int BEFORE_OTHERS = JsonMessageHandler.ORDER - 1;

  private static final ClassValue<BodyShape.Fields> SHAPES =
      new ClassValue<>() {
        @Override
        protected BodyShape.Fields computeValue(Class<?> type) {
          return BodyShape.of(type);
        }
      };

  private final JsonMapper json;

  StrictBodies(JsonMapper json) {
    this.json = json;
  }

  @Override
  public boolean isReadable(Argument<T> type, @Nullable MediaType mediaType) {
    return type.getType().isRecord();
  }

  @Override
  public @Nullable T read(
      Argument<T> type, @Nullable MediaType mediaType, Headers headers, ByteBuffer<?> body) {
    var read = read(type, body.toByteArray());
    // where it fails the caller releases it
    if (body instanceof ReferenceCounted counted) {
      counted.release();
    }
    return read;
  }

  @Override
  public @Nullable T read(
      Argument<T> type, @Nullable MediaType mediaType, Headers headers, InputStream body) {
    try {
      return read(type, body.readAllBytes());
    } catch (IOException e) {
      throw new CodecException("body", e);
    }
  }

  private @Nullable T read(Argument<T> type, byte[] body) {
    if (!BodyCheck.isPresent(SHAPES.get(type.getType()), body)) {
      return null;
    }
    try {
      return json.readValue(body, type);
    } catch (IOException e) {
      throw new CodecException("body", e);
    }
  }
}
