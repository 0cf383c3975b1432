package yikao.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static yikao.db.jooq.Tables.STANDING;
import static yikao.db.jooq.Tables.STANDING_CHANGE;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.db.NodeClock;
import yikao.db.WriterThreads;
import yikao.leaderboard.Standings.Reached;

/** The indexes follow what is committed, in whatever order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FollowerContract {
  private TestService service;
  Results results;

  abstract Map<String, Object> database() throws Exception;

  @BeforeAll
  void start() throws Exception {
    service = TestService.start(database());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @BeforeEach
  void quiz() {
    results = new Results(service);
    results.store(results.result(UUID.randomUUID(), 1));
    assertThat(results.scores()).isEqualTo(scores(1));
  }

  private static List<BigDecimal> scores(int... scores) {
    return Arrays.stream(scores).mapToObj(BigDecimal::valueOf).toList();
  }

  void awaitScores(int... scores) {
    await().atMost(Duration.ofSeconds(10)).until(() -> results.scores().equals(scores(scores)));
  }

  void inASequenceOfItsOwn(Reached result) throws InterruptedException {
    var thread = WriterThreads.thread(() -> results.store(result));
    thread.start();
    thread.join();
  }

  @Test
  void changesOfOneParticipant_inSeveralSequences_endAsTheDatabaseSays() throws Exception {
    var me = UUID.randomUUID();
    for (var score = 2; score < 12; score++) {
      inASequenceOfItsOwn(results.result(me, score));
      results.store(results.result(me, score + 1));
    }
    awaitScores(12, 1);
    results.store(results.none(me));
    awaitScores(1);
  }

  @Test
  void sharedSequence_writersComeOneAfterTheOther() throws Exception {
    var threads =
        IntStream.rangeClosed(2, 6)
            .mapToObj(score ->
                Thread.ofPlatform()
                    .start(() -> results.store(results.result(UUID.randomUUID(), score))))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    awaitScores(6, 5, 4, 3, 2, 1);
  }

  @Test
  void rolledBack_isNotShownAndLeavesTheLaneUsable() throws Exception {
    var thread =
        WriterThreads.thread(() -> {
          for (var score = 50; score < 54; score++) {
            var result = results.result(UUID.randomUUID(), score);
            var rolledBack = score % 2 == 0;
            try {
              results
                  .transactions()
                  .write(dsl -> {
                    results.write(dsl, result);
                    if (rolledBack) {
                      throw new IllegalArgumentException("rolled back");
                    }
                    return true;
                  });
            } catch (IllegalArgumentException e) {
              // as wanted
            }
          }
        });
    thread.start();
    thread.join();
    awaitScores(53, 51, 1);
  }

  @Test
  void ownChange_isThereAtOnce() {
    for (var i = 0; i < 30; i++) {
      var me = UUID.randomUUID();
      results.store(results.result(me, 100 + i));
      var leaderboards = service.context().getBean(Leaderboards.class);
      var around = leaderboards.around(BoardOwner.quiz(results.quiz().id()), me);
      assertThat(around.places().getFirst().me()).isTrue();
      assertThat(around.places().getFirst().rank()).isEqualTo(1);
    }
  }

  @Test
  void asOf_isOfTheLastSecond() {
    var clock = service.context().getBean(NodeClock.class);
    results.board();
    await()
        .during(Duration.ofMillis(1500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> results.board().asOf().isAfter(clock.instant().minus(Duration.ofSeconds(1))));
  }

  /** Away longer than the feed keeps: what it no longer holds is read from the standings. */
  @Test
  void afterBeingAway_everythingIsReadAgain() {
    var dsl = results.transactions().read();
    var context = service.context();
    var board =
        context.getBean(Boards.class).find(dsl, BoardOwner.quiz(results.quiz().id())).orElseThrow();
    var follower =
        new Follower(
            results.transactions(),
            context.getBean(StandingStore.class),
            context.getBean(ChangeFeed.class),
            context.getBean(LocalChanges.class),
            context.getBean(NodeClock.class),
            Duration.ZERO);
    follower.start();
    try {
      assertThat(follower.view(board, Optional.empty()).index().size()).isEqualTo(1);
      dsl.deleteFrom(STANDING_CHANGE).execute();
      dsl.deleteFrom(STANDING).where(STANDING.LEADERBOARD_ID.eq(board)).execute();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> follower.view(board, Optional.empty()).index().size() == 0);
    } finally {
      follower.close();
    }
  }

  @Test
  void tidy_forgetsOldChangesOnly() {
    var dsl = results.transactions().read();
    var feed = service.context().getBean(ChangeFeed.class);
    var now = service.context().getBean(NodeClock.class).instant();
    feed.tidy(dsl, now);
    assertThat(dsl.fetchCount(STANDING_CHANGE)).isPositive();
    feed.tidy(dsl, now.plus(ChangeFeed.KEPT).plusSeconds(1));
    assertThat(dsl.fetchCount(STANDING_CHANGE)).isZero();
    results.store(results.result(UUID.randomUUID(), 3));
    awaitScores(3, 1);
  }
}
