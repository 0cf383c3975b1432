package yikao.remark;

import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What jobs keep between their steps, as JSON. */
@Singleton
final class JobJson {
  private final ObjectMapper json;

  JobJson(ObjectMapper json) {
    this.json = json;
  }

  <T> T read(String text, Class<T> type) {
    try {
      return Objects.requireNonNull(json.readValue(text, type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a job has kept, or what it begins with. */
  <T> T read(String text, T atFirst, Class<T> type) {
    return text.isEmpty() ? atFirst : read(text, type);
  }

  String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
