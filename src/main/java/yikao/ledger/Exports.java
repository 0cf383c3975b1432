package yikao.ledger;

import static yikao.db.jooq.Tables.LEDGER_EXPORT;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import yikao.access.Actor;
import yikao.access.Vault;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.db.UuidV7;
import yikao.db.jooq.tables.records.LedgerExportRecord;
import yikao.ledger.FigureQueries.Within;
import yikao.ledger.Ledger.About;
import yikao.quiz.Quiz;
import yikao.web.Problem;

/**
 * What was taken out of ledgers. Each export has a code that stands in it: a keyed digest over what
 * it is of and over its figures, so that nobody without the key can make one that verifies, and a
 * row that was changed since does not.
 */
@Singleton
class Exports {
  private static final String PURPOSE = "ledger export";

  /** Crockford's, without what is mistaken for digits. */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int BITS = 5;

  /** 80 bits. */
  private static final int CHARACTERS = 16;

  private static final int IN_A_GROUP = 4;

  private final Transactions transactions;
  private final Vault vault;
  private final AuditLog audit;
  private final NodeClock clock;

  Exports(Transactions transactions, Vault vault, AuditLog audit, NodeClock clock) {
    this.transactions = transactions;
    this.vault = vault;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What an export was of.
   *
   * @param quizId absent: of all quizzes of a period
   * @param period empty: of a quiz, whenever it opened
   * @param figure the list behind which; empty: the table of figures
   * @param actor who took it out, by the actor's code
   */
  record Export(
      UUID id,
      long organisationId,
      Optional<Long> quizId,
      boolean withSittings,
      String period,
      Instant at,
      String tree,
      String figure,
      Figures figures,
      Instant createdAt,
      String actor) {

    private String text() {
      return Stream.of(
              id,
              organisationId,
              quizId.map(String::valueOf).orElse(""),
              withSittings,
              period,
              at.toEpochMilli(),
              tree,
              figure,
              figures.should(),
              figures.took(),
              figures.marked(),
              figures.passed(),
              figures.points(),
              createdAt.toEpochMilli(),
              actor)
          .map(String::valueOf)
          .collect(Collectors.joining("\n"));
    }
  }

  /** An export that is known by its code, and whether it is as it was written down. */
  record Known(String mark, Export export, boolean isGenuine) {}

  /**
   * Writes down that somebody takes something out, also in the audit log.
   *
   * @param about of a moment that stays
   * @param figure the list behind which; empty: the table of figures
   * @param figures of the unit
   * @return the code
   */
  String note(Actor actor, About about, String figure, Figures figures) {
    var now = Instant.ofEpochMilli(clock.instant().toEpochMilli());
    var export =
        new Export(
            UuidV7.at(now),
            about.unit().id(),
            about.quiz().map(Quiz::id),
            about.withSittings(),
            about.period().map(Period::text).orElse(""),
            about.at(),
            about.choice().code(),
            figure,
            figures,
            now,
            actor.code());
    var mark = mark(export);
    transactions.write(dsl -> {
      insert(dsl, mark, export);
      audit.append(
          dsl,
          actor.change(
              figure.isEmpty() ? "ledger.export" : "ledger.export-people",
              "organisation:" + export.organisationId(),
              "",
              said(about, mark)));
      return mark;
    });
    return mark;
  }

  private static String said(About about, String mark) {
    return Stream.of(
            about.quiz().map(quiz -> "quiz:" + quiz.code()),
            about.period().map(Period::text),
            Optional.of(mark))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  private static void insert(DSLContext dsl, String mark, Export e) {
    dsl.insertInto(LEDGER_EXPORT)
        .set(LEDGER_EXPORT.ID, e.id())
        .set(LEDGER_EXPORT.MARK, mark)
        .set(LEDGER_EXPORT.ORGANISATION_ID, e.organisationId())
        .set(LEDGER_EXPORT.QUIZ_ID, e.quizId().orElse(null))
        .set(LEDGER_EXPORT.WITH_SITTINGS, e.withSittings())
        .set(LEDGER_EXPORT.PERIOD, e.period())
        .set(LEDGER_EXPORT.AT, e.at())
        .set(LEDGER_EXPORT.TREE, e.tree())
        .set(LEDGER_EXPORT.FIGURE, e.figure())
        .set(LEDGER_EXPORT.SHOULD, e.figures().should())
        .set(LEDGER_EXPORT.TOOK, e.figures().took())
        .set(LEDGER_EXPORT.MARKED, e.figures().marked())
        .set(LEDGER_EXPORT.PASSED, e.figures().passed())
        .set(LEDGER_EXPORT.POINTS, e.figures().points())
        .set(LEDGER_EXPORT.CREATED_AT, e.createdAt())
        .set(LEDGER_EXPORT.ACTOR, e.actor())
        .execute();
  }

  private static Export export(LedgerExportRecord r) {
    return new Export(
        r.getId(),
        r.getOrganisationId(),
        Optional.ofNullable(r.getQuizId()),
        r.getWithSittings(),
        r.getPeriod(),
        r.getAt(),
        r.getTree(),
        r.getFigure(),
        new Figures(r.getShould(), r.getTook(), r.getMarked(), r.getPassed(), r.getPoints()),
        r.getCreatedAt(),
        r.getActor());
  }

  /** The code of an export, in groups of four. */
  private String mark(Export export) {
    var digest = vault.digest(PURPOSE, export.text());
    var code = new StringBuilder();
    for (var i = 0; i < CHARACTERS; i++) {
      if (i > 0 && i % IN_A_GROUP == 0) {
        code.append('-');
      }
      code.append(ALPHABET.charAt(bits(digest, i * BITS)));
    }
    return code.toString();
  }

  /** Five bits from a place on. */
  private static int bits(byte[] digest, int from) {
    var at = from / Byte.SIZE;
    var two = (Byte.toUnsignedInt(digest[at]) << Byte.SIZE) | Byte.toUnsignedInt(digest[at + 1]);
    return (two >>> (2 * Byte.SIZE - BITS - from % Byte.SIZE)) & 0x1f;
  }

  /** A code as people type it: in any case, with or without what stands between its groups. */
  static String tidied(String typed) {
    var plain =
        typed
            .toUpperCase(Locale.ROOT)
            .replaceAll("[^0-9A-Z]", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return Arrays.stream(plain.split("(?<=\\G.{" + IN_A_GROUP + "})"))
        .collect(Collectors.joining("-"));
  }

  /**
   * The export of a code.
   *
   * @throws Problem where there is none
   */
  Known check(String typed) {
    return transactions
        .read()
        .selectFrom(LEDGER_EXPORT)
        .where(LEDGER_EXPORT.MARK.eq(tidied(typed)))
        .fetchOptional(this::known)
        .orElseThrow(() -> Problem.notFound("no-such-export"));
  }

  private Known known(LedgerExportRecord row) {
    var export = export(row);
    var own = mark(export).getBytes(StandardCharsets.UTF_8);
    return new Known(
        row.getMark(),
        export,
        MessageDigest.isEqual(own, row.getMark().getBytes(StandardCharsets.UTF_8)));
  }

  /** The last of what was taken out of the ledgers of organisations, the newest first. */
  List<Known> of(Within within, int most) {
    return transactions
        .read()
        .selectFrom(LEDGER_EXPORT)
        .where(within.on(LEDGER_EXPORT.ORGANISATION_ID))
        .orderBy(LEDGER_EXPORT.CREATED_AT.desc())
        .limit(most)
        .fetch(this::known);
  }
}
