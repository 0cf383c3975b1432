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
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record6;
import org.jspecify.annotations.Nullable;
import yikao.access.Secrets;
import yikao.bank.Bank;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.paper.Blueprint;
import yikao.paper.Draw;
import yikao.quiz.QuizEdit.Usage;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;

/** The quizzes: created, edited by new revisions, read through caches that notice a change soon. */
@Singleton
public final class Quizzes {
  /** How old a cached quiz may be; another node's edit is seen by then. */
  private static final Duration FRESH = Duration.ofMillis(700);

  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int CODE_LENGTH = 10;

  private final Transactions transactions;
  private final ObjectMapper json;
  private final Secrets secrets;
  private final NodeClock clock;
  private final Bank bank;
  private final LoadingCache<String, Optional<Quiz>> byCode;
  private final LoadingCache<Revision, Quiz> byRevision;
  private final LoadingCache<Boolean, List<Quiz>> listed;

  private record Revision(long quizId, int revision) {}

  Quizzes(
      Transactions transactions, ObjectMapper json, Secrets secrets, NodeClock clock, Bank bank) {
    this.transactions = transactions;
    this.json = json;
    this.secrets = secrets;
    this.clock = clock;
    this.bank = bank;
    this.byCode =
        Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(FRESH)
            .build(code -> one(transactions.read(), QUIZ.CODE.eq(code)));
    this.byRevision = Caffeine.newBuilder().maximumSize(2_000).build(this::revision);
    this.listed = Caffeine.newBuilder().expireAfterWrite(FRESH).build(_ -> loadListed());
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

  /** The quiz as it is now in the database. */
  public Quiz current(DSLContext dsl, long quizId) {
    return one(dsl, QUIZ.ID.eq(quizId)).orElseThrow();
  }

  /** The quizzes offered to everybody, open now or later, the oldest first. */
  public List<Quiz> listed() {
    var now = clock.instant();
    return listed.get(true).stream().filter(q -> !q.window().isAfter(now)).toList();
  }

  private List<Quiz> loadListed() {
    return select(transactions.read(), org.jooq.impl.DSL.noCondition()).stream()
        .filter(Quiz::listed)
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
  Quiz create(QuizSpec spec) {
    var quiz = QuizReader.read(0, newCode(), 1, 0, spec);
    checkFilled(quiz.blueprint());
    transactions.write(dsl -> {
      var now = clock.instant();
      var id =
          dsl.insertInto(QUIZ)
              .set(QUIZ.CODE, quiz.code())
              .set(QUIZ.REVISION, 1)
              .set(QUIZ.AMENDMENTS, 0)
              .set(QUIZ.EXTENDED_MINUTES, 0)
              .set(QUIZ.CREATED_AT, now)
              .returningResult(QUIZ.ID)
              .fetchSingle()
              .value1();
      insertRevision(dsl, id, 1, spec, now);
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
  Quiz edit(String code, QuizSpec spec, Usage usage) {
    transactions.write(dsl -> {
      var id =
          dsl.select(QUIZ.ID)
              .from(QUIZ)
              .where(QUIZ.CODE.eq(code))
              .forUpdate()
              .fetchOptional()
              .orElseThrow(() -> Problem.notFound("no-such-quiz"))
              .value1();
      var old = current(dsl, id);
      var next = QuizReader.read(id, code, old.revision() + 1, old.amendments(), spec);
      if (usage.hasAttempts(dsl, id)) {
        var frozen = QuizEdit.frozen(old, next);
        if (!frozen.isEmpty()) {
          throw Problem.invalid(
              frozen.stream().map(f -> FieldError.of(f.field(), f.reason())).toList());
        }
      }
      if (!next.blueprint().equals(old.blueprint())) {
        checkFilled(next.blueprint());
      }
      var now = clock.instant();
      insertRevision(dsl, id, next.revision(), spec, now);
      dsl.update(QUIZ).set(QUIZ.REVISION, next.revision()).where(QUIZ.ID.eq(id)).execute();
      return id;
    });
    return changed(code);
  }

  /** Forgets what is cached of a quiz, and reads it again. */
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
    var codes = bank.areas().stream().map(yikao.bank.Area::code).toList();
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
    return dsl.select(
            QUIZ.ID,
            QUIZ.CODE,
            QUIZ_REVISION.REVISION,
            QUIZ.AMENDMENTS,
            QUIZ_REVISION.CONTENT,
            QUIZ.EXTENDED_MINUTES)
        .from(QUIZ)
        .join(QUIZ_REVISION)
        .on(QUIZ_REVISION.QUIZ_ID.eq(QUIZ.ID))
        .and(revision)
        .where(which)
        .orderBy(QUIZ.ID)
        .fetch(this::quiz);
  }

  private Quiz quiz(Record6<Long, String, Integer, Integer, String, Integer> row) {
    return QuizReader.read(
            row.value1(), row.value2(), row.value3(), row.value4(), decode(row.value5()))
        .extendedBy(Duration.ofMinutes(row.value6()));
  }

  private void insertRevision(
      DSLContext dsl, long id, int revision, QuizSpec spec, @Nullable Instant now) {
    dsl.insertInto(QUIZ_REVISION)
        .set(QUIZ_REVISION.QUIZ_ID, id)
        .set(QUIZ_REVISION.REVISION, revision)
        .set(QUIZ_REVISION.CONTENT, encode(spec))
        .set(QUIZ_REVISION.CREATED_AT, now)
        .execute();
  }

  private QuizSpec decode(String content) {
    try {
      return java.util.Objects.requireNonNull(json.readValue(content, QuizSpec.class));
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
