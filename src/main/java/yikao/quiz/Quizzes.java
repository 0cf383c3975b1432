package yikao.quiz;

import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.QUIZ_REVISION;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.impl.DSL;
import yikao.access.Actor;
import yikao.access.Secrets;
import yikao.audit.AuditLog;
import yikao.bank.Bank;
import yikao.db.Dialect;
import yikao.db.Lookup;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.db.jooq.tables.records.QuizRecord;
import yikao.db.jooq.tables.records.QuizRevisionRecord;
import yikao.org.Organisation;
import yikao.quiz.Policies.EntryPolicy;
import yikao.web.Problem;

/** The quizzes: created, edited by new revisions, read through caches that notice a change soon. */
@Singleton
public final class Quizzes {
  /** How old a cached quiz may be; another node's edit is seen by then. */
  private static final Duration FRESH = Duration.ofMillis(700);

  private static final Lookup<Record3<Long, Integer, Integer>> HELD =
      new Lookup<>(Quizzes::selectHeld);

  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int CODE_LENGTH = 10;
  private static final Pattern CODE = Pattern.compile("[%s]{1,20}".formatted(ALPHABET));

  private final Transactions transactions;
  private final ObjectMapper json;
  private final Secrets secrets;
  private final NodeClock clock;
  private final AuditLog audit;
  private final BlueprintCheck blueprints;
  private final Admissions admissions;
  private final Rosters rosters;
  private final Bank bank;
  private final LoadingCache<String, Optional<Quiz>> byCode;
  private final LoadingCache<Revision, Quiz> byRevision;
  private final LoadingCache<Boolean, List<Quiz>> offered;

  private record Revision(long quizId, int revision) {}

  Quizzes(
      Transactions transactions,
      ObjectMapper json,
      Secrets secrets,
      NodeClock clock,
      AuditLog audit,
      BlueprintCheck blueprints,
      Admissions admissions,
      Rosters rosters,
      Bank bank) {
    this.transactions = transactions;
    this.json = json;
    this.secrets = secrets;
    this.clock = clock;
    this.audit = audit;
    this.blueprints = blueprints;
    this.admissions = admissions;
    this.rosters = rosters;
    this.bank = bank;
    this.byCode =
        Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(FRESH)
            .build(code -> one(transactions.read(), QUIZ.CODE.eq(code)));
    this.byRevision = Caffeine.newBuilder().maximumSize(2_000).build(this::revision);
    this.offered =
        Caffeine.newBuilder()
            .expireAfterWrite(FRESH)
            .build(_ -> select(transactions.read(), QUIZ.OFFERED.isTrue()));
  }

  /** Whether a text has the form of a quiz's code. */
  public static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  /**
   * The quiz of a code, in its current revision.
   *
   * @throws Problem {@code no-such-quiz}
   */
  public Quiz get(String code) {
    return byCode.get(code).orElseThrow(() -> Problem.notFound("no-such-quiz"));
  }

  /** The same, where there is one. */
  public Optional<Quiz> find(String code) {
    return byCode.get(code);
  }

  /** The quiz as it was in a revision. */
  public Quiz get(long quizId, int revision) {
    return byRevision.get(new Revision(quizId, revision));
  }

  /** The quiz of a code, as it is now in the database. */
  public Quiz current(DSLContext dsl, String code) {
    return one(dsl, QUIZ.CODE.eq(code)).orElseThrow();
  }

  /** The code of a quiz. */
  String code(DSLContext dsl, long quizId) {
    return dsl.select(QUIZ.CODE).from(QUIZ).where(QUIZ.ID.eq(quizId)).fetchSingle().value1();
  }

  /** The quizzes offered to everybody, open now or later, the oldest first. */
  public List<Quiz> listed() {
    var now = clock.instant();
    return offered.get(true).stream()
        .filter(q -> q.about().listed() && !q.window().isAfter(now))
        .toList();
  }

