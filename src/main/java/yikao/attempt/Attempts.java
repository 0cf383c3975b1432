package yikao.attempt;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.access.Secrets;
import yikao.attempt.AttemptCommand.End;
import yikao.attempt.AttemptCommand.Ended;
import yikao.attempt.AttemptCommand.Save;
import yikao.attempt.AttemptCommand.Start;
import yikao.attempt.AttemptCommand.Started;
import yikao.bank.QuestionUsage;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.db.UuidV7;
import yikao.participant.Participant;
import yikao.quiz.Entrant;
import yikao.quiz.Quiz;
import yikao.quiz.QuizRights;
import yikao.web.Problem;

/** The engine as others use it: starts what was admitted, saves, ends, and shows how things are. */
@Singleton
public final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** A submission that arrived in time may still wait for its group, at another node. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  private final Secrets secrets;
  private final NodeClock clock;
  private final Transactions transactions;
  private final AttemptStore store;
  private final AttemptQueue queue;
  private final AttemptPapers papers;
  private final AttemptHolders holders;
  private final PaperDraws draws;
  private final QuestionUsage usage;
  private final AttemptMeters meters;
  private final QuizRights rights;
  private final Heard heard;

  Attempts(
      Secrets secrets,
      NodeClock clock,
      Transactions transactions,
      AttemptStore store,
      AttemptQueue queue,
      AttemptPapers papers,
      AttemptHolders holders,
      PaperDraws draws,
      QuestionUsage usage,
      AttemptMeters meters,
      QuizRights rights,
      Heard heard) {
    this.secrets = secrets;
    this.clock = clock;
    this.transactions = transactions;
    this.store = store;
    this.queue = queue;
    this.papers = papers;
    this.holders = holders;
    this.draws = draws;
    this.usage = usage;
    this.meters = meters;
    this.rights = rights;
    this.heard = heard;
  }

  /**
   * An attempt as its participant reaches it.
   *
   * @param now the server's time of the answer
   */
  public record Open(AttemptPaper paper, Attempt attempt, Instant now) {}

  /**
   * The answer to a start.
   *
   * @param token opens the attempt; the one before is dead
   * @param created false where it was running already
   */
  public record Begun(Open open, String token, boolean created) {}

  /**
   * Starts a quiz for somebody who was admitted, or resumes the running attempt.
   *
   * @throws Problem where the quiz is not open, or no try is left
   */
  public Begun start(Quiz quiz, Entrant entrant) {
    var arrived = clock.instant();
    var device = entrant.device();
    var token = device.map(Entrant.Device::token).orElseGet(secrets::newToken);
    var drawn = draws.draw(quiz);
    var started =
        queue.write(
            new Start(
                quiz,
                entrant.participant(),
                device.map(Entrant.Device::proven).orElse(true),
                Optional.empty(),
                UuidV7.at(arrived),
                Secrets.sha256(token),
                drawn,
                arrived));
    if (started.created()) {
      created(quiz, started, drawn);
    }
    var attempt = started.attempt();
    holders.keep(attempt);
    meters.started(started.created());
    log(started.created() ? "started" : "resumed", attempt);
    return new Begun(
        new Open(paper(attempt.id()), attempt, clock.instant()), token, started.created());
  }

  /**
   * Draws the questions that everybody gets who takes a quiz, each in an order of one's own.
   *
   * @param dsl the transaction that makes the quiz
   */
  public void fixPaper(DSLContext dsl, Quiz quiz) {
    draws.fix(dsl, quiz);
  }

  /**
   * Gives out papers in print: begins an attempt for each of these, or finds the one whose paper is
   * out. No phone opens it, and no clock ends it.
   *
   * @param actor who gives them out
   * @return in the order of the participants
   * @throws Problem where the quiz is not open; {@code attempt.on-phone} where one of them has
   *     begun with a phone, {@code no-tries-left}; what was begun for the others stays
   */
  public List<Attempt> print(Quiz quiz, List<Participant> participants, Actor actor) {
    var arrived = clock.instant();
    var waiting = new ArrayList<CompletableFuture<Started>>();
    var papersDrawn = new ArrayList<AttemptCommand.Drawn>();
    for (var participant : participants) {
      var drawn = draws.draw(quiz);
      papersDrawn.add(drawn);
      waiting.add(
          queue.submit(
              new Start(
                  quiz,
                  participant,
                  true,
                  Optional.of(actor.code()),
                  UuidV7.at(arrived),
                  new byte[0],
                  drawn,
                  arrived)));
    }
    var attempts = new ArrayList<Attempt>();
    var refused = Optional.<Problem>empty();
    for (var i = 0; i < waiting.size(); i++) {
      try {
        var started = AttemptQueue.await(waiting.get(i));
        if (started.created()) {
          created(quiz, started, papersDrawn.get(i));
        }
        meters.started(started.created());
        log(started.created() ? "printed" : "printed again", started.attempt());
        attempts.add(started.attempt());
      } catch (Problem e) {
        refused = refused.or(() -> Optional.of(e));
      }
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
    return attempts;
  }

  private void created(Quiz quiz, Started started, AttemptCommand.Drawn drawn) {
    var origin = started.attempt().origin();
    var questions = papers.questions(drawn.paper());
    papers.keep(
        new AttemptPaper(
            origin.id(),
            quiz,
            started.attempt().participantId(),
            origin.number(),
            drawn.paper(),
            questions));
    usage.drawn(questions);
  }

  /**
   * An attempt as it stands; one that is overdue ends by that.
   *
   * @throws Problem where there is none, or the credential does not open it
   */
  public Open get(UUID id, Credential credential) {
    var paper = paper(id);
    var loaded = store.load(transactions.read(), List.of(id)).get(id);
    if (loaded == null) {
      throw Problem.notFound("no-such-attempt");
    }
    var attempt = loaded.attempt();
    Refusals.requireOpen(credential, attempt);
    if (credential instanceof Credential.Staff(var who)) {
      rights.requireReader(who, paper.quiz());
    }
    if (credential.mayAnswer()) {
      heard.from(id, paper.quiz());
    }
    var now = clock.instant();
    if (!attempt.isEnded() && AttemptRules.isOver(attempt, now)) {
      var ended = queue.write(new End(paper, credential, List.of(), true, now));
      count(ended);
      attempt = ended.attempt();
    }
    return new Open(paper, attempt, now);
  }

  /**
   * The paper of an attempt, against which responses are checked before they are saved.
   *
   * @throws Problem where there is none, or the credential is not for answering
   */
  public AttemptPaper toAnswer(UUID id, Credential credential) {
    if (!credential.mayAnswer()) {
      throw Problem.of(HttpStatus.FORBIDDEN, "not-yours");
    }
    return paper(id);
  }

  /**
   * The paper of an attempt.
   *
   * @throws Problem where there is none
   */
  public AttemptPaper paper(UUID id) {
    var paper = papers.find(transactions.read(), List.of(id)).get(id);
    if (paper == null) {
      throw Problem.notFound("no-such-attempt");
    }
    return paper;
  }

  /**
   * Saves responses; returns when all are stored, and throws when all others are.
   *
   * @param inputs each fits the paper
   * @return the deadline as it is now; absent where there is none, or nothing was saved
   * @throws Problem where the attempt has ended, its time is over, it is another's, or other
   *     responses as new are stored
   */
  public Optional<Instant> save(AttemptPaper paper, Credential credential, List<Input> inputs) {
    heard.from(paper.id(), paper.quiz());
    var arrived = clock.instant();
    var waiting =
        inputs.stream()
            .map(input -> queue.submit(new Save(paper, credential, input, arrived)))
            .toList();
    var deadline = Optional.<Instant>empty();
    var refused = Optional.<Problem>empty();
    for (var answer : waiting) {
      try {
        deadline = AttemptQueue.await(answer);
        meters.saved("saved");
      } catch (Problem e) {
        meters.saved(e.code());
        refused = refused.or(() -> Optional.of(e));
      }
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
    return deadline;
  }

  /**
   * Hands in; again gives the same.
   *
   * @param inputs responses to keep, each of which fits the paper
   */
  public Open submit(AttemptPaper paper, Credential credential, List<Input> inputs) {
    var ended = queue.write(new End(paper, credential, inputs, false, clock.instant()));
    count(ended);
    return new Open(paper, ended.attempt(), clock.instant());
  }

  /** Ends what is overdue; returns how many it found. */
  int expire(int most) {
    var now = clock.instant();
    var ids = store.overdue(transactions.read(), now.minus(ON_ITS_WAY), most);
    var waiting = new ArrayList<CompletableFuture<Ended>>();
    for (var id : ids) {
      try {
        waiting.add(
            queue.submit(new End(paper(id), new Credential.Service(), List.of(), true, now)));
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
      papers.forget(ended.attempt().id());
      meters.ended(ended.attempt().state());
      log(ended.attempt().state().code(), ended.attempt());
    }
  }

  /** Whether an attempt can still be answered. */
  public static boolean isRunning(Attempt attempt, Instant now) {
    return !attempt.isEnded() && !AttemptRules.isOver(attempt, now);
  }

  /** Whether no try is left to a participant that could count; none runs then. */
  boolean hasUsedTries(Quiz quiz, UUID participantId) {
    var own =
        ofParticipant(List.of(quiz), participantId).stream().filter(a -> !a.annulled()).toList();
    return own.stream().allMatch(Attempt::isEnded) && quiz.tries().isOver(own.size());
  }

  /** A participant's attempts at these quizzes, the last first. */
  public List<Attempt> ofParticipant(Collection<Quiz> quizzes, UUID participantId) {
    var ids = quizzes.stream().map(Quiz::id).toList();
    return store.ofParticipant(transactions.read(), ids, participantId).stream()
        .sorted(Comparator.comparingInt(Attempt::number).reversed())
        .toList();
  }

  /**
   * Everybody's newest attempt at a quiz that few take, those set aside left out, as stored: one
   * whose time is over may still run here for some seconds.
   */
  public List<Attempt> newest(Quiz quiz) {
    var byParticipant = new LinkedHashMap<UUID, Attempt>();
    store
        .ofQuiz(transactions.read(), quiz.id())
        .forEach(a -> byParticipant.put(a.participantId(), a));
    return List.copyOf(byParticipant.values());
  }

  /** The papers of attempts, those that there are. */
  public Map<UUID, AttemptPaper> papers(Collection<UUID> ids) {
    return ids.isEmpty() ? Map.of() : papers.find(transactions.read(), ids);
  }

  /** A participant's newest attempt at each quiz, the last started first. */
  public List<Attempt> newest(UUID participantId, int most) {
    return store.newest(transactions.read(), participantId, most);
  }

  /** A code by which staff recognise a submission: the first digits of a keyed digest. */
  public String receipt(Attempt attempt) {
    var endedAt = attempt.ending().map(e -> e.at().toEpochMilli()).orElse(0L);
    var digest = ByteBuffer.wrap(secrets.keyed("receipt", attempt.id() + "/" + endedAt)).getLong();
    return "%010d".formatted(Math.floorMod(digest, 10_000_000_000L));
  }

  private static void log(String event, Attempt attempt) {
    LOG.atInfo()
        .addKeyValue("attempt", attempt.id())
        .addKeyValue("number", attempt.number())
        .addKeyValue("quiz", attempt.quizId())
        .log(event);
  }
}
