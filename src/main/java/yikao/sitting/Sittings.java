package yikao.sitting;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Actor;
import yikao.access.Secrets;
import yikao.attempt.Attempt;
import yikao.attempt.Attempts;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.org.Organisation;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.quiz.Rosters;
import yikao.remark.PromptWindow;
import yikao.web.Problem;

/** Sessions: opened, prolonged, ended, and who was there. */
@Singleton
public final class Sittings {
  /** How old a cached one may be; another node's change is seen by then. */
  private static final Duration FRESH = Duration.ofMillis(700);

  private static final Logger LOG = LoggerFactory.getLogger(Sittings.class);
  private static final int CODES = 1_000_000;
  private static final int MOST_TRIES = 50;

  private final Transactions transactions;
  private final Quizzes quizzes;
  private final Attempts attempts;
  private final PromptWindow window;
  private final OpenSittings codes;
  private final Secrets secrets;
  private final NodeClock clock;
  private final AuditLog audit;
  private final LoadingCache<String, List<Rosters.Listed>> listed;

  Sittings(
      Transactions transactions,
      Quizzes quizzes,
      Rosters rosters,
      Attempts attempts,
      PromptWindow window,
      OpenSittings codes,
      Secrets secrets,
      NodeClock clock,
      AuditLog audit) {
    this.transactions = transactions;
    this.quizzes = quizzes;
    this.attempts = attempts;
    this.window = window;
    this.codes = codes;
    this.secrets = secrets;
    this.clock = clock;
    this.audit = audit;
    this.listed =
        Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(FRESH)
            .build(quiz -> rosters.listed(quizzes.get(quiz)));
  }

  /** What a session asks. */
  sealed interface What {
    /** A prepared quiz. */
    record Prepared(Quiz quiz) implements What {}

    /**
     * Questions of an area.
     *
     * @param title of the quiz that is made
     */
    record OfTopic(Quizzes.Topic topic, String title) implements What {}
  }

  /**
   * How a session is opened.
   *
   * @param id of the session: asked for again it is opened once
   * @param time for how long, whole minutes
   */
  record Opening(
      UUID id, Organisation branch, What what, Duration time, String host, String place) {}

  /**
   * Opens a session: makes its quiz, for those who are members of the branch now.
   *
   * @throws Problem where the pool cannot fill its blueprint
   */
  Sitting open(Actor actor, Opening opening) {
    var known = opened(opening);
    if (known.isPresent()) {
      return known.get();
    }
    try {
      var opened = transactions.write(dsl -> open(dsl, actor, opening));
      codes.changed(opened);
      return opened;
    } catch (RuntimeException e) {
      // twice at the same moment
      return opened(opening).orElseThrow(() -> e);
    }
  }

  /** The session where it was opened before, by a form that was sent twice. */
  private Optional<Sitting> opened(Opening opening) {
    return SittingStore.find(transactions.read(), opening.id())
        .filter(s -> s.organisationId() == opening.branch().id());
  }

  private Sitting open(DSLContext dsl, Actor actor, Opening opening) {
    var quiz = quiz(dsl, actor, opening);
    // what was missed can be talked through only where all were asked the same
    attempts.fixPaper(dsl, quiz);
    var sitting = insert(dsl, actor, opening, quiz);
    audit.append(dsl, actor.change("sitting.open", sitting.subject(), "", Quizzes.subject(quiz)));
    return sitting;
  }

  private Quiz quiz(DSLContext dsl, Actor actor, Opening opening) {
    return switch (opening.what()) {
      case What.Prepared(var from) ->
          quizzes.derive(dsl, actor, from, from.title(), opening.branch(), opening.time());
      case What.OfTopic(var topic, var title) ->
          quizzes.derive(dsl, actor, topic, title, opening.branch(), opening.time());
    };
  }