  /**
   * Quizzes as they are now, the newest first.
   *
   * @param below those that were made before this one; absent: from the newest
   */
  public List<Quiz> newest(Optional<Long> below, int most) {
    return transactions
        .read()
        .select(QUIZ, QUIZ_REVISION)
        .from(QUIZ)
        .join(QUIZ_REVISION)
        .on(QUIZ_REVISION.QUIZ_ID.eq(QUIZ.ID))
        .and(QUIZ_REVISION.REVISION.eq(QUIZ.REVISION))
        .where(below.<Condition>map(QUIZ.ID::lt).orElseGet(DSL::noCondition))
        .orderBy(QUIZ.ID.desc())
        .limit(most)
        .fetch(row -> quiz(row.value1(), row.value2()));
  }

  /** Quizzes as they are now, the oldest first. */
  public List<Quiz> byIds(Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : select(transactions.read(), QUIZ.ID.eq(DSL.any(ids.toArray(new Long[0]))));
  }

  /**
   * The quizzes that a session may be made from: those offered to everybody, and those of these
   * organisations, open now or later, the oldest first.
   */
  public List<Quiz> prepared(Set<String> organisations) {
    var now = clock.instant();
    return offered.get(true).stream()
        .filter(q -> !q.window().isAfter(now))
        .filter(q ->
            q.about().listed()
                || q.about().organisation().filter(organisations::contains).isPresent())
        .toList();
  }

  /** Whether no quiz was ever made. */
  boolean isEmpty() {
    return !transactions.read().fetchExists(QUIZ);
  }

  /**
   * Creates a quiz.
   *
   * @throws Problem where a field is wrong or the pool cannot fill the blueprint
   */
  Quiz create(Actor actor, QuizSpec spec) {
    var quiz = QuizReader.read(new Quiz.Version(0, newCode(), 1), spec, this::byHand);
    blueprints.check(quiz.blueprint());
    transactions.write(dsl -> {
      var id = insert(dsl, actor, quiz, spec, Optional.empty());
      rosters.plan(dsl, id, quiz);
      if (!actor.equals(Actor.SYSTEM)) {
        audit.append(dsl, actor.change("quiz.create", subject(quiz), "", "revision 1"));
      }
      return id;
    });
    return changed(quiz.code());
  }

  private long insert(
      DSLContext dsl, Actor actor, Quiz quiz, QuizSpec spec, Optional<Long> parent) {
    var now = clock.instant();
    var id =
        dsl.insertInto(QUIZ)
            .set(QUIZ.CODE, quiz.code())
            .set(QUIZ.REVISION, 1)
            .set(QUIZ.AMENDMENTS, 0)
            .set(QUIZ.EXTENSIONS, 0)
            .set(QUIZ.PARENT_ID, parent.orElse(null))
            .set(QUIZ.OFFERED, quiz.entry() != EntryPolicy.JOIN_CODE)
            .set(QUIZ.CREATED_AT, now)
            .returningResult(QUIZ.ID)
            .fetchSingle()
            .value1();
    insertRevision(dsl, actor, id, 1, spec, now);
    return id;
  }

  /** A quiz that one comes into by the code of a session is made by opening that session. */
  private boolean byHand(EntryPolicy entry) {
    return entry != EntryPolicy.JOIN_CODE && admissions.serve(entry);
  }

  /**
   * Makes a quiz of its own from a prepared one, as its content is now: open at once, for those who
   * are members of an organisation at this moment, whoever may enter the prepared one.
   *
   * @param dsl the transaction that what it is made for belongs to
   * @param organisation code of the one whose members should take part, with none below it
   * @param time for how long it is open
   * @throws Problem where the pool cannot fill its blueprint any more
   */
  public Quiz derive(
      DSLContext dsl,
      Actor actor,
      Quiz parent,
      String title,
      Organisation organisation,
      Duration time) {
    return derive(
        dsl, actor, spec(dsl, parent), Optional.of(parent.id()), title, organisation, time);
  }

  /**
   * Makes a quiz of its own from a topic: so many questions of one area, otherwise as from a
   * prepared one.
   *
   * @throws Problem where there is no such area, or it has too few questions
   */
  public Quiz derive(
      DSLContext dsl,
      Actor actor,
      Topic topic,
      String title,
      Organisation organisation,
      Duration time) {
    var spec = QuizSpec.of(TopicSections.of(bank.pool(), topic.area(), topic.questions()));
    return derive(dsl, actor, spec, Optional.empty(), title, organisation, time);
  }

