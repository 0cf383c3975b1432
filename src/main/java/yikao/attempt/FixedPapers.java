package yikao.attempt;

import static yikao.db.jooq.Tables.FIXED_PAPER;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jooq.DSLContext;
import yikao.attempt.AttemptCommand.Drawn;
import yikao.db.Transactions;
import yikao.paper.PaperCodec;
import yikao.quiz.Quiz;

/**
 * The papers of quizzes in which all get the same questions, so that those can be talked through
 * together. Stored with the quiz, before anybody can start: neither a new revision of the bank nor
 * what is used meanwhile changes them.
 */
@Singleton
final class FixedPapers {
  private final LoadingCache<Long, Optional<Drawn>> papers;

  FixedPapers(Transactions transactions) {
    this.papers =
        Caffeine.newBuilder().maximumSize(10_000).build(id -> find(transactions.read(), id));
  }

  /** What was drawn for a quiz; absent where each attempt draws. */
  Optional<Drawn> of(Quiz quiz) {
    return papers.get(quiz.id());
  }

  private static Optional<Drawn> find(DSLContext dsl, long quizId) {
    return dsl.selectFrom(FIXED_PAPER)
        .where(FIXED_PAPER.QUIZ_ID.eq(quizId))
        .fetchOptional(row ->
            new Drawn(
                PaperCodec.decode(row.getPaper()),
                row.getBankRevision(),
                row.getUsageVersion(),
                row.getSeed()));
  }

  static void insert(DSLContext dsl, Quiz quiz, Drawn drawn) {
    dsl.insertInto(FIXED_PAPER)
        .set(FIXED_PAPER.QUIZ_ID, quiz.id())
        .set(FIXED_PAPER.PAPER, PaperCodec.encode(drawn.paper()))
        .set(FIXED_PAPER.BANK_REVISION, drawn.bankRevision())
        .set(FIXED_PAPER.USAGE_VERSION, drawn.usageVersion())
        .set(FIXED_PAPER.SEED, drawn.seed())
        .execute();
  }
}
