package yikao.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.db.StatementBatch;
import yikao.db.Transactions;
import yikao.leaderboard.Leaderboards.Place;
import yikao.leaderboard.Standings.Reached;
import yikao.participant.Branch;
import yikao.participant.Participant;
import yikao.participant.Participants;

/** Boards that something else than a quiz owns and fills. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherBoardIT {
  private static final Instant WHEN = Instant.parse("2026-07-01T02:00:00Z");
  private static final Branch ONE = new Branch.Named("甲支部");
  private static final Branch OTHER = new Branch.Named("乙支部");

  private TestService service;
  private Leaderboards leaderboards;

  @BeforeAll
  void start() {
    service = TestService.start(Map.of());
    leaderboards = service.context().getBean(Leaderboards.class);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private static Participant participant(String name, Branch branch) {
    return new Participant(UUID.randomUUID(), name, branch);
  }

  private static Reached reached(BoardOwner board, Participant who, int score, long millis) {
    return new Reached(
        board, who, Optional.of(new Standing(BigDecimal.valueOf(score), millis, WHEN)));
  }

  private Transactions transactions() {
    return service.context().getBean(Transactions.class);
  }

  /** In a transaction of the owner. */
  private void store(Reached... all) {
    transactions()
        .write(dsl -> {
          write(dsl, all);
          return true;
        });
  }

  private void write(DSLContext dsl, Reached... all) {
    var changes = new StatementBatch(dsl);
    service.context().getBean(Standings.class).store(changes, Arrays.asList(all));
    changes.execute();
  }

  private void know(Participant... all) {
    var byId = new TreeMap<UUID, Participant>();
    Arrays.stream(all).forEach(p -> byId.put(p.id(), p));
    transactions()
        .write(dsl -> {
          var changes = new StatementBatch(dsl);
          service
              .context()
              .getBean(Participants.class)
              .store(changes, byId.values(), List.of(), WHEN);
          changes.execute();
          return true;
        });
  }

  /** Ranks and names, the best first. */
  private List<String> places(BoardOwner board) {
    return places(leaderboards.participants(board, 0, 50, Optional.empty()).places());
  }

  private static List<String> places(List<Place> places) {
    return places.stream().map(p -> p.rank() + " " + p.name() + (p.me() ? " !" : "")).toList();
  }

  private void awaitPlaces(BoardOwner board, String... places) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(places(board)).containsExactly(places));
  }

  @Test
  void boardOfAContest_isReadAsThatOfAQuiz() {
    var board = new BoardOwner("contest", 7);
    assertThat(leaderboards.participants(board, 0, 50, Optional.empty()).total()).isZero();
    var quick = participant("快快", ONE);
    var slow = participant("慢慢", ONE);
    var alike = participant("同样", OTHER);
    var poor = participant("落后", OTHER);
    know(quick, slow, alike, poor);
    store(
        reached(board, poor, 1, 500),
        reached(board, slow, 9, 2_000),
        reached(board, quick, 9, 1_000),
        reached(board, alike, 9, 2_000));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> leaderboards.participants(board, 0, 50, Optional.empty()).total() == 4);

    var all = leaderboards.participants(board, 0, 50, Optional.of(slow.id()));
    assertThat(places(all.places())).startsWith("1 快快").contains("2 慢慢 !", "2 同样").endsWith("4 落后");
    assertThat(all.asOf()).isAfter(WHEN);
    assertThat(all.places().getFirst().branch().name()).isEqualTo("甲支部");
    assertThat(places(leaderboards.participants(board, 3, 1, Optional.empty()).places()))
        .containsExactly("4 落后");
    assertThat(places(leaderboards.around(board, poor.id()).places()))
        .hasSize(4)
        .endsWith("4 落后 !");
    assertThat(leaderboards.around(board, UUID.randomUUID()).places()).isEmpty();

    var branches = leaderboards.branches(board, 1, 0, 50);
    assertThat(branches.board().places())
        .extracting(p ->
            p.rank().orElseThrow() + " " + p.group().members().name() + " " + p.group().average())
        .containsExactly("1 甲支部 9.00", "2 乙支部 5.00");
    var tooFew = leaderboards.branches(board, 3, 0, 50);
    assertThat(tooFew.board().places()).isEmpty();
    assertThat(tooFew.hidden()).isEqualTo(4);
  }

  @Test
  void changes_areFollowed() {
    var board = new BoardOwner("contest", 8);
    var one = participant("一一", ONE);
    var two = participant("二二", OTHER);
    know(one, two);
    store(reached(board, one, 5, 1_000));
    awaitPlaces(board, "1 一一");
    store(reached(board, two, 6, 1_000));
    awaitPlaces(board, "1 二二", "2 一一");
    store(reached(board, one, 7, 1_000));
    awaitPlaces(board, "1 一一", "2 二二");
    store(new Reached(board, one, Optional.empty()));
    awaitPlaces(board, "1 二二");
  }

  @Test
  void sameNumberOfAnotherKind_isAnotherBoard() {
    var one = participant("一一", ONE);
    know(one);
    var board = new BoardOwner("contest", 9);
    store(
        reached(board, one, 5, 1_000),
        reached(new BoardOwner("round", 9), one, 6, 1_000),
        reached(new BoardOwner("contest", 10), one, 7, 1_000));
    awaitPlaces(board, "1 一一");
    var other = leaderboards.participants(new BoardOwner("round", 9), 0, 50, Optional.empty());
    assertThat(other.places().getFirst().standing().score()).isEqualByComparingTo("6");
    assertThat(leaderboards.participants(BoardOwner.quiz(9), 0, 50, Optional.empty()).total())
        .isZero();
  }

  @Test
  void ownersTransactionRolledBack_leavesNoBoard() {
    var board = new BoardOwner("contest", 11);
    var one = participant("一一", ONE);
    know(one);
    assertThatThrownBy(() ->
            transactions()
                .write(dsl -> {
                  write(dsl, reached(board, one, 5, 1_000));
                  throw new IllegalArgumentException("rolled back");
                }))
        .hasMessage("rolled back");
    assertThat(places(board)).isEmpty();
    store(reached(board, one, 6, 1_000));
    awaitPlaces(board, "1 一一");
    assertThat(
            leaderboards
                .participants(board, 0, 50, Optional.empty())
                .places()
                .getFirst()
                .standing()
                .score())
        .isEqualByComparingTo("6");
  }
}
