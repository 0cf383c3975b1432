package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import yikao.api.Client;
import yikao.api.Client.Reply;

/** One attempt as its participant knows it: what was sent, and what was acknowledged. */
final class Acknowledged {
  final String key = UUID.randomUUID().toString();
  private final Map<Integer, Integer> saved = new HashMap<>();
  private final Map<Integer, String> sent = new HashMap<>();
  private int sequence;
  private Optional<Reply> started = Optional.empty();
  private Optional<Reply> receipt = Optional.empty();
  private boolean submitting;

  void started(Reply reply) {
    started = Optional.of(reply);
  }

  void receipt(Reply reply) {
    receipt = Optional.of(reply);
  }

  void submitting() {
    submitting = true;
  }

  /** The next response to a question, with its sequence number. */
  String response(int choice, int number) {
    var id = choice(reply(), number, choice);
    sequence++;
    sent.put(sequence, id);
    return "{\"sequence\":%d,\"choices\":[\"%s\"]}".formatted(sequence, id);
  }

  void saved(int number) {
    saved.put(number, sequence);
  }

  boolean isAcknowledged() {
    return receipt.isPresent();
  }

  boolean isInDoubt() {
    return submitting && receipt.isEmpty();
  }

  /** The answer to the start. */
  Reply reply() {
    return started.orElseThrow();
  }

  String id() {
    return reply().text("id");
  }

  static String choice(Reply started, int number, int choice) {
    var choices = started.json().get("questions").get(number - 1).get("choices");
    return choices.get(choice % choices.size()).get("id").getStringValue();
  }

  /** Looks for everything acknowledged, and hands in what was not handed in. */
  void check(Client api, String quiz) {
    if (started.isEmpty()) {
      var again = api.start(quiz, key, "王小明", "一");
      assertThat(again.status()).as(again.body()).isIn(200, 201);
      assertThat(again.text("number")).isEqualTo("1");
      started(again);
    }
    if (receipt.isEmpty()) {
      checkRunning(api);
      receipt(submit(api));
    }
    assertThat(submit(api).body()).isEqualTo(receipt.orElseThrow().body());
    checkSaved(api.review(reply()).json().get("questions"), "chosen");
  }

  private void checkRunning(Client api) {
    var begun = reply();
    var view = api.get("/api/attempts/" + id(), begun.text("token"));
    assertThat(view.status()).as(view.body()).isEqualTo(200);
    if (view.text("state").equals("running")) {
      assertThat(view.json().get("questions")).isEqualTo(begun.json().get("questions"));
      checkSaved(view.json().get("saved"), "choices");
    } else {
      assertThat(submitting).as("it was handed in").isTrue();
      assertThat(view.text("state")).isEqualTo("submitted");
    }
  }

  private Reply submit(Client api) {
    var answer = api.submit(reply(), "{}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("state")).isEqualTo("submitted");
    return answer;
  }

  /** A response is the one acknowledged last, or the one in doubt that was sent after it. */
  private void checkSaved(JsonNode kept, String field) {
    var byNumber = new HashMap<Integer, String>();
    for (var i = 0; i < kept.size(); i++) {
      var chosen = kept.get(i).get(field);
      if (chosen != null && chosen.size() > 0) {
        byNumber.put(kept.get(i).get("number").getIntValue(), chosen.get(0).getStringValue());
      }
    }
    saved.forEach((number, last) ->
        assertThat(byNumber.get(number))
            .as("response %d of %s", number, id())
            .isIn(sent.get(last), sent.get(sequence)));
  }
}
