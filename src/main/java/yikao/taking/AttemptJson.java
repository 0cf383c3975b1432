package yikao.taking;

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
import yikao.attempt.Attempt;
import yikao.attempt.AttemptPaper;
import yikao.attempt.Attempts.Open;
import yikao.attempt.Audience;
import yikao.attempt.Responses;
import yikao.attempt.Responses.Given;
import yikao.attempt.ShownChoices;
import yikao.question.Question;
import yikao.question.Response;
import yikao.web.EnumSerde;

/**
 * Writes the answers to every start and every submission as bytes: an {@link AttemptView}, whose
 * questions are not looked at one by one but copied as prepared, and a {@link ReceiptView}. Written
 * by the general serializer they cost 14 % of the attempts a second at 128 connections.
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
   * @param audience who sees it
   */
  byte[] write(Open open, @Nullable String token, Audience audience) {
    return bytes(ATTEMPT_SIZE, json -> write(json, open, token, audience));
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

  private void write(JsonGenerator json, Open open, @Nullable String token, Audience audience)
      throws IOException {
    var attempt = open.attempt();
    var paper = open.paper();
    json.writeStartObject();
    json.writeStringField("id", attempt.id().toString());
    if (token != null) {
      json.writeStringField("token", token);
    }
    json.writeStringField("quiz", paper.quiz().code());
    json.writeStringField("title", paper.quiz().title());
    json.writeNumberField("number", attempt.number());
    json.writeStringField("state", EnumSerde.word(attempt.state()));
    json.writeStringField("now", open.now().toString());
    json.writeStringField("startedAt", attempt.startedAt().toString());
    instant(json, "deadline", attempt.deadline().map(Attempt.Deadline::at));
    instant(json, "endedAt", attempt.ending().map(Attempt.Ending::at));
    json.writeNumberField("maxScore", paper.quiz().blueprint().points());
    if (!attempt.isEnded()) {
      questions(json, paper, audience);
      saved(json, paper, attempt.responses(), audience);
    }
    json.writeEndObject();
  }

  private static void instant(JsonGenerator json, String name, Optional<Instant> instant)
      throws IOException {
    if (instant.isPresent()) {
      json.writeStringField(name, instant.get().toString());
    }
  }

  private void questions(JsonGenerator json, AttemptPaper paper, Audience audience)
      throws IOException {
    json.writeFieldName("questions");
    json.writeRawValue("[");
    for (var number = 1; number <= paper.questions().size(); number++) {
      if (number > 1) {
        json.writeRaw(',');
      }
      var slot = paper.paper().slot(number);
      prepared(slot.version(), paper.question(number))
          .write(json, number, paper.section(number).points(), slot.order(), audience);
    }
    json.writeRaw(']');
  }

  private QuestionJson prepared(int version, Question question) {
    return prepared.get(version, _ -> QuestionJson.of(question));
  }

  private static void saved(
      JsonGenerator json, AttemptPaper paper, Responses responses, Audience audience)
      throws IOException {
    json.writeArrayFieldStart("saved");
    for (var entry : responses.byNumber().entrySet()) {
      saved(json, paper.choices(entry.getKey()), entry, audience);
    }
    json.writeEndArray();
  }

  private static void saved(
      JsonGenerator json, ShownChoices shown, Map.Entry<Integer, Given> entry, Audience audience)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", entry.getKey());
    json.writeNumberField("sequence", entry.getValue().sequence());
    switch (entry.getValue().response()) {
      case Response.Chosen(var choices) -> texts(json, "choices", shown.names(choices, audience));
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