  /**
   * What a session without a prepared quiz asks about.
   *
   * @param area its code
   * @param questions how many, at least 1
   */
  public record Topic(String area, int questions) {}

  private Quiz derive(
      DSLContext dsl,
      Actor actor,
      QuizSpec from,
      Optional<Long> parent,
      String title,
      Organisation organisation,
      Duration time) {
    var now = clock.instant();
    var spec = from.derived(title, organisation.code(), now, now.plus(time));
    var quiz = QuizReader.read(new Quiz.Version(0, newCode(), 1), spec, admissions::serve);
    blueprints.check(quiz.blueprint());
    var id = insert(dsl, actor, quiz, spec, parent);
    rosters.freezeNow(dsl, id, organisation.id(), quiz.entrance().roster().orElseThrow(), now);
    return current(dsl, quiz.code());
  }

  /**
   * An edited quiz.
   *
   * @param moves the job by which the deadlines of its attempts follow its window, where that moved
   */
  record Edited(Quiz quiz, Optional<UUID> moves) {}

  /** What an edit has to know of attempts. */
  record Attempts(QuizEdit.StartedQuizzes started, QuizEdit.WindowMoves moves) {}

  /**
   * Edits a quiz: a new revision. After the first attempt only what cannot hurt a running one may
   * change.
   *
   * @param seen the revision that the editor has seen; absent: whichever there is
   * @throws Problem where a field is wrong or may not change any more, or another was faster
   */
  Edited edit(Actor actor, String code, Optional<Integer> seen, QuizSpec spec, Attempts attempts) {
    var moves =
        transactions.write(dsl -> {
          var old = held(dsl, QUIZ.CODE.eq(code));
          requireSeen(old, seen);
          if (old.entry() == EntryPolicy.JOIN_CODE) {
            throw Problem.conflict("quiz.of-sitting");
          }
          var next =
              QuizReader.read(
                  new Quiz.Version(old.id(), code, old.revision() + 1),
                  spec,
                  entry -> entry == old.entry() || byHand(entry));
          var isStarted = attempts.started().hasAttempts(dsl, old.id());
          if (isStarted) {
            QuizEdit.check(old, next, hasShownKeys(dsl, old));
          }
          if (!next.blueprint().equals(old.blueprint())) {
            blueprints.check(next.blueprint());
          }
          Rosters.check(dsl, old, next);
          revise(dsl, actor, old, spec);
          rosters.plan(dsl, old.id(), next);
          var ordered =
              isStarted && !next.window().closes().equals(old.window().closes())
                  ? Optional.of(attempts.moves().order(dsl, actor, code))
                  : Optional.<UUID>empty();
          revised(dsl, actor, "quiz.edit", old);
          return ordered;
        });
    return new Edited(changed(code), moves);
  }

  /**
   * Whether keys were shown because everybody had ended: by a quiz as it is, or by an earlier
   * revision of it since whose end it was never open again.
   */
  private boolean hasShownKeys(DSLContext dsl, Quiz quiz) {
    var since =
        dsl.select(QUIZ_REVISION.REVISION, QUIZ_REVISION.CREATED_AT)
            .from(QUIZ_REVISION)
            .where(QUIZ_REVISION.QUIZ_ID.eq(quiz.id()))
            .fetchMap(QUIZ_REVISION.REVISION, QUIZ_REVISION.CREATED_AT);
    var until = clock.instant();
    for (var revision = quiz.revision(); revision > 0; revision--) {
      var then = get(quiz.id(), revision);
      if (!then.isOver(until)) {
        return false;
      }
      if (then.hasShownKeys(until)) {
        return true;
      }
      until = Objects.requireNonNull(since.get(revision));
    }
    return false;
  }

  private static void requireSeen(Quiz quiz, Optional<Integer> seen) {
    if (seen.isPresent() && seen.get() != quiz.revision()) {
      throw Problem.of(HttpStatus.PRECONDITION_FAILED, "quiz.stale", quiz.revision());
    }
  }

  private void revise(DSLContext dsl, Actor actor, Quiz old, QuizSpec spec) {
    insertRevision(dsl, actor, old.id(), old.revision() + 1, spec, clock.instant());
    dsl.update(QUIZ).set(QUIZ.REVISION, old.revision() + 1).where(QUIZ.ID.eq(old.id())).execute();
  }

