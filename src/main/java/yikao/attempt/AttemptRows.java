package yikao.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import yikao.attempt.AttemptEntry.Drawn;
import yikao.db.StaleReadException;
import yikao.db.Together;
import yikao.paper.PaperCodec;

/** Rows to be written about attempts, gathered by statement; each key at most once. */
final class AttemptRows {
  /** Where the attempt's id stands in a row of {@link AttemptStatement#RESULTS}. */
  static final int RESULT_ID = 1;

  private final Map<AttemptStatement, List<Object[]>> rows = new EnumMap<>(AttemptStatement.class);

  /** Rows in the order of the statements. */
  Map<AttemptStatement, List<Object[]>> byStatement() {
    return rows;
  }

  /**
   * Runs the statements.
   *
   * @throws StaleReadException where a row is not there as it was read
   */
  void write(DSLContext dsl) {
    var changes = new Together(dsl);
    addTo(changes);
    check(changes.execute());
  }

  /** Adds the statements; what they have changed is to be checked. */
  void addTo(Together changes) {
    rows.forEach((statement, all) -> statement.addTo(changes, all));
  }

  /**
   * Checks what the statements have changed.
   *
   * @param changed numbers of rows, of these statements and of those added after them
   * @throws StaleReadException where a row is not there as it was read
   */
  void check(List<Integer> changed) {
    var wanted = rows.values().stream().map(List::size).toList();
    if (!changed.subList(0, wanted.size()).equals(wanted)) {
      throw new StaleReadException();
    }
  }

  void add(AttemptStatement statement, @Nullable Object... row) {
    rows.computeIfAbsent(statement, _ -> new ArrayList<>()).add(row);
  }

  void newParticipant(Participant p, Instant now) {
    add(
        AttemptStatement.NEW_PARTICIPANTS,
        p.id(),
        "guest",
        p.name(),
        p.organisationId().orElse(null),
        p.branch().orElse(null),
        now);
  }

  void changedParticipant(Participant p) {
    add(
        AttemptStatement.CHANGED_PARTICIPANTS,
        p.name(),
        p.organisationId().orElse(null),
        p.branch().orElse(null),
        p.id());
  }

  void start(Attempt a, Drawn d) {
    add(
        AttemptStatement.STARTS,
        a.id(),
        a.quizId(),
        a.participantId(),
        a.number(),
        a.quizRevision(),
        d.bankRevision(),
        d.usageVersion() == 0 ? null : d.usageVersion(),
        d.seed(),
        PaperCodec.encode(d.paper()),
        a.tokenHash(),
        a.startedAt(),
        a.deadline().orElse(null));
  }

  void token(Attempt a) {
    add(AttemptStatement.TOKENS, a.tokenHash(), a.id());
  }

  void deadline(Attempt a) {
    add(AttemptStatement.DEADLINES, a.deadline().orElse(null), a.id());
  }

  void expiry(Attempt a, int version) {
    add(AttemptStatement.EXPIRIES, version + 1, a.expiresAt().orElse(null), a.id(), version);
  }

  void end(UUID id, int version) {
    add(AttemptStatement.ENDS, id, version);
  }

  void reopened(Attempt a) {
    add(AttemptStatement.REOPENED, a.quizId(), a.id());
  }

  void newProgress(Attempt a, int version) {
    add(
        AttemptStatement.NEW_PROGRESS,
        a.id(),
        a.expiresAt().orElse(null),
        version,
        ResponsesCodec.encode(a.responses()));
  }

  void save(Attempt a, int version) {
    add(AttemptStatement.SAVES, version + 1, ResponsesCodec.encode(a.responses()), a.id(), version);
  }

  void result(Attempt a) {
    var r = a.result().orElseThrow();
    add(
        AttemptStatement.RESULTS,
        a.quizId(),
        a.id(),
        a.state().code(),
        a.endedAt().orElseThrow(),
        a.elapsedMillis(),
        ResponsesCodec.encode(a.responses()),
        Result.encode(r.marks()),
        r.score().points(),
        r.score().maximum(),
        r.score().pending(),
        r.passed().orElse(null),
        a.marking(),
        a.amendments());
  }

  void marking(Attempt a) {
    var r = a.result().orElseThrow();
    add(
        AttemptStatement.MARKINGS,
        Result.encode(r.marks()),
        r.score().points(),
        r.score().maximum(),
        r.score().pending(),
        r.passed().orElse(null),
        a.marking(),
        a.amendments(),
        a.quizId(),
        a.id());
  }
}
