package yikao.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import yikao.bank.Bank;
import yikao.paper.Paper;
import yikao.paper.PaperCodec;
import yikao.question.Question;
import yikao.question.QuestionVersion;
import yikao.quiz.Quizzes;

/** The papers of attempts; those of running ones are cached. */
@Singleton
final class AttemptPapers {
  private final Cache<UUID, AttemptPaper> running =
      Caffeine.newBuilder().maximumSize(20_000).build();
  private final AttemptStore store;
  private final Quizzes quizzes;
  private final Bank bank;

  AttemptPapers(AttemptStore store, Quizzes quizzes, Bank bank) {
    this.store = store;
    this.quizzes = quizzes;
    this.bank = bank;
  }

  /** The papers of attempts, those that there are. */
  Map<UUID, AttemptPaper> find(DSLContext dsl, Collection<UUID> ids) {
    var papers = new HashMap<>(running.getAllPresent(ids));
    var missing = new ArrayList<>(ids);
    missing.removeAll(papers.keySet());
    if (!missing.isEmpty()) {
      for (var row : store.stored(dsl, missing)) {
        papers.put(row.origin().id(), paper(row));
      }
    }
    return papers;
  }

  /** Keeps the paper of an attempt that runs. */
  void keep(AttemptPaper paper) {
    running.put(paper.id(), paper);
  }

  /** Makes room: after its result has been looked at, an ended attempt seldom is again. */
  void forget(UUID id) {
    running.invalidate(id);
  }

  private AttemptPaper paper(AttemptStore.Stored row) {
    var origin = row.origin();
    var paper = PaperCodec.decode(row.paper());
    return new AttemptPaper(
        origin.id(),
        quizzes.get(origin.quizId(), origin.quizRevision()),
        row.participantId(),
        origin.number(),
        paper,
        questions(paper));
  }

  List<Question> questions(Paper paper) {
    return bank.questions(paper.slots().stream().map(Paper.Slot::version).toList()).stream()
        .map(QuestionVersion::question)
        .toList();
  }
}
