package yikao.remark;

import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import yikao.scoring.Amendment;

/** Amendments as they are stored. */
@Singleton
final class AmendmentCodec {
  private final ObjectMapper json;

  AmendmentCodec(ObjectMapper json) {
    this.json = json;
  }

  /**
   * One of the kinds of amendment; the fields of the others are absent.
   *
   * @param choices identifiers, as they were stored before statements were
   * @param statements texts of choices
   */
  @Serdeable
  record Content(
      @Nullable Boolean fullPoints,
      @Nullable List<String> choices,
      @Nullable List<String> statements,
      @Nullable Integer blank,
      @Nullable String text) {}

  String encode(Amendment amendment) {
    var content =
        switch (amendment) {
          case Amendment.Voided v -> new Content(v.fullPoints(), null, null, null, null);
          case Amendment.AcceptedChoices c ->
              new Content(null, null, c.choices().stream().sorted().toList(), null, null);
          case Amendment.AcceptedIdentifiers i ->
              new Content(null, i.choices().stream().sorted().toList(), null, null, null);
          case Amendment.AcceptedText t -> new Content(null, null, null, t.blank(), t.text());
        };
    try {
      return json.writeValueAsString(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Amendment decode(String questionId, String stored) {
    try {
      var content = Objects.requireNonNull(json.readValue(stored, Content.class));
      if (content.statements() != null) {
        return new Amendment.AcceptedChoices(questionId, new HashSet<>(content.statements()));
      }
      if (content.choices() != null) {
        return new Amendment.AcceptedIdentifiers(questionId, new HashSet<>(content.choices()));
      }
      if (content.text() != null) {
        return new Amendment.AcceptedText(
            questionId, Objects.requireNonNull(content.blank()), content.text());
      }
      return new Amendment.Voided(questionId, Boolean.TRUE.equals(content.fullPoints()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
