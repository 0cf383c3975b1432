package yikao.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import yikao.leaderboard.StandingIndex.Ranked;
import yikao.leaderboard.StandingIndex.Ranking;
import yikao.participant.Branch;

/** The index against a sorted list, and readers beside the writer. */
class StandingIndexTest {
  private static final Comparator<Ranking> ORDER =
      Comparator.comparing(Ranking::standing, Standing.ORDER)
          .thenComparing(r -> r.participant().getMostSignificantBits(), Long::compareUnsigned)
          .thenComparing(r -> r.participant().getLeastSignificantBits(), Long::compareUnsigned);

  /** What the index must say, sorted anew at each question. */
  private static final class Model {
    private final Map<UUID, Ranking> rows = new HashMap<>();

    List<Ranked> ranked() {
      var sorted = rows.values().stream().sorted(ORDER).toList();
      var ranked = new ArrayList<Ranked>();
      for (var i = 0; i < sorted.size(); i++) {
        var tied =
            i > 0
                && Standing.ORDER.compare(sorted.get(i - 1).standing(), sorted.get(i).standing())
                    == 0;
        ranked.add(new Ranked(tied ? ranked.getLast().rank() : i + 1, sorted.get(i)));
      }
      return ranked;
    }
  }

  private static Ranking row(Random random, UUID participant, int spread) {
    var number = random.nextInt(4);
    return new Ranking(
        participant,
        number == 0 ? new Branch.Named("手写" + random.nextInt(5)) : new Branch.Known(number),
        new Standing(
            BigDecimal.valueOf(random.nextInt(spread) - 2, 3),
            random.nextInt(spread),
            Instant.ofEpochMilli(random.nextInt(3))));
  }

  private static UUID participant(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void putsAndRemovals_ranksPagesAndTotalsAsASortedList(int seed) {
    var random = new Random(seed);
    var spread = seed % 2 == 0 ? 6 : 100_000;
    var people = IntStream.range(0, 3_000).mapToObj(_ -> participant(random)).toList();
    var index = new StandingIndex();
    var model = new Model();
    people.stream()
        .limit(seed * 200L)
        .forEach(id -> {
          var row = row(random, id, spread);
          index.load(row);
          model.rows.put(id, row);
        });
    index.sort();
    check(random, index, model, people);
    for (var round = 0; round < 8; round++) {
      var removals = round % 2 == 0 ? 3 : 8;
      for (var i = 0; i < 1_500; i++) {
        var id = people.get(random.nextInt(people.size()));
        if (random.nextInt(10) < removals) {
          index.remove(id);
          model.rows.remove(id);
        } else {
          var row = row(random, id, spread);
          index.put(row);
          model.rows.put(id, row);
        }
      }
      check(random, index, model, people);
    }
    people.forEach(id -> {
      index.remove(id);
      model.rows.remove(id);
    });
    check(random, index, model, people);
  }

  private static void check(Random random, StandingIndex index, Model model, List<UUID> people) {
    var ranked = model.ranked();
    assertThat(index.size()).isEqualTo(ranked.size());
    assertThat(index.page(0, Integer.MAX_VALUE).rows()).isEqualTo(ranked);
    for (var i = 0; i < 50; i++) {
      var offset = random.nextInt(ranked.size() + 10);
      var limit = 1 + random.nextInt(200);
      assertThat(index.page(offset, limit).rows())
          .isEqualTo(ranked.stream().skip(offset).limit(limit).toList());
      checkOne(index, ranked, people.get(random.nextInt(people.size())));
    }
    checkTotals(index, model);
  }

  private static void checkOne(StandingIndex index, List<Ranked> ranked, UUID id) {
    var place =
        IntStream.range(0, ranked.size())
            .filter(p -> ranked.get(p).row().participant().equals(id))
            .findFirst();
    assertThat(index.around(id, 3).rows())
        .isEqualTo(
            place.isPresent()
                ? ranked.subList(
                    Math.max(0, place.getAsInt() - 3),
                    Math.min(ranked.size(), place.getAsInt() + 4))
                : List.of());
  }

  private static void checkTotals(StandingIndex index, Model model) {
    var expected = new HashMap<Branch, List<Long>>();
    model
        .rows
        .values()
        .forEach(r -> {
          var score = r.standing().score().movePointRight(3).longValueExact();
          expected.merge(
              r.branch(), List.of(1L, score), (a, b) -> List.of(a.get(0) + 1, a.get(1) + b.get(1)));
        });
    var actual = new HashMap<Branch, List<Long>>();
    index
        .totals()
        .branches()
        .forEach(t -> actual.put(t.branch(), List.of((long) t.participants(), t.thousandths())));
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void put_sameAgain_leavesTheVersion() {
    var index = new StandingIndex();
    var row = row(new Random(1), UUID.randomUUID(), 10);
    index.put(row);
    var version = index.version();
    index.put(row);
    assertThat(index.version()).isEqualTo(version);
    index.remove(UUID.randomUUID());
    assertThat(index.version()).isEqualTo(version);
  }

  /** All move about, none is ever missing or twice, and every page is in order. */
  @Test
  void readersBesideTheWriter_seeOneMoment() throws Exception {
    var random = new Random(7);
    var people = IntStream.range(0, 2_000).mapToObj(_ -> participant(random)).toList();
    var index = new StandingIndex();
    people.forEach(id -> index.put(row(random, id, 1_000)));
    var done = new CountDownLatch(1);
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading =
          IntStream.range(0, 3)
              .<Future<?>>mapToObj(seed -> readers.submit(() -> read(index, people, done, seed)))
              .toList();
      for (var i = 0; i < 100_000; i++) {
        index.put(row(random, people.get(random.nextInt(people.size())), 1_000));
      }
      done.countDown();
      for (var reader : reading) {
        reader.get();
      }
    }
  }

  private static void read(StandingIndex index, List<UUID> people, CountDownLatch done, int seed) {
    var random = new Random(seed);
    do {
      var page = index.page(random.nextInt(people.size()), 100);
      assertThat(page.total()).isEqualTo(people.size());
      assertThat(page.rows().stream().map(Ranked::row)).isSortedAccordingTo(ORDER);
      var me = people.get(random.nextInt(people.size()));
      var around = index.around(me, 3).rows();
      assertThat(around.stream().filter(r -> r.row().participant().equals(me))).hasSize(1);
      assertThat(
              index.totals().branches().stream().mapToInt(BranchTotals.Total::participants).sum())
          .isEqualTo(people.size());
    } while (done.getCount() > 0);
  }
}
