package yikao.attempt;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.attempt.Attempts.Open;
import yikao.attempt.Responses.Given;
import yikao.question.Question;
import yikao.question.Response;
import yikao.web.EnumSerde;

/**
 * Writes the answers to every start and every submission as bytes: an {@link AttemptView}, whose
 * questions are not looked at one by one but copied as prepared, and a {@link ReceiptView}.
 */
@Singleton
final class AttemptJson {
  private static final int ATTEMPT_SIZE = 12_000;
  private static final int RECEIPT_SIZE = 300;

  private final Cache<Integer, QuestionJson> prepared =
      Caffeine.newBuilder().maximumSize(20_000).build();

  /**
   * The attempt as its participant sees it.
   *
   * @param token only in the answer to a start
   */
  byte[] write(Open open, @Nullable String token) {
    return bytes(ATTEMPT_SIZE, json -> write(json, open, token));
  }

  /** The answer to a submission. */
  byte[] write(ReceiptView receipt) {
    return bytes(RECEIPT_SIZE, json -> write(json, receipt));
  }

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private static byte[] bytes(int size, Writing writing) {
    try (var bytes = new ByteArrayBuilder(size);
        var json = QuestionJson.JSON.createGenerator(bytes)) {
      writing.to(json);
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonGenerator json, ReceiptView receipt) throws IOException {
    json.writeStartObject();
    json.writeStringField("receipt", receipt.receipt());
    json.writeStringField("state", EnumSerde.word(receipt.state()));
    json.writeStringField("submittedAt", receipt.submittedAt().toString());
    json.writeNumberField("elapsedMillis", receipt.elapsedMillis());
    if (receipt.score() != null) {
      json.writeNumberField("score", receipt.score());
    }
    json.writeNumberField("maxScore", receipt.maxScore());
    if (receipt.passed() != null) {
      json.writeBooleanField("passed", receipt.passed());
    }
    json.writeEndObject();
  }

  private void write(JsonGenerator json, Open open, @Nullable String token) throws IOException {
    var attempt = open.attempt();
    var head = open.head();
    json.writeStartObject();
    json.writeStringField("id", attempt.id().toString());
    if (token != null) {
      json.writeStringField("token", token);
    }
    json.writeStringField("quiz", head.quiz().code());
    json.writeStringField("title", head.quiz().title());
    json.writeNumberField("number", attempt.number());
    json.writeStringField("state", EnumSerde.word(attempt.state()));
    json.writeStringField("now", open.now().toString());
    json.writeStringField("startedAt", attempt.startedAt().toString());
    instant(json, "deadline", attempt.deadline());
    instant(json, "endedAt", attempt.endedAt());
    json.writeNumberField("maxScore", head.quiz().blueprint().points());
    if (!attempt.state().isEnded()) {
      questions(json, head);
      saved(json, attempt.responses());
    }
    json.writeEndObject();
  }

  private static void instant(JsonGenerator json, String name, Optional<Instant> instant)
      throws IOException {
    if (instant.isPresent()) {
      json.writeStringField(name, instant.get().toString());
    }
  }

  private void questions(JsonGenerator json, AttemptHead head) throws IOException {
    json.writeFieldName("questions");
    json.writeRawValue("[");
    for (var number = 1; number <= head.questions().size(); number++) {
      if (number > 1) {
        json.writeRaw(',');
      }
      var slot = head.paper().slot(number);
      prepared(slot.version(), head.question(number))
          .write(json, number, head.section(number).points(), slot.order());
    }
    json.writeRaw(']');
  }

  private QuestionJson prepared(int version, Question question) {
    return prepared.get(version, _ -> QuestionJson.of(question));
  }

  private static void saved(JsonGenerator json, Responses responses) throws IOException {
    json.writeArrayFieldStart("saved");
    for (var entry : responses.byNumber().entrySet()) {
      saved(json, entry);
    }
    json.writeEndArray();
  }

  private static void saved(JsonGenerator json, Map.Entry<Integer, Given> entry)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", entry.getKey());
    json.writeNumberField("sequence", entry.getValue().sequence());
    switch (entry.getValue().response()) {
      case Response.Chosen(var choices) -> texts(json, "choices", choices);
      case Response.Written(var texts) -> texts(json, "text", texts);
    }
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, Iterable<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (var text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
