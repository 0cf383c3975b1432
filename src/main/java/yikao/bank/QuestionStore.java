package yikao.bank;

import static yikao.db.jooq.Tables.BANK_REVISION;
import static yikao.db.jooq.Tables.QUESTION;
import static yikao.db.jooq.Tables.QUESTION_VERSION;

import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import yikao.access.Actor;
import yikao.access.Vault;
import yikao.bank.BankFiles.FileQuestion;
import yikao.db.Bulk;
import yikao.db.StatementBatch;
import yikao.db.jooq.tables.records.QuestionRecord;
import yikao.question.Question;
import yikao.question.QuestionVersion;

/**
 * Questions and their versions in the database. What a question says is sealed, since its key is in
 * it, and the digest by which a changed one is found is keyed: of a plain one, four guesses would
 * tell the key of a single choice.
 */
@Singleton
final class QuestionStore {
  private static final Bulk SEAL =
      Bulk.update(
          QUESTION_VERSION,
          List.of(QUESTION_VERSION.DIGEST, QUESTION_VERSION.CONTENT),
          List.of(QUESTION_VERSION.ID));
  private static final String FILE = "file";
  private static final String PURPOSE = "question";
  private static final String FOLDER = "bank folder";

  /** Of the questions of an earlier release, how many are sealed in one transaction. */
  private static final int SEALED_AT_ONCE = 1_000;

  /** A plain SHA-256 in hexadecimal. */
  private static final int PLAIN_DIGEST = 64;

  private final ObjectMapper json;
  private final Vault vault;

  QuestionStore(ObjectMapper json, Vault vault) {
    this.json = json;
    this.vault = vault;
  }

  /**
   * What a load changed.
   *
   * @param refused ids that belong to another origin
   */
  record Changes(int added, int changed, int retired, List<String> refused) {
    boolean any() {
      return added + changed + retired > 0;
    }
  }

  /** Makes the questions that came from files what the files say. */
  Changes apply(DSLContext dsl, Collection<FileQuestion> entries, Instant now) {
    var known = dsl.selectFrom(QUESTION).fetchMap(QUESTION.ID);
    var digests = digests(dsl);
    var refused =
        entries.stream()
            .map(e -> e.question().id())
            .filter(id -> known.containsKey(id) && !known.get(id).getOrigin().equals(FILE))
            .toList();
    if (!refused.isEmpty()) {
      return new Changes(0, 0, 0, refused);
    }
    var batch = new Batch(dsl, now);
    for (var entry : entries) {
      batch.add(entry, known.get(entry.question().id()), digests);
    }
    var present = new HashSet<String>();
    entries.forEach(e -> present.add(e.question().id()));
    known.values().stream()
        .filter(q -> q.getOrigin().equals(FILE) && !present.contains(q.getId()))
        .filter(q -> !q.getStatus().equals(BankFiles.Status.RETIRED.code()))
        .forEach(q -> batch.status(q, BankFiles.Status.RETIRED));
    return batch.write();
  }

  private static Map<String, String> digests(DSLContext dsl) {
    return dsl.select(QUESTION.ID, QUESTION_VERSION.DIGEST)
        .from(QUESTION)
        .join(QUESTION_VERSION)
        .on(QUESTION_VERSION.QUESTION_ID.eq(QUESTION.ID))
        .and(QUESTION_VERSION.VERSION.eq(QUESTION.VERSION))
        .fetchMap(QUESTION.ID, QUESTION_VERSION.DIGEST);
  }

  /** The current versions of all published questions. */
  List<QuestionVersion> published(DSLContext dsl) {
    return dsl.select(QUESTION_VERSION.ID, QUESTION_VERSION.QUESTION_ID, QUESTION_VERSION.CONTENT)
        .from(QUESTION)
        .join(QUESTION_VERSION)
        .on(QUESTION_VERSION.QUESTION_ID.eq(QUESTION.ID))
        .and(QUESTION_VERSION.VERSION.eq(QUESTION.VERSION))
        .where(QUESTION.STATUS.eq(BankFiles.Status.PUBLISHED.code()))
        .fetch(r -> new QuestionVersion(r.value1(), decode(r.value2(), r.value3())));
  }

