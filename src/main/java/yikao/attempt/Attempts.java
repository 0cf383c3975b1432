package yikao.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Secrets;
import yikao.attempt.AttemptEntry.Drawn;
import yikao.attempt.AttemptEntry.End;
import yikao.attempt.AttemptEntry.Ended;
import yikao.attempt.AttemptEntry.Save;
import yikao.attempt.AttemptEntry.Start;
import yikao.attempt.Inputs.ResponseBody;
import yikao.bank.Bank;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.org.Organisations;
import yikao.paper.Draw;
import yikao.paper.PoolShortException;
import yikao.question.Pool;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.web.Problem;

/** What one can do with attempts; the API and the pages both call it. */
@Singleton
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final int MAX_NAME = 50;
  private static final int MAX_BRANCH = 100;

  /** A submission that arrived in time may still wait for its group, at another node. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  private final Quizzes quizzes;
  private final Bank bank;
  private final Organisations organisations;
  private final Secrets secrets;
  private final NodeClock clock;
  private final Transactions transactions;
  private final AttemptStore store;
  private final ParticipantStore participants;
  private final AttemptQueue queue;
  private final Heads heads;
  private final Usages usages;
  private final AttemptMeters meters;
  private volatile Draws draws;

  /** What was prepared to draw from a pool, by quiz; with the pool it goes. */
  private record Draws(Pool pool, Cache<Prepared, Draw> prepared) {
    static Draws of(Pool pool) {
      return new Draws(pool, Caffeine.newBuilder().maximumSize(100).build());
    }

    Draw of(Quiz quiz) {
      return prepared.get(
          new Prepared(quiz.id(), quiz.revision()), _ -> Draw.of(quiz.blueprint(), pool));
    }
  }

  private record Prepared(long quizId, int quizRevision) {}

  Attempts(
      Quizzes quizzes,
      Bank bank,
      Organisations organisations,
      Secrets secrets,
      NodeClock clock,
      Transactions transactions,
      AttemptStore store,
      ParticipantStore participants,
      AttemptQueue queue,
      Heads heads,
      Usages usages,
      AttemptMeters meters) {
    this.quizzes = quizzes;
    this.bank = bank;
    this.organisations = organisations;
    this.secrets = secrets;
    this.clock = clock;
    this.transactions = transactions;
    this.store = store;
    this.participants = participants;
    this.queue = queue;
    this.heads = heads;
    this.usages = usages;
    this.meters = meters;
    this.draws = Draws.of(bank.pool());
  }

  /**
   * An attempt as its participant reaches it.
   *
   * @param now the server's time of the answer
   */
  record Open(AttemptHead head, Attempt attempt, Instant now) {}

  /**
   * The answer to a start.
   *
   * @param token opens the attempt; the one before is dead
   */
  record Begun(Open open, String token, boolean created) {}

  /** Who a guest's secret stands for. */
  UUID guest(String secret) {
    var digest = ByteBuffer.wrap(secrets.keyed("guest", secret));
    return new UUID(digest.getLong(), digest.getLong());
  }

  /**
   * Starts a quiz, or resumes the running attempt.
   *
   * @param secret by which the guest is known
   * @throws Problem where name or branch is wrong, the quiz is not open, or no try is left
   */
  Begun start(String code, String secret, String name, String branch) {
    var quiz = quizzes.get(code);
    var participant = participant(secret, name, branch);
    var arrived = clock.instant();
    var token = secrets.newToken();
    var drawn = draw(quiz);
    var entry = new Start(quiz, participant, newId(arrived), Secrets.sha256(token), drawn, arrived);
    var started = queue.write(entry);
    var attempt = started.attempt();
    if (started.created()) {
      var head =
          new AttemptHead(
              attempt.id(),
              quiz,
              participant.id(),
              attempt.number(),
              drawn.paper(),
              heads.questions(drawn.paper()));
      heads.put(head);
      usages.drawn(head.questions());
    }
    meters.started(started.created());
    log(started.created() ? "started" : "resumed", attempt);
    return new Begun(
        new Open(head(attempt.id()), attempt, clock.instant()), token, started.created());
  }

  private Participant participant(String secret, String name, String branch) {
    var shown = name.strip();
    if (shown.isEmpty() || shown.length() > MAX_NAME || isUnprintable(shown)) {
      throw Problem.invalid("participant.name", "length", 1, MAX_NAME);
    }
    var place = branch.strip();
    if (place.isEmpty() || place.length() > MAX_BRANCH || isUnprintable(place)) {
      throw Problem.invalid("participant.branch", "length", 1, MAX_BRANCH);
    }
    var tree = organisations.tree();
    if (tree.branches().isEmpty()) {
      return new Participant(guest(secret), shown, Optional.empty(), Optional.of(place));
    }
    var chosen =
        tree.branch(place)
            .orElseThrow(() -> Problem.invalid("participant.branch", "unknown-branch"));
    return new Participant(guest(secret), shown, Optional.of(chosen.id()), Optional.empty());
  }

  private static boolean isUnprintable(String text) {
    return text.codePoints().anyMatch(c -> Character.isISOControl(c) || !Character.isDefined(c));
  }

  private Drawn draw(Quiz quiz) {
    var pool = bank.pool();
    var draw = draws(pool).of(quiz);
    var chosen = usages.sampler(quiz.blueprint().policy(), draw.pool());
    var seed = secrets.newSeed();
    try {
      var paper = draw.paper(chosen.sampler(), seed, quiz.shuffle());
      return new Drawn(paper, pool.revision(), chosen.usageVersion(), seed);
    } catch (PoolShortException e) {
      LOG.atError().addKeyValue("quiz", quiz.code()).log("the pool cannot fill the blueprint");
      throw Problem.unavailable("pool-short", Duration.ofMinutes(5));
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very same pool
  private Draws draws(Pool pool) {
    var now = draws;
    if (now.pool() != pool) {
      now = Draws.of(pool);
      draws = now;
    }
    return now;
  }

  /** UUID version 7: in the order of time, with 74 random bits (RFC 9562, 5.7). */
  private UUID newId(Instant now) {
    var random = new byte[10];
    secrets.random(random);
    var bits = ByteBuffer.wrap(random);
    var high = (now.toEpochMilli() << 16) | 0x7000 | (bits.getShort() & 0x0fff);
    var low = (bits.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /**
   * An attempt as it stands.
   *
   * @throws Problem where there is none, or the credential does not open it
   */
  Open get(UUID id, Credential credential) {
    var head = head(id);
    var attempt =
        store.find(transactions.read(), id).orElseThrow(() -> Problem.notFound("no-such-attempt"));
    check(credential, attempt);
    var now = clock.instant();
    if (!attempt.state().isEnded() && AttemptRules.isOver(attempt, now)) {
      var ended = queue.write(new End(head, credential, List.of(), true, now));
      count(ended);
      attempt = ended.attempt();
    }
    return new Open(head, attempt, now);
  }

  private static void check(Credential credential, Attempt attempt) {
    if (!credential.opens(attempt.tokenHash(), attempt.participantId())) {
      throw Problem.of(HttpStatus.FORBIDDEN, "not-yours");
    }
  }

  private static void checkMayAnswer(Credential credential) {
    if (!credential.mayAnswer()) {
      throw Problem.of(HttpStatus.FORBIDDEN, "not-yours");
    }
  }

  /** Saves one response. */
  void save(UUID id, Credential credential, int number, ResponseBody body) {
    checkMayAnswer(credential);
    var arrived = clock.instant();
    var head = head(id);
    var input = Inputs.one(head, number, body);
    try {
      queue.write(new Save(head, credential, input, arrived));
      meters.saved("saved");
    } catch (Problem e) {
      meters.saved(e.code());
      throw e;
    }
  }

  /** Saves several responses, all or none of which fit the paper; returns when all are stored. */
  void saveAll(UUID id, Credential credential, List<ResponseBody> bodies) {
    checkMayAnswer(credential);
    var arrived = clock.instant();
    var head = head(id);
    var waiting =
        Inputs.all(head, bodies).stream()
            .map(input -> queue.submit(new Save(head, credential, input, arrived)))
            .toList();
    for (var answer : waiting) {
      try {
        AttemptQueue.await(answer);
        meters.saved("saved");
      } catch (Problem e) {
        meters.saved(e.code());
        throw e;
      }
    }
  }

  /** Hands in; again gives the same receipt. */
  Open submit(UUID id, Credential credential, List<ResponseBody> bodies) {
    checkMayAnswer(credential);
    var arrived = clock.instant();
    var head = head(id);
    var inputs = Inputs.all(head, bodies);
    var ended = queue.write(new End(head, credential, inputs, false, arrived));
    count(ended);
    return new Open(head, ended.attempt(), clock.instant());
  }

  /** Ends what is overdue; returns how many it found. */
  int expire(int most) {
    var now = clock.instant();
    var ids = store.overdue(transactions.read(), now.minus(ON_ITS_WAY), most);
    var waiting = new ArrayList<CompletableFuture<Ended>>();
    for (var id : ids) {
      try {
        waiting.add(queue.submit(new End(head(id), new Credential.Staff(), List.of(), true, now)));
      } catch (RuntimeException e) {
        LOG.atError().addKeyValue("attempt", id).setCause(e).log("cannot be ended");
      }
    }
    for (var answer : waiting) {
      try {
        count(answer.join());
      } catch (CompletionException e) {
        LOG.error("an overdue attempt was not ended", e);
      }
    }
    return ids.size();
  }

  private void count(Ended ended) {
    if (ended.now()) {
      heads.ended(ended.attempt().id());
      meters.ended(ended.attempt().state());
      log(ended.attempt().state().code(), ended.attempt());
    }
  }

  /** Ended and running attempts of a browser in a quiz, the last first. */
  List<Attempt> ofGuest(Quiz quiz, UUID participantId) {
    return store.ofParticipant(transactions.read(), List.of(quiz.id()), participantId).stream()
        .sorted(java.util.Comparator.comparingInt(Attempt::number).reversed())
        .toList();
  }

  /** All attempts of a browser in these quizzes. */
  List<Attempt> ofGuest(List<Quiz> which, UUID participantId) {
    return store.ofParticipant(
        transactions.read(), which.stream().map(Quiz::id).toList(), participantId);
  }

  /** Name and branch that a browser gave last. */
  Optional<Participant> known(UUID participantId) {
    return Optional.ofNullable(
        participants.find(transactions.read(), List.of(participantId)).get(participantId));
  }

  /** A code by which staff recognise a submission: the first digits of a keyed digest. */
  String receipt(Attempt attempt) {
    var text = attempt.id() + "/" + attempt.endedAt().map(Instant::toEpochMilli).orElse(0L);
    var digest = ByteBuffer.wrap(secrets.keyed("receipt", text)).getLong();
    return "%010d".formatted(Math.floorMod(digest, 10_000_000_000L));
  }

  AttemptHead head(UUID id) {
    return heads.find(id).orElseThrow(() -> Problem.notFound("no-such-attempt"));
  }

  private static void log(String event, Attempt attempt) {
    LOG.atInfo()
        .addKeyValue("attempt", attempt.id())
        .addKeyValue("number", attempt.number())
        .addKeyValue("quiz", attempt.quizId())
        .log(event);
  }
}
