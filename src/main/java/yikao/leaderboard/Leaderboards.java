package yikao.leaderboard;

import static yikao.db.jooq.Tables.LEADERBOARD;
import static yikao.db.jooq.Tables.PARTICIPANT;
import static yikao.db.jooq.Tables.STANDING;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.OrderField;
import org.jooq.Record8;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.quiz.Policies.Reveal.What;
import yikao.quiz.Quiz;
import yikao.web.Problem;

/** Leaderboards, read from the standings in their order. */
@Singleton
final class Leaderboards {
  private static final int NEIGHBOURS = 3;
  private static final List<OrderField<?>> ORDER =
      List.of(
          STANDING.SCORE.desc(),
          STANDING.ELAPSED_MILLIS.asc(),
          STANDING.REACHED_AT.asc(),
          STANDING.PARTICIPANT_ID.asc());

  private final Transactions transactions;
  private final Organisations organisations;
  private final NodeClock clock;

  Leaderboards(Transactions transactions, Organisations organisations, NodeClock clock) {
    this.transactions = transactions;
    this.organisations = organisations;
    this.clock = clock;
  }

  /**
   * A participant on a leaderboard.
   *
   * @param rank equal for those equal in all
   * @param me whether this is the caller
   */
  record Place(long rank, String name, String branch, Standing standing, boolean me) {}

  /** A branch or organisation on a leaderboard. */
  record GroupPlace(long rank, Group group) {}

  /**
   * A part of a leaderboard.
   *
   * @param total how many are on it
   */
  record Board<P>(Instant asOf, long total, List<P> places) {}

  /**
   * Makes sure that the quiz shows scores now.
   *
   * @throws Problem {@code leaderboard-hidden}
   */
  void checkShown(Quiz quiz) {
    var shown = quiz.shown(clock.instant());
    if (shown.compareTo(What.SCORE) < 0) {
      throw Problem.of(io.micronaut.http.HttpStatus.FORBIDDEN, "leaderboard-hidden");
    }
  }

  /** Participants from an offset on. */
  Board<Place> participants(Quiz quiz, int offset, int limit, Optional<UUID> me) {
    var dsl = transactions.read();
    var asOf = clock.instant();
    var board = board(dsl, quiz);
    if (board.isEmpty()) {
      return new Board<>(asOf, 0, List.of());
    }
    var total = dsl.fetchCount(STANDING, STANDING.LEADERBOARD_ID.eq(board.get()));
    return new Board<>(asOf, total, places(dsl, board.get(), offset, limit, me));
  }

  /** The caller and those around; empty where the caller has no standing. */
  Board<Place> around(Quiz quiz, UUID me) {
    var dsl = transactions.read();
    var asOf = clock.instant();
    var board = board(dsl, quiz);
    if (board.isEmpty()) {
      return new Board<>(asOf, 0, List.of());
    }
    var total = dsl.fetchCount(STANDING, STANDING.LEADERBOARD_ID.eq(board.get()));
    var own =
        dsl.selectFrom(STANDING)
            .where(STANDING.LEADERBOARD_ID.eq(board.get()))
            .and(STANDING.PARTICIPANT_ID.eq(me))
            .fetchOptional();
    if (own.isEmpty()) {
      return new Board<>(asOf, total, List.of());
    }
    var standing =
        new Standing(own.get().getScore(), own.get().getElapsedMillis(), own.get().getReachedAt());
    var before =
        dsl.fetchCount(
            STANDING,
            STANDING
                .LEADERBOARD_ID
                .eq(board.get())
                .and(better(standing).or(equal(standing).and(STANDING.PARTICIPANT_ID.lt(me)))));
    var offset = Math.max(0, before - NEIGHBOURS);
    var limit = before - offset + 1 + NEIGHBOURS;
    return new Board<>(asOf, total, places(dsl, board.get(), offset, limit, Optional.of(me)));
  }

  private List<Place> places(DSLContext dsl, long board, int offset, int limit, Optional<UUID> me) {
    var places = new ArrayList<Place>();
    var rows =
        rows(dsl)
            .where(STANDING.LEADERBOARD_ID.eq(board))
            .orderBy(ORDER)
            .limit(limit)
            .offset(offset)
            .fetch();
    var rank = 0L;
    var before = Optional.<Standing>empty();
    for (var i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      var standing = new Standing(row.value4(), row.value5(), row.value6());
      if (before.isEmpty()) {
        rank =
            1L + dsl.fetchCount(STANDING, STANDING.LEADERBOARD_ID.eq(board).and(better(standing)));
      } else if (Standing.ORDER.compare(before.get(), standing) != 0) {
        rank = offset + i + 1L;
      }
      before = Optional.of(standing);
      places.add(
          new Place(
              rank,
              row.value2(),
              branch(row.value7(), row.value8()),
              standing,
              me.filter(row.value1()::equals).isPresent()));
    }
    return places;
  }