  /** Versions by their identity, whatever became of their questions. */
  List<QuestionVersion> versions(DSLContext dsl, Collection<Integer> versions) {
    return dsl.select(QUESTION_VERSION.ID, QUESTION_VERSION.QUESTION_ID, QUESTION_VERSION.CONTENT)
        .from(QUESTION_VERSION)
        .where(QUESTION_VERSION.ID.eq(DSL.any(versions.toArray(new Integer[0]))))
        .fetch(r -> new QuestionVersion(r.value1(), decode(r.value2(), r.value3())));
  }

  /** Every version of a question. */
  List<QuestionVersion> versionsOf(DSLContext dsl, String questionId) {
    return dsl.select(QUESTION_VERSION.ID, QUESTION_VERSION.QUESTION_ID, QUESTION_VERSION.CONTENT)
        .from(QUESTION_VERSION)
        .where(QUESTION_VERSION.QUESTION_ID.eq(questionId))
        .fetch(r -> new QuestionVersion(r.value1(), decode(r.value2(), r.value3())));
  }

  /** The current versions of the published questions from files that are not among these. */
  List<Integer> leftOut(DSLContext dsl, Collection<FileQuestion> entries) {
    var present = entries.stream().map(e -> e.question().id()).collect(Collectors.toSet());
    return dsl
        .select(QUESTION.ID, QUESTION_VERSION.ID)
        .from(QUESTION)
        .join(QUESTION_VERSION)
        .on(QUESTION_VERSION.QUESTION_ID.eq(QUESTION.ID))
        .and(QUESTION_VERSION.VERSION.eq(QUESTION.VERSION))
        .where(QUESTION.STATUS.eq(BankFiles.Status.PUBLISHED.code()))
        .and(QUESTION.ORIGIN.eq(FILE))
        .fetch()
        .stream()
        .filter(r -> !present.contains(r.value1()))
        .map(r -> r.value2())
        .toList();
  }

  /** How many questions are published. */
  int countPublished(DSLContext dsl) {
    return dsl.fetchCount(QUESTION, QUESTION.STATUS.eq(BankFiles.Status.PUBLISHED.code()));
  }

  /** A new revision of the bank. */
  long newRevision(DSLContext dsl, Actor actor, Instant now) {
    var published = countPublished(dsl);
    return dsl.insertInto(BANK_REVISION)
        .set(BANK_REVISION.PUBLISHED, published)
        .set(BANK_REVISION.ACTOR, actor.code())
        .set(BANK_REVISION.CREATED_AT, now)
        .returningResult(BANK_REVISION.REVISION)
        .fetchSingle()
        .value1();
  }

  /** The newest revision of the bank; 0 where nothing was ever loaded. */
  long revision(DSLContext dsl) {
    var newest =
        dsl.select(DSL.max(BANK_REVISION.REVISION)).from(BANK_REVISION).fetchSingle().value1();
    return newest == null ? 0 : newest;
  }

  /**
   * Seals some of what an earlier release has stored plainly, in the order of their identities.
   *
   * @param after the last that was sealed
   * @return the last that is sealed now; absent where there are no more
   */
  Optional<Integer> seal(DSLContext dsl, int after) {
    var plain =
        dsl.select(QUESTION_VERSION.ID, QUESTION_VERSION.CONTENT)
            .from(QUESTION_VERSION)
            .where(QUESTION_VERSION.ID.gt(after))
            .and(Vault.isPlain(QUESTION_VERSION.CONTENT))
            .orderBy(QUESTION_VERSION.ID)
            .limit(SEALED_AT_ONCE)
            .fetch();
    if (plain.isEmpty()) {
      // of the folder's files, which hold the keys as well
      dsl.update(BANK_REVISION)
          .setNull(BANK_REVISION.FINGERPRINT)
          .where(DSL.length(BANK_REVISION.FINGERPRINT).eq(PLAIN_DIGEST))
          .execute();
      return Optional.empty();
    }
    var changes = new StatementBatch(dsl);
    SEAL.addTo(
        changes,
        plain.stream()
            .map(r -> new Object[] {digest(r.value2()), sealed(r.value2()), r.value1()})
            .toList());
    changes.execute();
    return Optional.of(plain.getLast().value1());
  }

