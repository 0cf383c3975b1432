package yikao.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.attempt.Attempt.Deadline;
import yikao.attempt.AttemptCommand.Drawn;
import yikao.db.StatementBatch;
import yikao.paper.PaperCodec;

/** Rows to be written about attempts, gathered by statement; each key at most once. */
final class AttemptRows {
  private final Map<AttemptStatement, List<Object[]>> rows = new EnumMap<>(AttemptStatement.class);
  private final AttemptSeal seal;

  AttemptRows(AttemptSeal seal) {
    this.seal = seal;
  }

  /** Adds the statements; each row must be there as it was read, or not be there yet. */
  void addTo(StatementBatch changes) {
    rows.forEach((statement, all) -> statement.addTo(changes, all));
  }

  private void add(AttemptStatement statement, @Nullable Object... row) {
    rows.computeIfAbsent(statement, _ -> new ArrayList<>()).add(row);
  }

  void start(Attempt a, Drawn d) {
    var origin = a.origin();
    add(
        AttemptStatement.STARTS,
        origin.id(),
        origin.quizId(),
        a.participantId(),
        origin.number(),
        origin.quizRevision(),
        d.bankRevision(),
        d.usageVersion() == 0 ? null : d.usageVersion(),
        d.seed(),
        PaperCodec.encode(d.paper()),
        a.tokenHash(),
        origin.startedAt(),
        a.deadline().map(Deadline::at).orElse(null),
        a.takenBy().name(),
        a.takenBy().branch().known().orElse(null),
        a.takenBy().branch().named().orElse(null),
        a.enteredBy().orElse(null));
  }

  void entered(Attempt a) {
    add(AttemptStatement.ENTERED, a.enteredBy().orElse(null), a.id());
  }

  void takenBy(Attempt a) {
    var by = a.takenBy();
    add(
        AttemptStatement.NAMES,
        by.name(),
        by.branch().known().orElse(null),
        by.branch().named().orElse(null),
        a.id());
  }

  void annulled(Attempt a) {
    add(AttemptStatement.ANNULMENTS, a.annulled(), a.id());
  }

  void token(Attempt a) {
    add(AttemptStatement.TOKENS, a.tokenHash(), a.id());
  }

  void deadline(Attempt a) {
    add(AttemptStatement.DEADLINES, a.deadline().map(Deadline::at).orElse(null), a.id());
  }

  void expiry(Attempt a, int version) {
    add(AttemptStatement.EXPIRIES, version + 1, expiresAt(a), a.id(), version);
  }

  void end(UUID id, int version) {
    add(AttemptStatement.ENDS, id, version);
  }

  void reopened(Attempt a) {
    add(AttemptStatement.REOPENED, a.quizId(), a.id());
  }

  void newProgress(Attempt a, int version) {
    add(AttemptStatement.NEW_PROGRESS, a.id(), expiresAt(a), version, seal.seal(a.responses()));
  }

  private static @Nullable Instant expiresAt(Attempt a) {
    return a.deadline().map(Deadline::expiresAt).orElse(null);
  }

  void save(Attempt a, int version) {
    add(AttemptStatement.SAVES, version + 1, seal.seal(a.responses()), a.id(), version);
  }

  void result(Attempt a) {
    var ending = a.ending().orElseThrow();
    var r = a.result().orElseThrow();
    add(
        AttemptStatement.RESULTS,
        a.quizId(),
        a.id(),
        ending.state().code(),
        ending.at(),
        ending.elapsedMillis(),
        seal.seal(a.responses()),
        seal.seal(r.marks()),
        r.score().points(),
        r.score().maximum(),
        r.score().pending(),
        r.passed().orElse(null),
        r.marking(),
        r.amendments());
  }

  void marking(Attempt a) {
    var r = a.result().orElseThrow();
    add(
        AttemptStatement.MARKINGS,
        seal.seal(r.marks()),
        r.score().points(),
        r.score().maximum(),
        r.score().pending(),
        r.passed().orElse(null),
        r.marking(),
        r.amendments(),
        a.quizId(),
        a.id());
  }
}
