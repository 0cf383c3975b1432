package yikao.quiz;

import static yikao.db.jooq.Tables.QUIZ;
import static yikao.db.jooq.Tables.QUIZ_REVISION;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
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
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.impl.DSL;
import yikao.access.Actor;
import yikao.access.Secrets;
import yikao.bank.Area;
import yikao.bank.Bank;
import yikao.db.Dialect;
import yikao.db.Lookup;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.db.jooq.tables.records.QuizRecord;
import yikao.db.jooq.tables.records.QuizRevisionRecord;
import yikao.paper.Blueprint;
import yikao.paper.Draw;
import yikao.quiz.QuizEdit.StartedQuizzes;
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
  private final Bank bank;
  private final Admissions admissions;
  private final LoadingCache<String, Optional<Quiz>> byCode;
  private final LoadingCache<Revision, Quiz> byRevision;
  private final LoadingCache<Boolean, List<Quiz>> listed;

  private record Revision(long quizId, int revision) {}

  Quizzes(
      Transactions transactions,
      ObjectMapper json,
      Secrets secrets,
      NodeClock clock,
      Bank bank,
      Admissions admissions) {
    this.transactions = transactions;
    this.json = json;
    this.secrets = secrets;
    this.clock = clock;
    this.bank = bank;
    this.admissions = admissions;
    this.byCode =
        Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(FRESH)
            .build(code -> one(transactions.read(), QUIZ.CODE.eq(code)));
    this.byRevision = Caffeine.newBuilder().maximumSize(2_000).build(this::revision);
    this.listed = Caffeine.newBuilder().expireAfterWrite(FRESH).build(_ -> loadListed());
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

  /** The quiz as it was in a revision. */
  public Quiz get(long quizId, int revision) {
    return byRevision.get(new Revision(quizId, revision));
  }

  /** The quiz of a code, as it is now in the database. */
  public Quiz current(DSLContext dsl, String code) {
    return one(dsl, QUIZ.CODE.eq(code)).orElseThrow();
  }

  /** The quizzes offered to everybody, open now or later, the oldest first. */
  public List<Quiz> listed() {
    var now = clock.instant();
    return listed.get(true).stream().filter(q -> !q.window().isAfter(now)).toList();
  }

  private List<Quiz> loadListed() {
    return select(transactions.read(), DSL.noCondition()).stream()
        .filter(q -> q.about().listed())
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
    var quiz = QuizReader.read(new Quiz.Version(0, newCode(), 1), spec, admissions::serve);
    checkFilled(quiz.blueprint());
    transactions.write(dsl -> {
      var now = clock.instant();
      var id =
          dsl.insertInto(QUIZ)
              .set(QUIZ.CODE, quiz.code())
              .set(QUIZ.REVISION, 1)
              .set(QUIZ.AMENDMENTS, 0)
              .set(QUIZ.EXTENSIONS, 0)
              .set(QUIZ.EXTENDED_MINUTES, 0)
              .set(QUIZ.CREATED_AT, now)
              .returningResult(QUIZ.ID)
              .fetchSingle()
              .value1();
      insertRevision(dsl, actor, id, 1, spec, now);
      return id;
    });
    return changed(quiz.code());
  }

  /**
   * Edits a quiz: a new revision. After the first attempt only what cannot hurt a running one may
   * change.
   *
   * @throws Problem where a field is wrong or may not change any more
   */
  Quiz edit(Actor actor, String code, QuizSpec spec, StartedQuizzes started) {
    transactions.write(dsl -> {
      var old = held(dsl, QUIZ.CODE.eq(code));
      var next =
          QuizReader.read(
              new Quiz.Version(old.id(), code, old.revision() + 1), spec, admissions::serve);
      if (started.hasAttempts(dsl, old.id())) {
        QuizEdit.check(old, next);
      }
      if (!next.blueprint().equals(old.blueprint())) {
        checkFilled(next.blueprint());
      }
      insertRevision(dsl, actor, old.id(), next.revision(), spec, clock.instant());
      return dsl.update(QUIZ)
          .set(QUIZ.REVISION, next.revision())
          .where(QUIZ.ID.eq(old.id()))
          .execute();
    });
    return changed(code);
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
   * Counts one more extension of a quiz.
   *
   * @param known how many the one who extends knows of
   * @param alongside what else belongs to the transaction, given the number of this one
   * @throws Problem {@code extension.stale} where there is another one since
   */
  public <R> R extend(
      Quiz quiz, Duration by, int known, BiFunction<DSLContext, Integer, R> alongside) {
    return change(
        quiz,
        (dsl, held) -> {
          var before = held.changes().extensions();
          if (before != known) {
            throw Problem.conflict("extension.stale", before);
          }
          dsl.update(QUIZ)
              .set(QUIZ.EXTENSIONS, before + 1)
              .set(QUIZ.EXTENDED_MINUTES, QUIZ.EXTENDED_MINUTES.plus((int) by.toMinutes()))
              .where(QUIZ.ID.eq(quiz.id()))
              .execute();
          return alongside.apply(dsl, before + 1);
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
    listed.invalidateAll();
    return get(code);
  }

  /** What an editor wrote in the current revision. */
  QuizSpec spec(Quiz quiz) {
    return decode(
        transactions
            .read()
            .select(QUIZ_REVISION.CONTENT)
            .from(QUIZ_REVISION)
            .where(QUIZ_REVISION.QUIZ_ID.eq(quiz.id()))
            .and(QUIZ_REVISION.REVISION.eq(quiz.revision()))
            .fetchSingle()
            .value1());
  }

  private void checkFilled(Blueprint blueprint) {
    var cited = bank.pool().documents();
    for (var document : blueprint.documents()) {
      if (!cited.contains(document)) {
        throw Problem.invalid("documents", "quiz.no-such-document", document);
      }
    }
    var codes = bank.areas().stream().map(Area::code).toList();
    for (var i = 0; i < blueprint.sections().size(); i++) {
      for (var quota : blueprint.sections().get(i).areas()) {
        if (!codes.contains(quota.area())) {
          throw Problem.invalid(
              "sections[%d].areas".formatted(i), "quiz.no-such-area", quota.area());
        }
      }
    }
    var shortage = Draw.shortage(blueprint, bank.pool());
    if (shortage.isPresent()) {
      throw Problem.invalid(
          "sections[%d].count".formatted(shortage.get().section() - 1),
          "quiz.pool-short",
          shortage.get().section(),
          shortage.get().missing());
    }
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
    return QuizReader.read(version, decode(revision.getContent()), _ -> true)
        .with(
            new Quiz.Changes(
                quiz.getAmendments(),
                quiz.getExtensions(),
                Duration.ofMinutes(quiz.getExtendedMinutes())));
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