  /** What the folder held when the newest revision was loaded, where that is known. */
  Optional<String> fingerprint(DSLContext dsl) {
    return dsl.select(BANK_REVISION.FINGERPRINT)
        .from(BANK_REVISION)
        .orderBy(BANK_REVISION.REVISION.desc())
        .limit(1)
        .fetchOptional(BANK_REVISION.FINGERPRINT);
  }

  /**
   * The fingerprint of a folder as it is stored: keyed, since of plain files guesses can be made.
   */
  String stored(String fingerprint) {
    return encoded(vault.digest(FOLDER, fingerprint));
  }

  /** Notes what the folder holds whose questions the newest revision has. */
  void fingerprint(DSLContext dsl, Optional<String> fingerprint) {
    dsl.update(BANK_REVISION)
        .set(BANK_REVISION.FINGERPRINT, fingerprint.map(this::stored).orElse(null))
        .where(BANK_REVISION.REVISION.eq(revision(dsl)))
        .execute();
  }

  private Question decode(String id, String content) {
    try {
      return Objects.requireNonNull(
              json.readValue(vault.openText(PURPOSE, content), StoredQuestion.class))
          .question(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String encode(Question question) {
    try {
      return json.writeValueAsString(StoredQuestion.of(question));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String sealed(String content) {
    return vault.sealText(PURPOSE, content);
  }

  private String digest(String content) {
    return encoded(vault.digest(PURPOSE, content));
  }

  private static String encoded(byte[] digest) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  /** The writes of one load, gathered. */
  private final class Batch {
    private final DSLContext dsl;
    private final Instant now;
    private final List<Object[]> inserts = new ArrayList<>();
    private final List<Object[]> updates = new ArrayList<>();
    private final List<Object[]> versions = new ArrayList<>();
    private int retired;

    Batch(DSLContext dsl, Instant now) {
      this.dsl = dsl;
      this.now = now;
    }

    void add(
        FileQuestion entry,
        @org.jspecify.annotations.Nullable QuestionRecord known,
        Map<String, String> digests) {
      var id = entry.question().id();
      var content = encode(entry.question());
      var digest = digest(content);
      var status = entry.status().code();
      if (known == null) {
        inserts.add(new Object[] {id, FILE, status, 1});
        versions.add(new Object[] {id, 1, digest, sealed(content), now});
      } else if (!digest.equals(digests.get(id))) {
        updates.add(new Object[] {status, known.getVersion() + 1, id});
        versions.add(new Object[] {id, known.getVersion() + 1, digest, sealed(content), now});
      } else if (!known.getStatus().equals(status)) {
        updates.add(new Object[] {status, known.getVersion(), id});
      }
    }

    void status(QuestionRecord question, BankFiles.Status status) {
      updates.add(new Object[] {status.code(), question.getVersion(), question.getId()});
      retired++;
    }

    Changes write() {
      if (!inserts.isEmpty()) {
        dsl.batch(
                dsl.insertInto(
                        QUESTION, QUESTION.ID, QUESTION.ORIGIN, QUESTION.STATUS, QUESTION.VERSION)
                    .values("", "", "", 0))
            .bind(inserts.toArray(Object[][]::new))
            .execute();
      }
      if (!updates.isEmpty()) {
        dsl.batch(
                dsl.update(QUESTION)
                    .set(QUESTION.STATUS, "")
                    .set(QUESTION.VERSION, 0)
                    .where(QUESTION.ID.eq("")))
            .bind(updates.toArray(Object[][]::new))
            .execute();
      }
      if (!versions.isEmpty()) {
        dsl.batch(
                dsl.insertInto(
                        QUESTION_VERSION,
                        QUESTION_VERSION.QUESTION_ID,
                        QUESTION_VERSION.VERSION,
                        QUESTION_VERSION.DIGEST,
                        QUESTION_VERSION.CONTENT,
                        QUESTION_VERSION.CREATED_AT)
                    .values("", 0, "", "", now))
            .bind(versions.toArray(Object[][]::new))
            .execute();
      }
      return new Changes(inserts.size(), updates.size() - retired, retired, List.of());
    }
  }
}
