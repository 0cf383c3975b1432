package yikao.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import yikao.bank.Bank;
import yikao.db.Transactions;
import yikao.paper.Paper;
import yikao.paper.PaperCodec;
import yikao.question.Question;
import yikao.question.QuestionVersion;
import yikao.quiz.Quizzes;

/** What never changes about attempts, cached. */
@Singleton
final class Heads {
  private final Cache<UUID, AttemptHead> cache = Caffeine.newBuilder().maximumSize(20_000).build();
  private final Cache<UUID, AttemptHead> ended = Caffeine.newBuilder().maximumSize(500).build();
  private final Transactions transactions;
  private final AttemptStore store;
  private final Quizzes quizzes;
  private final Bank bank;

  Heads(Transactions transactions, AttemptStore store, Quizzes quizzes, Bank bank) {
    this.transactions = transactions;
    this.store = store;
    this.quizzes = quizzes;
    this.bank = bank;
  }

  Optional<AttemptHead> find(UUID id) {
    return Optional.ofNullable(all(List.of(id)).get(id));
  }

  Map<UUID, AttemptHead> all(Collection<UUID> ids) {
    var heads = new HashMap<>(ended.getAllPresent(ids));
    heads.putAll(cache.getAllPresent(ids));
    var missing = new ArrayList<>(ids);
    missing.removeAll(heads.keySet());
    if (!missing.isEmpty()) {
      store.stored(transactions.read(), missing).stream()
          .map(this::head)
          .forEach(head -> {
            cache.put(head.id(), head);
            heads.put(head.id(), head);
          });
    }
    return heads;
  }

  void put(AttemptHead head) {
    cache.put(head.id(), head);
  }

  /** Makes room: after its result has been looked at, an ended attempt seldom is again. */
  void ended(UUID id) {
    var head = cache.asMap().remove(id);
    if (head != null) {
      ended.put(id, head);
    }
  }

  private AttemptHead head(AttemptStore.Stored row) {
    var paper = PaperCodec.decode(row.paper());
    return new AttemptHead(
        row.id(),
        quizzes.get(row.quizId(), row.quizRevision()),
        row.participantId(),
        row.number(),
        paper,
        questions(paper));
  }

  List<Question> questions(Paper paper) {
    return bank.questions(paper.slots().stream().map(Paper.Slot::version).toList()).stream()
        .map(QuestionVersion::question)
        .toList();
  }
}