  private static SelectOnConditionStep<
          Record8<UUID, String, Long, java.math.BigDecimal, Long, Instant, Long, String>>
      rows(DSLContext dsl) {
    return dsl.select(
            STANDING.PARTICIPANT_ID,
            PARTICIPANT.NAME,
            STANDING.LEADERBOARD_ID,
            STANDING.SCORE,
            STANDING.ELAPSED_MILLIS,
            STANDING.REACHED_AT,
            STANDING.ORGANISATION_ID,
            STANDING.BRANCH)
        .from(STANDING)
        .join(PARTICIPANT)
        .on(PARTICIPANT.ID.eq(STANDING.PARTICIPANT_ID));
  }

  private static Condition better(Standing than) {
    return STANDING
        .SCORE
        .gt(than.score())
        .or(
            STANDING
                .SCORE
                .eq(than.score())
                .and(
                    STANDING
                        .ELAPSED_MILLIS
                        .lt(than.elapsedMillis())
                        .or(
                            STANDING
                                .ELAPSED_MILLIS
                                .eq(than.elapsedMillis())
                                .and(STANDING.REACHED_AT.lt(than.reachedAt())))));
  }

  private static Condition equal(Standing to) {
    return STANDING
        .SCORE
        .eq(to.score())
        .and(STANDING.ELAPSED_MILLIS.eq(to.elapsedMillis()))
        .and(STANDING.REACHED_AT.eq(to.reachedAt()));
  }

  /** Branches, those with too few participants left out. */
  Board<GroupPlace> branches(Quiz quiz, int offset, int limit) {
    return ranked(quiz, totals(quiz), offset, limit);
  }

  /** The organisations directly below one, or at the top, each with all below it. */
  Board<GroupPlace> organisations(Quiz quiz, Optional<Organisation> under, int offset, int limit) {
    var tree = organisations.tree();
    var groups = new LinkedHashMap<Long, Group>();
    totals(quiz)
        .forEach((key, group) -> {
          if (key instanceof Long branch) {
            tree.below(under, branch)
                .ifPresent(o ->
                    groups.merge(
                        o.id(),
                        new Group(o.name(), group.participants(), group.total()),
                        Group::plus));
          }
        });
    return ranked(quiz, groups, offset, limit);
  }

  private Board<GroupPlace> ranked(Quiz quiz, Map<?, Group> groups, int offset, int limit) {
    var sorted =
        groups.values().stream()
            .filter(g -> g.participants() >= quiz.minimumParticipants())
            .sorted(Group.ORDER.thenComparing(Group::name))
            .toList();
    var places = new ArrayList<GroupPlace>();
    for (var i = 0; i < sorted.size(); i++) {
      var tied = i > 0 && Group.ORDER.compare(sorted.get(i - 1), sorted.get(i)) == 0;
      places.add(new GroupPlace(tied ? places.getLast().rank() : i + 1, sorted.get(i)));
    }
    return new Board<>(
        clock.instant(), places.size(), places.stream().skip(offset).limit(limit).toList());
  }

  /**
   * Totals by branch; the key is the organisation's id, or the name where it was written by hand.
   */
  private Map<Object, Group> totals(Quiz quiz) {
    var dsl = transactions.read();
    var totals = new HashMap<Object, Group>();
    board(dsl, quiz)
        .ifPresent(board ->
            dsl.select(
                    STANDING.ORGANISATION_ID, STANDING.BRANCH, DSL.count(), DSL.sum(STANDING.SCORE))
                .from(STANDING)
                .where(STANDING.LEADERBOARD_ID.eq(board))
                .groupBy(STANDING.ORGANISATION_ID, STANDING.BRANCH)
                .forEach(r -> {
                  var name = branch(r.value1(), r.value2());
                  Object key = r.value1() == null ? name : r.value1();
                  totals.merge(key, new Group(name, r.value3(), r.value4()), Group::plus);
                }));
    return totals;
  }

  private String branch(
      @org.jspecify.annotations.Nullable Long organisationId,
      @org.jspecify.annotations.Nullable String written) {
    if (organisationId == null) {
      return written == null ? "" : written;
    }
    return organisations.tree().byId(organisationId).map(Organisation::name).orElse("");
  }

  private static Optional<Long> board(DSLContext dsl, Quiz quiz) {
    return dsl.select(LEADERBOARD.ID)
        .from(LEADERBOARD)
        .where(LEADERBOARD.QUIZ_ID.eq(quiz.id()))
        .fetchOptional(LEADERBOARD.ID);
  }
}