  private Sitting insert(DSLContext dsl, Actor actor, Opening opening, Quiz quiz) {
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      var sitting =
          new Sitting(
              opening.id(),
              opening.branch().id(),
              quiz.code(),
              Optional.of(newCode()),
              opening.host(),
              opening.place(),
              quiz.window().opens().orElseThrow(),
              quiz.window().closes().orElseThrow(),
              Optional.empty(),
              Optional.empty(),
              1);
      if (SittingStore.insert(dsl, sitting, quiz.id(), actor.code())) {
        return sitting;
      }
    }
    throw new IllegalStateException("no join code is free");
  }

  private String newCode() {
    var bytes = new byte[Long.BYTES];
    secrets.random(bytes);
    return "%06d".formatted(Math.floorMod(ByteBuffer.wrap(bytes).getLong(), CODES));
  }

  /**
   * A session as it is now.
   *
   * @throws Problem {@code no-such-sitting}
   */
  public Sitting get(UUID id) {
    return SittingStore.find(transactions.read(), id)
        .orElseThrow(() -> Problem.notFound("no-such-sitting"));
  }

  /** The last sessions of organisations, all where none are named. */
  List<Sitting> list(Optional<List<Long>> organisations, Optional<Instant> before, int most) {
    return SittingStore.list(transactions.read(), organisations, before, most);
  }

  /** The quiz of a session. */
  public Quiz quiz(Sitting sitting) {
    return quizzes.get(sitting.quiz());
  }

  /** Who should take part, by name. */
  public List<Rosters.Listed> listed(Sitting sitting) {
    return listed.get(sitting.quiz());
  }

  /** Everybody's attempt, by member. */
  public Map<UUID, Attempt> attempts(Sitting sitting) {
    return attempts.newest(quiz(sitting)).stream()
        .collect(Collectors.toMap(Attempt::participantId, a -> a));
  }

  Map<UUID, Attendance> attendance(Sitting sitting) {
    return SittingStore.attendance(transactions.read(), sitting.id());
  }

  /** How far a session is. */
  enum Phase {
    OPEN,
    /** Its time is over, and what was answered is handed in. */
    COLLECTING,
    /**
     * Everybody has handed in, but for papers in print that are still to be typed in; keys and
     * scores may be shown.
     */
    ENDED
  }

  /** How far a session is, with these attempts at its quiz. */
  Phase phase(Sitting sitting, Map<UUID, Attempt> taken) {
    var quiz = quiz(sitting);
    var now = clock.instant();
    if (quiz.window().closes().filter(now::isBefore).isPresent()) {
      return Phase.OPEN;
    }
    var isOver = quiz.over().filter(now::isAfter).isPresent();
    return isOver && taken.values().stream().allMatch(a -> a.isEnded() || a.isOnPaper())
        ? Phase.ENDED
        : Phase.COLLECTING;
  }

  // changes

  private Sitting seen(UUID id, int version) {
    var sitting = get(id);
    if (sitting.version() != version) {
      throw stale();
    }
    return sitting;
  }

  private static Problem stale() {
    return Problem.of(HttpStatus.PRECONDITION_FAILED, "sitting.stale");
  }

  private static void require(boolean isDone) {
    if (!isDone) {
      throw stale();
    }
  }

  private Sitting changed(Sitting before) {
    codes.changed(before);
    quizzes.changed(before.quiz());
    return get(before.id());
  }

  /**
   * Ends a session before its time; what was answered is handed in by the server.
   *
   * @param version that the actor has seen
   */
  Sitting end(Actor actor, UUID id, int version) {
    var seen = openOne(id, version);
    var quiz = quizzes.changed(seen.quiz());
    window.close(
        actor,
        quiz,
        seen.subject(),
        dsl -> {
          var at = quizzes.current(dsl, quiz.code()).window().closes().orElseThrow();
          require(SittingStore.end(dsl, seen, at));
          audit.append(dsl, actor.change("sitting.end", seen.subject(), "", ""));
          return at;
        });
    return changed(seen);
  }

  private Sitting openOne(UUID id, int version) {
    var seen = seen(id, version);
    if (!seen.isOpen() || !clock.instant().isBefore(seen.closesAt())) {
      throw Problem.conflict("sitting.ended");
    }
    return seen;
  }

  /**
   * Gives everybody more time.
   *
   * @param by whole minutes
   * @param version that the actor has seen
   */
  Sitting prolong(Actor actor, UUID id, Duration by, int version) {
    var seen = openOne(id, version);
    var quiz = quizzes.changed(seen.quiz());
    window.prolong(
        actor,
        quiz,
        by,
        quiz.changes().extensions(),
        seen.subject(),
        dsl -> {
          var at = quizzes.current(dsl, quiz.code()).window().closes().orElseThrow();
          require(SittingStore.closesAt(dsl, seen, at));
          audit.append(
              dsl,
              actor.change(
                  "sitting.prolong", seen.subject(), seen.closesAt().toString(), at.toString()));
          return at;
        });
    return changed(seen);
  }

  /** Ends the sessions whose time is over; returns how many it has ended or found prolonged. */
  int endOverdue(int most) {
    var done = 0;
    for (var sitting : SittingStore.overdue(transactions.read(), clock.instant(), most)) {
      try {
        endOverdue(sitting);
        done++;
      } catch (RuntimeException e) {
        // the others do not wait for it
        LOG.atError().addKeyValue("sitting", sitting.id()).setCause(e).log("cannot be ended");
      }
    }
    return done;
  }

  private void endOverdue(Sitting sitting) {
    // its quiz may have been extended as any other
    var closes = quizzes.changed(sitting.quiz()).window().closes().orElseThrow();
    transactions.write(dsl ->
        clock.instant().isBefore(closes)
            ? SittingStore.closesAt(dsl, sitting, closes)
            : SittingStore.end(dsl, sitting, closes));
    codes.changed(sitting);
  }

  /**
   * Says who was there; what was confirmed has to be confirmed again.
   *
   * @param version that the actor has seen
   */
  Sitting attend(Actor actor, UUID id, int version, List<Attendance> entries) {
    var seen = seen(id, version);
    var members = listed(seen).stream().map(Rosters.Listed::member).collect(Collectors.toSet());
    if (!members.containsAll(entries.stream().map(Attendance::member).toList())) {
      throw Problem.invalid("members", "sitting.not-listed");
    }
    transactions.write(dsl -> {
      require(SittingStore.unconfirm(dsl, seen));
      SittingStore.replace(dsl, id, entries);
      audit.append(
          dsl,
          actor.change("sitting.attendance", seen.subject(), "", Integer.toString(entries.size())));
      return seen;
    });
    return get(id);
  }

  /**
   * Confirms the account of a session that is over.
   *
   * @param version that the actor has seen
   * @throws Problem where it goes on, a paper is out, or nothing is said of somebody who did not
   *     take part
   */
  Sitting confirm(Actor actor, UUID id, int version) {
    var seen = seen(id, version);
    var taken = attempts(seen);
    if (phase(seen, taken) != Phase.ENDED) {
      throw Problem.conflict("sitting.running");
    }
    var out = taken.values().stream().filter(a -> !a.isEnded()).count();
    if (out > 0) {
      throw Problem.conflict("sitting.papers-out", out);
    }
    var said = attendance(seen);
    var open =
        listed(seen).stream()
            .map(Rosters.Listed::member)
            .filter(m -> !taken.containsKey(m) && !said.containsKey(m))
            .count();
    if (open > 0) {
      throw Problem.conflict("sitting.attendance-open", open);
    }
    transactions.write(dsl -> {
      require(SittingStore.confirm(dsl, seen, clock.instant(), actor.code()));
      audit.append(dsl, actor.change("sitting.confirm", seen.subject(), "", "version " + version));
      return seen;
    });
    return get(id);
  }
}
