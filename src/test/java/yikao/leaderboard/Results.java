package yikao.leaderboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.TestService;
import yikao.attempt.AttemptResults.Outcome;
import yikao.db.Transactions;
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

  private StandingWriter writer() {
    return service.context().getBean(StandingWriter.class);
  }

  ParticipantResults result(UUID participant, int score) {
    return new ParticipantResults(
        quiz,
        participant,
        Optional.empty(),
        Optional.of("支部" + Math.floorMod(participant.hashCode(), 50)),
        List.of(new Outcome(1, BigDecimal.valueOf(score), 1_000, ENDED)));
  }

  ParticipantResults none(UUID participant) {
    return new ParticipantResults(
        quiz, participant, Optional.empty(), Optional.of("支部"), List.of());
  }

  /** Stores results in a transaction of their own. */
  void store(ParticipantResults... results) {
    transactions()
        .write(dsl -> {
          write(dsl, results);
          return true;
        });
  }

  /** Stores results in a transaction of somebody else. */
  void write(DSLContext transaction, ParticipantResults... results) {
    var changes = new Together(transaction);
    writer().stored(changes, Arrays.asList(results));
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
        .participants(quiz, 0, 200, Optional.empty());
  }
}