  /**
   * Closes a quiz, at a moment that may be earlier than it says or where it says none.
   *
   * @param seen the revision that the actor has seen
   * @param reason why
   * @param at decided on the quiz as it is held
   * @param alongside what else belongs to the transaction
   */
  public <R> R close(
      Actor actor,
      Quiz quiz,
      int seen,
      String reason,
      BiFunction<DSLContext, Quiz, Instant> at,
      Function<DSLContext, R> alongside) {
    return change(
        quiz,
        (dsl, held) -> {
          requireSeen(held, Optional.of(seen));
          revise(dsl, actor, held, spec(dsl, held).withCloses(at.apply(dsl, held)));
          dsl.update(QUIZ_REVISION)
              .set(QUIZ_REVISION.REASON, reason)
              .where(QUIZ_REVISION.QUIZ_ID.eq(held.id()))
              .and(QUIZ_REVISION.REVISION.eq(held.revision() + 1))
              .execute();
          var result = alongside.apply(dsl);
          revised(dsl, actor, "quiz.close", held);
          return result;
        });
  }

  /** What a quiz is in the audit log. */
  public static String subject(Quiz quiz) {
    return "quiz:" + quiz.code();
  }

  private void revised(DSLContext dsl, Actor actor, String action, Quiz before) {
    audit.append(
        dsl,
        actor.change(
            action,
            subject(before),
            "revision " + before.revision(),
            "revision " + (before.revision() + 1)));
  }

  /** A quiz as it is now, held against everybody else until the transaction ends. */
  private Quiz held(DSLContext dsl, Condition which) {
    dsl.select(QUIZ.ID).from(QUIZ).where(which).forUpdate().fetch();
    return one(dsl, which).orElseThrow(() -> Problem.notFound("no-such-quiz"));
  }

  /**
   * Counts one more amendment of a quiz.
   *
   * @param known how many the one who amends knows of
   * @param alongside what else belongs to the transaction, given the number of this one; every
   *     group that ends attempts without knowing of it is committed by then
   * @throws Problem {@code amendment.stale} where there is another one since
   */
  public <R> R amend(Quiz quiz, int known, BiFunction<DSLContext, Integer, R> alongside) {
    return change(
        quiz,
        (dsl, held) -> {
          var before = held.changes().amendments();
          if (before != known) {
            throw Problem.conflict("amendment.stale");
          }
          dsl.update(QUIZ).set(QUIZ.AMENDMENTS, before + 1).where(QUIZ.ID.eq(quiz.id())).execute();
          return alongside.apply(dsl, before + 1);
        });
  }

  /**
   * Counts one more extension of a quiz, closes it later by as much, where it closes, and starts
   * attempts as much longer. It is a new revision in any case: a start under way that does not know
   * of the extension is not stored.
   *
   * @param known how many the one who extends knows of
   * @param alongside what else belongs to the transaction, given the quiz as it is extended
   * @throws Problem {@code extension.stale} where there is another one since; {@code
   *     extension.keys-shown} where participants have seen the keys
   */
  public <R> R extend(
      Actor actor, Quiz quiz, Duration by, int known, BiFunction<DSLContext, Quiz, R> alongside) {
    return change(
        quiz,
        (dsl, held) -> {
          var before = held.changes().extensions();
          if (before != known) {
            throw Problem.conflict("extension.stale", before);
          }
          if (hasShownKeys(dsl, held)) {
            throw Problem.conflict("extension.keys-shown");
          }
          dsl.update(QUIZ).set(QUIZ.EXTENSIONS, before + 1).where(QUIZ.ID.eq(quiz.id())).execute();
          revise(dsl, actor, held, spec(dsl, held).extended(by));
          var result = alongside.apply(dsl, current(dsl, held.code()));
          revised(dsl, actor, "quiz.extend", held);
          return result;
        });
  }

  /** What the database says of a quiz, now. */
  public record Held(int revision, int amendments) {}

