package yikao.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Makes the quiz that is taken, and learns its keys. */
final class Quizzes {
  private static final String SPEC =
      """
      {"title":"压力测试 %s","sections":[
        {"type":"single","count":10,"points":5},
        {"type":"multiple","count":5,"points":6},
        {"type":"judge","count":5,"points":4}],
       "timeLimitMinutes":60,"marking":{"multiple":"all-or-nothing"},
       "reveal":{"what":"review","when":"at-once"},"listed":false}\
      """;

  /** Learning ends after so many reviews without a new question. */
  private static final int QUIET = 60;

  private static final int MOST_REVIEWS = 5_000;

  private Quizzes() {}

  /** Creates a quiz of 20 questions of the whole bank; its code. */
  static String create(Options options) throws IOException {
    try (var client = new Client(options.address(), 1)) {
      var body = SPEC.formatted(options.text("label", "")).getBytes(StandardCharsets.UTF_8);
      var status = client.call("POST", "/api/quizzes", options.token(), body);
      if (status != 201) {
        throw new IllegalStateException("no quiz: " + status + " " + client.body());
      }
      return field(client.body(), "id");
    }
  }

  /** Takes the quiz until reviews show nothing new. */
  static Keys learn(Options options, String quiz) throws IOException {
    var keys = new Keys();
    try (var client = new Client(options.address(), 2)) {
      for (int i = 0, quiet = 0; quiet < QUIET && i < MOST_REVIEWS; i++) {
        quiet = keys.learn(review(client, quiz)) == 0 ? quiet + 1 : 0;
      }
    }
    return keys;
  }

  private static Paper review(Client client, String quiz) throws IOException {
    var started = client.start(quiz, Names.next());
    if (started != 201) {
      throw new IllegalStateException("no start: " + started + " " + client.body());
    }
    var id = client.paper().id();
    var token = client.paper().token();
    var submitted = client.submit(id, token, Request.ascii("{\"responses\":[]}"));
    var reviewed = submitted == 200 ? client.review(id, token) : submitted;
    if (reviewed != 200) {
      throw new IllegalStateException("no review: " + reviewed + " " + client.body());
    }
    return client.paper();
  }

  private static String field(String body, String name) {
    var json = new Json();
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    json.over(bytes, 0, bytes.length);
    json.enter();
    while (json.nextField()) {
      if (json.is(name)) {
        return json.string();
      }
      json.skip();
    }
    throw new IllegalStateException("no " + name + ": " + body);
  }
}
