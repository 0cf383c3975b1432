package yikao.remark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import yikao.TestService;
import yikao.api.Client;
import yikao.api.Client.Reply;
import yikao.bank.Bank;
import yikao.question.Question;
import yikao.question.QuestionType;
import yikao.question.QuestionVersion;

/** More attempts at one quiz than a step of a job takes, all over the same questions. */
final class Crowd {
  /** Of which a job does 200 in a step. */
  static final int SIZE = 250;

  private static final int AT_ONCE = 16;
  private final Client api;
  private final List<Question> questions;

  Crowd(TestService service) {
    this.api = new Client(service.uri());
    this.questions = questions(service.context().getBean(Bank.class));
  }

  /** All the single-choice questions of the document that has the fewest. */
  private static List<Question> questions(Bank bank) {
    var all = bank.pool().all(QuestionType.SINGLE).stream().map(QuestionVersion::question).toList();
    return all.stream()
        .collect(Collectors.groupingBy(q -> q.citation().document()))
        .values()
        .stream()
        .min(Comparator.<List<Question>>comparingInt(List::size).thenComparing(Object::toString))
        .orElseThrow();
  }

  /** The id of a question that every attempt has. */
  String question() {
    return questions.getFirst().id();
  }

  /** A quiz of 10 points for each question, which nobody passes who answers nothing. */
  String quiz() {
    return api.quiz(
        """
        {"title":"人多","listed":false,"tries":1,"timeLimitMinutes":10,"passMark":1,
         "documents":["%s"],"sections":[{"type":"single","count":%d,"points":10}]}\
        """
            .formatted(questions.getFirst().citation().document(), questions.size()));
  }

  /** Attempts that run. */
  List<Reply> start(String quiz) throws InterruptedException {
    return all(quiz, started -> started);
  }

  /** Attempts that were handed in, with nothing answered. */
  List<Reply> handIn(String quiz) throws InterruptedException {
    return all(
        quiz,
        started -> {
          var receipt = api.submit(started, "{}");
          if (receipt.status() != 200) {
            throw new IllegalStateException(receipt.body());
          }
          return started;
        });
  }

  private List<Reply> all(String quiz, UnaryOperator<Reply> then) throws InterruptedException {
    Callable<Reply> one =
        () -> then.apply(api.start(quiz, UUID.randomUUID().toString(), "王小明", "第一支部"));
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var replies = new ArrayList<Reply>();
      for (var reply : threads.invokeAll(Collections.nCopies(SIZE, one))) {
        replies.add(reply.get());
      }
      return replies;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an editor sends to void the question for everybody. */
  String amendment(boolean confirm) {
    return "{\"question\":\"%s\",\"voided\":\"full-points\"%s}"
        .formatted(question(), confirm ? ",\"amendments\":0,\"reason\":\"题干有歧义\"" : "");
  }
}
