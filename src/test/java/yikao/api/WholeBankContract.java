package yikao.api;

import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.bank.Bank;
import yikao.db.TestClock;

/** A service over the whole bank, with a clock that can be put forward, and what contracts call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WholeBankContract {
  TestService service;
  Client api;
  Answers answers;
  TestClock clock;

  /** The settings of the database. */
  abstract Map<String, Object> database() throws Exception;

  @BeforeAll
  void start() throws Exception {
    var settings = new HashMap<>(database());
    settings.put("test.clock", "true");
    service = TestService.start(settings);
    api = new Client(service.uri());
    answers = new Answers(service.context().getBean(Bank.class));
    clock = service.context().getBean(TestClock.class);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  static String spec(String more) {
    return """
    {"title":"合约测验","sections":[
      {"type":"single","count":3,"points":2},
      {"type":"multiple","count":1,"points":3},
      {"type":"blank","count":1,"points":1}],"listed":false%s}\
    """
        .formatted(more.isEmpty() ? "" : "," + more);
  }

  String response(Reply started, int number, int sequence, boolean right) {
    var shown = started.json().get("questions").get(number - 1);
    return "{\"sequence\":%d,%s}"
        .formatted(sequence, right ? answers.right(shown) : answers.wrong(shown));
  }

  JsonNode first(String quiz) {
    return api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json().get("entries").get(0);
  }

  static List<Reply> together(ExecutorService threads, List<Callable<Reply>> calls)
      throws Exception {
    var futures = calls.stream().map(threads::submit).toList();
    var replies = new ArrayList<Reply>();
    for (var future : futures) {
      try {
        replies.add(future.get());
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }
    return replies;
  }
}
