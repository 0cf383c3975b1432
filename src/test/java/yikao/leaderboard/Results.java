package yikao.leaderboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.TestService;
import yikao.db.StatementBatch;
import yikao.db.Transactions;
import yikao.leaderboard.Standings.Reached;
import yikao.participant.Branch;
import yikao.participant.Participant;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;

/** Results that are stored without attempts, in a quiz of their own. */
final class Results {
  private static final Instant ENDED = Instant.parse("2026-07-01T02:00:00Z");
  private final TestService service;
  private final Quiz quiz;

  Results(TestService service) {
    this(
        service,
        service.createQuiz(
            """
            {"title":"榜","sections":[{"type":"single","count":1,"points":1}],"listed":false}\
            """));
  }

  Results(TestService service, String code) {
    this.service = service;
    this.quiz = service.context().getBean(Quizzes.class).get(code);
  }

  Quiz quiz() {
    return quiz;
  }

  Transactions transactions() {
    return service.context().getBean(Transactions.class);
  }

  private Standings standings() {
    return service.context().getBean(Standings.class);
  }

  Reached result(UUID participant, int score) {
    var branch = new Branch.Named("支部" + Math.floorMod(participant.hashCode(), 50));
    return new Reached(
        BoardOwner.quiz(quiz.id()),
        new Participant(participant, "某人", branch),
        Optional.of(new Standing(BigDecimal.valueOf(score), 1_000, ENDED)));
  }

  Reached none(UUID participant) {
    return new Reached(
        BoardOwner.quiz(quiz.id()),
        new Participant(participant, "某人", new Branch.Named("支部")),
        Optional.empty());
  }

  /** Stores results in a transaction of their own. */
  void store(Reached... results) {
    transactions()
        .write(dsl -> {
          write(dsl, results);
          return true;
        });
  }

  /** Stores results in a transaction of somebody else. */
  void write(DSLContext transaction, Reached... results) {
    var changes = new StatementBatch(transaction);
    standings().store(changes, Arrays.asList(results));
    changes.execute();
  }

  /** Everybody on the board, the best first, as this node shows it. */
  List<BigDecimal> scores() {
    return board().places().stream().map(p -> p.standing().score().setScale(0)).toList();
  }

  Leaderboards.Board<Leaderboards.Place> board() {
    return service
        .context()
        .getBean(Leaderboards.class)
        .participants(BoardOwner.quiz(quiz.id()), 0, 200, Optional.empty());
  }
}
