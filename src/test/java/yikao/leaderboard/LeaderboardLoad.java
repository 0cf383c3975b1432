package yikao.leaderboard;

import static yikao.db.jooq.Tables.LEADERBOARD;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jooq.DSLContext;
import yikao.TestService;
import yikao.db.NodeClock;
import yikao.db.WriterThreads;
import yikao.leaderboard.Standings.Reached;

/**
 * A leaderboard with many standings that is read at a fixed rate while results arrive at a fixed
 * rate, and what that took.
 */
final class LeaderboardLoad {
  private static final int RESULTS_A_SECOND = 500;
  private static final int GROUPS_A_SECOND = 50;
  private static final int READS_A_SECOND = 200;
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final TestService service;
  private final int standings;
  private static final int PORTION = 50_000;

  private final Results results;
  private final Random random = new Random(1);

  /** What is read. */
  enum Read {
    TOP,
    AROUND,
    BRANCH
  }

  /** How long readings took, in microseconds, and how old the answers were, in milliseconds. */
  record Figures(
      Duration load,
      long bytesEach,
      Map<Read, long[]> micros,
      long[] ages,
      int stored,
      long shown) {
    /** So many hundredths of all are not more than this. */
    long micros(Read read, int percent) {
      return percentile(micros.getOrDefault(read, new long[1]), percent);
    }

    long age(int percent) {
      return percentile(ages, percent);
    }

    private static long percentile(long[] sorted, int percent) {
      return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
  }

  LeaderboardLoad(TestService service, int standings) {
    this.service = service;
    this.standings = standings;
    this.results = new Results(service);
  }

  /** Inserts what is there before, reads for so long, and tells. */
  Figures run(Duration time) throws InterruptedException {
    insert();
    var before = used();
    var loading = System.nanoTime();
    results.board();
    var load = Duration.ofNanos(System.nanoTime() - loading);
    var each = (used() - before) / standings;
    measure(WARM_UP);
    var measured = measure(time);
    return new Figures(
        load, each, measured.micros(), measured.ages(), measured.stored(), measured.shown());
  }

  private void insert() {
    results.store(results.result(new UUID(1, 1), 1));
    var dsl = results.transactions().read();
    var board =
        dsl.select(LEADERBOARD.ID)
            .from(LEADERBOARD)
            .where(LEADERBOARD.OWNER_ID.eq(results.quiz().id()))
            .fetchSingle()
            .value1();
    for (var from = 1; from < standings; from += PORTION) {
      insert(dsl, board, from, Math.min(from + PORTION, standings) - 1);
    }
    dsl.execute("analyze standing");
    dsl.execute("analyze participant");
  }

  /** So many that the time limit of a statement is not reached. */
  private static void insert(DSLContext dsl, long board, int from, int to) {
    dsl.execute(
        """
        insert into participant (id, name, branch, created_at)
        select cast(lpad(to_hex((n * 7919) & 4294967295), 8, '0') || '-%s-7000-8000-' || lpad(to_hex(n), 12, '0') as uuid),
          '王小' || n, '支部' || (n %% 4700), timestamp with time zone '2026-07-01 00:00:00+00'
        from generate_series(%d::bigint, %d) n
        """
            .formatted(tag(board), from, to));
    dsl.execute(
        """
        insert into standing
          (leaderboard_id, participant_id, branch, score, elapsed_millis, reached_at)
        select %d,
          cast(lpad(to_hex((n * 7919) & 4294967295), 8, '0') || '-%s-7000-8000-' || lpad(to_hex(n), 12, '0') as uuid),
          '支部' || (n %% 4700), (n * 31) %% 101, (n * 7919) %% 3600000,
          timestamp with time zone '2026-07-01 00:00:00+00' + n * interval '1 second'
        from generate_series(%d::bigint, %d) n
        """
            .formatted(board, tag(board), from, to));
  }

  private static String tag(long board) {
    return "%04x".formatted(board);
  }

  private UUID somebody() {
    var n = 1 + random.nextInt(standings - 1);
    var board =
        service
            .context()
            .getBean(Boards.class)
            .find(results.transactions().read(), BoardOwner.quiz(results.quiz().id()))
            .orElseThrow();
    return UUID.fromString(
        "%08x-%s-7000-8000-%012x".formatted((n * 7919L) & 0xffffffffL, tag(board), n));
  }

  /** After a collection, when nothing else runs. */
  private static long used() throws InterruptedException {
    var least = Long.MAX_VALUE;
    for (var i = 0; i < 4; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
      least =
          Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }

  private record Measured(Map<Read, long[]> micros, long[] ages, int stored, long shown) {}

  private Measured measure(Duration time) throws InterruptedException {
    var stored = new AtomicInteger();
    var over = new CountDownLatch(1);
    var writers = List.of(writer(over, stored), writer(over, stored));
    writers.forEach(Thread::start);
    var measured = read(time);
    over.countDown();
    for (var writer : writers) {
      writer.join();
    }
    return new Measured(measured.micros(), measured.ages(), stored.get(), results.board().total());
  }

  /** Stores groups at half the rate, as one thread of group commit does. */
  private Thread writer(CountDownLatch over, AtomicInteger stored) {
    return WriterThreads.thread(() -> {
      var pause = TimeUnit.SECONDS.toNanos(1) / (GROUPS_A_SECOND / 2);
      var next = System.nanoTime();
      try {
        while (!over.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          next += pause;
          results.store(group());
          stored.addAndGet(RESULTS_A_SECOND / GROUPS_A_SECOND);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private Reached[] group() {
    var local = ThreadLocalRandom.current();
    var group = new Reached[RESULTS_A_SECOND / GROUPS_A_SECOND];
    Arrays.setAll(
        group,
        _ -> results.result(new UUID(local.nextLong(), local.nextLong()), local.nextInt(101)));
    return group;
  }

  private Measured read(Duration time) throws InterruptedException {
    var micros = new EnumMap<Read, List<Long>>(Read.class);
    Arrays.stream(Read.values()).forEach(r -> micros.put(r, new ArrayList<>()));
    var ages = new ArrayList<Long>();
    var clock = service.context().getBean(NodeClock.class);
    var end = System.nanoTime() + time.toNanos();
    var pause = TimeUnit.SECONDS.toNanos(1) / READS_A_SECOND;
    for (var next = System.nanoTime(); next < end; next += pause) {
      var left = next - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
      var read = Read.values()[random.nextInt(Read.values().length)];
      var who = somebody();
      var from = System.nanoTime();
      var asOf = answer(read, who);
      micros.get(read).add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - from));
      ages.add(Duration.between(asOf, clock.instant()).toMillis());
    }
    var sorted = new EnumMap<Read, long[]>(Read.class);
    micros.forEach((read, all) -> sorted.put(read, sorted(all)));
    return new Measured(sorted, sorted(ages), 0, 0);
  }

  private static long[] sorted(List<Long> all) {
    return all.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private Instant answer(Read read, UUID who) {
    var leaderboards = service.context().getBean(Leaderboards.class);
    var owner = BoardOwner.quiz(results.quiz().id());
    return switch (read) {
      case TOP -> leaderboards.participants(owner, 0, 50, Optional.of(who)).asOf();
      case AROUND -> {
        var board = leaderboards.around(owner, who);
        if (board.places().isEmpty()) {
          throw new IllegalStateException("not on the board: " + who);
        }
        yield board.asOf();
      }
      case BRANCH -> leaderboards.branches(owner, 1, 0, 50).board().asOf();
    };
  }

  static String table(Figures... columns) {
    var lines = new StringBuilder("leaderboard figures\n");
    line(lines, "cold load ms", columns, f -> f.load().toMillis());
    line(lines, "bytes a standing", columns, Figures::bytesEach);
    for (var read : Read.values()) {
      var name = read.name().toLowerCase(Locale.ROOT);
      line(lines, name + " p50 us", columns, f -> f.micros(read, 50));
      line(lines, name + " p99 us", columns, f -> f.micros(read, 99));
    }
    line(lines, "asOf age p99 ms", columns, f -> f.age(99));
    line(lines, "results stored", columns, f -> (long) f.stored());
    line(lines, "standings shown", columns, Figures::shown);
    return lines.toString();
  }

  private static void line(
      StringBuilder lines, String name, Figures[] columns, ToLongFunction<Figures> value) {
    lines.append("  %-18s".formatted(name));
    for (var column : columns) {
      lines.append("%12d".formatted(value.applyAsLong(column)));
    }
    lines.append('\n');
  }
}
