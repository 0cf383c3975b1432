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
import java.util.stream.IntStream;
import yikao.attempt.Audience;
import yikao.attempt.ShownChoices;
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

  /** What stands before the text of a choice that a participant sees, for each place shown. */
  private static final List<SerializableString> LETTERED =
      IntStream.range(0, 26)
          .mapToObj(ShownChoices::label)
          .map(letter -> raw("{\"id\":\"%c\",\"label\":\"%c".formatted(letter, letter)))
          .toList();

  /**
   * A choice: what stands before its label where staff sees it, and behind its label.
   *
   * @param before its identifier, which participants never see
   */
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
  void write(
      JsonGenerator json, int number, BigDecimal points, List<Integer> order, Audience audience)
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
      if (audience == Audience.STAFF) {
        json.writeRaw(choice.before());
        json.writeRaw(ShownChoices.label(place));
      } else {
        json.writeRaw(LETTERED.get(place));
      }
      json.writeRaw(choice.behind());
    }
    json.writeRaw("]}");
  }
}
