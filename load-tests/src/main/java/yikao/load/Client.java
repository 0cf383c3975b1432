package yikao.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** The calls of participants, over one connection; for one thread. */
final class Client implements AutoCloseable {
  private static final byte[][] PARTICIPANTS = participants();

  private final Connection connection;
  private final Request request = new Request();
  private final Json json = new Json();
  private final Paper paper = new Paper();
  private final SplittableRandom random;

  Client(InetSocketAddress address, long seed) {
    this.connection = new Connection(address);
    this.random = new SplittableRandom(seed);
  }

  private static byte[][] participants() {
    var bodies = new byte[64][];
    for (var i = 0; i < bodies.length; i++) {
      bodies[i] =
          "{\"participant\":{\"name\":\"%s小明\",\"branch\":\"第%d支部\"}}"
              .formatted("王李张刘陈杨赵黄".charAt(i % 8), i)
              .getBytes(StandardCharsets.UTF_8);
    }
    return bodies;
  }

  void open() throws IOException {
    connection.open();
  }

  /** Starts; where that is granted, {@link #paper} is what was drawn. */
  int start(String quiz, String key) throws IOException {
    request.to("POST", "/api/quizzes/", quiz, "/attempts").key(key).body();
    request.put(PARTICIPANTS[random.nextInt(PARTICIPANTS.length)]);
    var status = connection.call(request.end());
    if (status < 300) {
      connection.body(json);
      paper.read(json);
    }
    return status;
  }

  /** Saves one response of the current plan. */
  int save(String id, String token, int number, byte[] response) throws IOException {
    request.to("PUT", "/api/attempts/", id, "/responses/", Integer.toString(number));
    return connection.call(request.bearer(token).body().put(response).end());
  }

  /** Hands in; {@link #score} is what the receipt says. */
  int submit(String id, String token, byte[] body) throws IOException {
    request.to("POST", "/api/attempts/", id, "/submission").bearer(token).body().put(body);
    var status = connection.call(request.end());
    if (status == 200) {
      connection.body(json);
    }
    return status;
  }

  /** The score of the receipt just read; not a number where it has none. */
  double score() {
    var score = Double.NaN;
    json.enter();
    while (json.nextField()) {
      if (json.is("score")) {
        score = json.number();
      } else {
        json.skip();
      }
    }
    return score;
  }

  /** Reads the review into {@link #paper}. */
  int review(String id, String token) throws IOException {
    return read(token, "/api/attempts/", id, "/review");
  }

  /** Reads the attempt into {@link #paper}. */
  int attempt(String id, String token) throws IOException {
    return read(token, "/api/attempts/", id);
  }

  private int read(String token, String... path) throws IOException {
    var status = connection.call(request.to("GET", path).bearer(token).end());
    if (status == 200) {
      connection.body(json);
      paper.read(json);
    }
    return status;
  }

  /** Any other call. */
  int call(String method, String path, String token, byte[] body) throws IOException {
    request.to(method, path).bearer(token);
    if (body.length > 0) {
      request.body().put(body);
    }
    return connection.call(request.end());
  }

  Paper paper() {
    return paper;
  }

  /** Whether the last reply said when to come again. */
  boolean retryAfter() {
    return connection.retryAfter();
  }

  String body() {
    return connection.body();
  }

  SplittableRandom random() {
    return random;
  }

  @Override
  public void close() {
    connection.close();
  }
}
