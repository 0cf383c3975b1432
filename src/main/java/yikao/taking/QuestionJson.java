package yikao.taking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import yikao.question.Question;
import yikao.web.EnumSerde;

/**
 * A question in progress as JSON, prepared once: a paper is these pieces with number, points and
 * labels in between. Holds nothing that {@link AttemptView.QuestionView} does not have.
 *
 * @param opening type and stem
 * @param middle what stands between points and choices
 * @param choices in the order of the question
 */
record QuestionJson(
    SerializableString opening, SerializableString middle, List<ChoiceJson> choices) {
  /** With buffers that outlive the virtual thread of a call. */
  static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

  /** A choice: what stands before and behind its label. */
  record ChoiceJson(SerializableString before, SerializableString behind) {}

  static QuestionJson of(Question question) {
    return new QuestionJson(
        raw(
            ",\"type\":%s,\"stem\":%s,\"points\":"
                .formatted(quoted(EnumSerde.word(question.type())), quoted(question.stem()))),
        raw(",\"texts\":%d,\"choices\":[".formatted(question.texts())),
        question.choices().stream()
            .map(c ->
                new ChoiceJson(
                    raw("{\"id\":%s,\"label\":\"".formatted(quoted(c.id()))),
                    raw("\",\"text\":%s}".formatted(quoted(c.text())))))
            .toList());
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static SerializableString raw(String json) {
    return new SerializedString(json);
  }

  /**
   * Writes the question as it stands in a paper.
   *
   * @param order for each place shown, the index of the choice
   */
  void write(JsonGenerator json, int number, BigDecimal points, List<Integer> order)
      throws IOException {
    json.writeRaw("{\"number\":");
    json.writeRaw(Integer.toString(number));
    json.writeRaw(opening);
    json.writeRaw(points.toPlainString());
    json.writeRaw(middle);
    for (var place = 0; place < order.size(); place++) {
      if (place > 0) {
        json.writeRaw(',');
      }
      var choice = choices.get(order.get(place));
      json.writeRaw(choice.before());
      json.writeRaw((char) ('A' + place));
      json.writeRaw(choice.behind());
    }
    json.writeRaw("]}");
  }
}
