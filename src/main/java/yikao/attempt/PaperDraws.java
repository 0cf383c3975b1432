package yikao.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.access.Secrets;
import yikao.attempt.AttemptCommand.Drawn;
import yikao.bank.Bank;
import yikao.bank.QuestionUsage;
import yikao.paper.Blueprint.DrawPolicy;
import yikao.paper.Draw;
import yikao.paper.LeastUsedSampler;
import yikao.paper.PoolShortException;
import yikao.paper.Reshuffle;
import yikao.paper.Shuffle;
import yikao.paper.UniformSampler;
import yikao.question.Pool;
import yikao.quiz.Quiz;
import yikao.web.Problem;

/** Draws papers from the pool of now; what can be prepared for a quiz is kept with the pool. */
@Singleton
final class PaperDraws {
  private static final Logger LOG = LoggerFactory.getLogger(PaperDraws.class);
  private static final Duration UNUSED = Duration.ofMinutes(10);
  private static final Shuffle UNSHUFFLED = new Shuffle(false, false);
  private static final UniformSampler UNIFORM = new UniformSampler();

  private final Bank bank;
  private final QuestionUsage usage;
  private final Secrets secrets;
  private final FixedPapers fixed;
  private final AttemptPapers papers;
  private final Cache<PreparedFor, Draw> draws =
      Caffeine.newBuilder().maximumSize(100).expireAfterAccess(UNUSED).build();
  private final Cache<SampledBy, LeastUsedSampler> samplers =
      Caffeine.newBuilder().maximumSize(16).build();

  private record PreparedFor(long poolRevision, Quiz.Version quiz) {}

  private record SampledBy(Pool pool, long usageVersion) {}

  /** A sampler and the snapshot of usage that it goes by; 0 where it needs none. */
  private record Sampling(Draw.Sampler sampler, long usageVersion) {}

  PaperDraws(
      Bank bank, QuestionUsage usage, Secrets secrets, FixedPapers fixed, AttemptPapers papers) {
    this.bank = bank;
    this.usage = usage;
    this.secrets = secrets;
    this.fixed = fixed;
    this.papers = papers;
  }

  /**
   * A paper for a quiz.
   *
   * @throws Problem where the pool cannot fill the blueprint any more
   */
  Drawn draw(Quiz quiz) {
    return fixed
        .of(quiz)
        .map(drawn -> shuffled(drawn, quiz.drawing().shuffle()))
        .orElseGet(() -> draw(quiz, quiz.drawing().shuffle()));
  }

  private Drawn shuffled(Drawn drawn, Shuffle shuffle) {
    var seed = secrets.newSeed();
    var paper = Reshuffle.of(drawn.paper(), papers.questions(drawn.paper()), seed, shuffle);
    return new Drawn(paper, drawn.bankRevision(), drawn.usageVersion(), seed);
  }

  /** Draws the questions that all of a quiz get, in the transaction that makes it. */
  void fix(DSLContext dsl, Quiz quiz) {
    FixedPapers.insert(dsl, quiz, draw(quiz, UNSHUFFLED));
  }

  private Drawn draw(Quiz quiz, Shuffle shuffle) {
    var pool = bank.pool();
    var draw =
        draws.get(
            new PreparedFor(pool.revision(), quiz.version()), _ -> Draw.of(quiz.blueprint(), pool));
    var sampling = sampling(quiz.blueprint().policy(), draw.pool());
    var seed = secrets.newSeed();
    try {
      var paper = draw.paper(sampling.sampler(), seed, shuffle);
      return new Drawn(paper, pool.revision(), sampling.usageVersion(), seed);
    } catch (PoolShortException e) {
      LOG.atError().addKeyValue("quiz", quiz.code()).log("the pool cannot fill the blueprint");
      throw Problem.unavailable("pool-short", Duration.ofMinutes(5));
    }
  }

  private Sampling sampling(DrawPolicy policy, Pool pool) {
    if (policy == DrawPolicy.UNIFORM) {
      return new Sampling(UNIFORM, 0);
    }
    var seen = usage.newest();
    return new Sampling(
        samplers.get(new SampledBy(pool, seen.version()), _ -> new LeastUsedSampler(pool, seen)),
        seen.version());
  }
}