  /**
   * Quizzes as they are now, held against those who edit or amend them until the transaction ends;
   * groups do not wait for each other.
   */
  public Map<Long, Held> hold(DSLContext dsl, Collection<Long> quizIds) {
    var held = new HashMap<Long, Held>();
    if (!quizIds.isEmpty()) {
      HELD.fetch(
          dsl,
          r -> held.put(r.value1(), new Held(r.value2(), r.value3())),
          (Object[]) quizIds.toArray(new Long[0]));
    }
    return held;
  }

  private static Select<Record3<Long, Integer, Integer>> selectHeld(DSLContext dsl) {
    var select =
        dsl.select(QUIZ.ID, QUIZ.REVISION, QUIZ.AMENDMENTS)
            .from(QUIZ)
            .where(Lookup.among(QUIZ.ID))
            .orderBy(QUIZ.ID);
    // on H2, with its one writer, a lock of the whole row costs nobody anything
    return Dialect.of(dsl) == Dialect.H2 ? select.forUpdate() : select.forKeyShare();
  }

  private <R> R change(Quiz quiz, BiFunction<DSLContext, Quiz, R> work) {
    var result = transactions.write(dsl -> work.apply(dsl, held(dsl, QUIZ.ID.eq(quiz.id()))));
    changed(quiz.code());
    return result;
  }

  /** A quiz as it is now, whatever is cached. */
  public Quiz changed(String code) {
    byCode.invalidate(code);
    offered.invalidateAll();
    return get(code);
  }

  /** What an editor wrote in the current revision. */
  QuizSpec spec(Quiz quiz) {
    return spec(transactions.read(), quiz);
  }

  private QuizSpec spec(DSLContext dsl, Quiz quiz) {
    return decode(
        dsl.select(QUIZ_REVISION.CONTENT)
            .from(QUIZ_REVISION)
            .where(QUIZ_REVISION.QUIZ_ID.eq(quiz.id()))
            .and(QUIZ_REVISION.REVISION.eq(quiz.revision()))
            .fetchSingle()
            .value1());
  }

  private Quiz revision(Revision key) {
    return select(
            transactions.read(),
            QUIZ.ID.eq(key.quizId()),
            QUIZ_REVISION.REVISION.eq(key.revision()))
        .getFirst();
  }

  private Optional<Quiz> one(DSLContext dsl, Condition which) {
    return select(dsl, which).stream().findFirst();
  }

  private List<Quiz> select(DSLContext dsl, Condition which) {
    return select(dsl, which, QUIZ_REVISION.REVISION.eq(QUIZ.REVISION));
  }

  private List<Quiz> select(DSLContext dsl, Condition which, Condition revision) {
    return dsl.select(QUIZ, QUIZ_REVISION)
        .from(QUIZ)
        .join(QUIZ_REVISION)
        .on(QUIZ_REVISION.QUIZ_ID.eq(QUIZ.ID))
        .and(revision)
        .where(which)
        .orderBy(QUIZ.ID)
        .fetch(row -> quiz(row.value1(), row.value2()));
  }

  private Quiz quiz(QuizRecord quiz, QuizRevisionRecord revision) {
    var version = new Quiz.Version(quiz.getId(), quiz.getCode(), revision.getRevision());
    return QuizReader.stored(version, decode(revision.getContent()))
        .with(new Quiz.Changes(quiz.getAmendments(), quiz.getExtensions()));
  }

  private void insertRevision(
      DSLContext dsl, Actor actor, long id, int revision, QuizSpec spec, Instant now) {
    dsl.insertInto(QUIZ_REVISION)
        .set(QUIZ_REVISION.QUIZ_ID, id)
        .set(QUIZ_REVISION.REVISION, revision)
        .set(QUIZ_REVISION.CONTENT, encode(spec))
        .set(QUIZ_REVISION.ACTOR, actor.code())
        .set(QUIZ_REVISION.CREATED_AT, now)
        .execute();
  }

  private QuizSpec decode(String content) {
    try {
      return Objects.requireNonNull(json.readValue(content, QuizSpec.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String encode(QuizSpec spec) {
    try {
      return json.writeValueAsString(spec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String newCode() {
    var bytes = new byte[CODE_LENGTH];
    secrets.random(bytes);
    var code = new StringBuilder();
    for (var b : bytes) {
      code.append(ALPHABET.charAt(Math.floorMod(b, ALPHABET.length())));
    }
    return code.toString();
  }
}
