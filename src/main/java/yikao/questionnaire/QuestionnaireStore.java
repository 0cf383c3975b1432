package yikao.questionnaire;

import static yikao.db.jooq.Tables.QUESTIONNAIRE;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.UpdateSetMoreStep;
import org.jooq.impl.DSL;
import yikao.db.jooq.tables.records.QuestionnaireRecord;

/** Questionnaires in the database. */
@Singleton
final class QuestionnaireStore {
  private final ObjectMapper json;

  QuestionnaireStore(ObjectMapper json) {
    this.json = json;
  }

  void insert(DSLContext dsl, Questionnaire fresh, String actor) {
    var content = fresh.content();
    dsl.insertInto(QUESTIONNAIRE)
        .set(QUESTIONNAIRE.ID, fresh.id())
        .set(QUESTIONNAIRE.ORGANISATION_ID, fresh.organisationId())
        .set(QUESTIONNAIRE.TITLE, content.title())
        .set(QUESTIONNAIRE.PURPOSE, content.purpose())
        .set(QUESTIONNAIRE.ANONYMOUS, content.anonymous())
        .set(QUESTIONNAIRE.ASKS_DIGITS, content.asksDigits())
        .set(QUESTIONNAIRE.QUESTIONS, encode(content.questions()))
        .set(QUESTIONNAIRE.GIVEN, 0)
        .set(QUESTIONNAIRE.RETURNED, 0)
        .set(QUESTIONNAIRE.VERSION, fresh.version())
        .set(QUESTIONNAIRE.ACTOR, actor)
        .execute();
  }

  Optional<Questionnaire> find(DSLContext dsl, UUID id) {
    return dsl.selectFrom(QUESTIONNAIRE)
        .where(QUESTIONNAIRE.ID.eq(id))
        .fetchOptional(this::questionnaire);
  }

  /** The same, held until the end of the transaction. */
  Optional<Questionnaire> held(DSLContext dsl, UUID id) {
    return dsl.selectFrom(QUESTIONNAIRE)
        .where(QUESTIONNAIRE.ID.eq(id))
        .forUpdate()
        .fetchOptional(this::questionnaire);
  }

  /**
   * Those of organisations, the last made first.
   *
   * @param organisations absent: all
   * @param after behind which they begin
   */
  List<Questionnaire> list(
      DSLContext dsl, Optional<List<Long>> organisations, Optional<UUID> after, int most) {
    return dsl.selectFrom(QUESTIONNAIRE)
        .where(
            organisations
                .<Condition>map(
                    ids -> QUESTIONNAIRE.ORGANISATION_ID.eq(DSL.any(ids.toArray(new Long[0]))))
                .orElseGet(DSL::noCondition))
        .and(after.map(QUESTIONNAIRE.ID::lt).orElseGet(DSL::noCondition))
        .orderBy(QUESTIONNAIRE.ID.desc())
        .limit(most)
        .fetch(this::questionnaire);
  }

  /** Those whose time was over by then, and which are not settled. */
  List<UUID> due(DSLContext dsl, Instant now, int most) {
    return dsl.select(QUESTIONNAIRE.ID)
        .from(QUESTIONNAIRE)
        .where(QUESTIONNAIRE.CLOSED_AT.isNull())
        .and(QUESTIONNAIRE.CLOSES_AT.le(now))
        .orderBy(QUESTIONNAIRE.CLOSES_AT)
        .limit(most)
        .fetch(QUESTIONNAIRE.ID);
  }

  private Questionnaire questionnaire(QuestionnaireRecord row) {
    return new Questionnaire(
        row.getId(),
        row.getOrganisationId(),
        new Asking(
            row.getTitle(),
            row.getPurpose(),
            row.getAnonymous(),
            row.getAsksDigits(),
            decode(row.getQuestions())),
        Optional.ofNullable(row.getOpenedAt()),
        Optional.ofNullable(row.getClosesAt()),
        Optional.ofNullable(row.getClosedAt()),
        row.getGiven(),
        row.getReturned(),
        row.getVersion());
  }

  /** Begins a change of the version that was seen; it is made by {@link #isDone}. */
  private static UpdateSetMoreStep<QuestionnaireRecord> change(DSLContext dsl, Questionnaire seen) {
    return dsl.update(QUESTIONNAIRE).set(QUESTIONNAIRE.VERSION, seen.version() + 1);
  }

  private static boolean isDone(UpdateSetMoreStep<QuestionnaireRecord> change, Questionnaire seen) {
    return change
            .where(QUESTIONNAIRE.ID.eq(seen.id()))
            .and(QUESTIONNAIRE.VERSION.eq(seen.version()))
            .execute()
        > 0;
  }

  /** Edits a draft; false where another was faster, here as below. */
  boolean edit(DSLContext dsl, Questionnaire seen, Asking content) {
    return isDone(
        change(dsl, seen)
            .set(QUESTIONNAIRE.TITLE, content.title())
            .set(QUESTIONNAIRE.PURPOSE, content.purpose())
            .set(QUESTIONNAIRE.ANONYMOUS, content.anonymous())
            .set(QUESTIONNAIRE.ASKS_DIGITS, content.asksDigits())
            .set(QUESTIONNAIRE.QUESTIONS, encode(content.questions())),
        seen);
  }

  static boolean delete(DSLContext dsl, Questionnaire seen) {
    return dsl.deleteFrom(QUESTIONNAIRE)
            .where(QUESTIONNAIRE.ID.eq(seen.id()))
            .and(QUESTIONNAIRE.VERSION.eq(seen.version()))
            .execute()
        > 0;
  }

  static boolean open(DSLContext dsl, Questionnaire seen, Instant now, Instant closes, int given) {
    return isDone(
        change(dsl, seen)
            .set(QUESTIONNAIRE.OPENED_AT, now)
            .set(QUESTIONNAIRE.CLOSES_AT, closes)
            .set(QUESTIONNAIRE.GIVEN, given),
        seen);
  }

  static boolean closesAt(DSLContext dsl, Questionnaire seen, Instant closes) {
    return isDone(change(dsl, seen).set(QUESTIONNAIRE.CLOSES_AT, closes), seen);
  }

  static boolean close(DSLContext dsl, Questionnaire seen, Instant at, int returned) {
    var closes = seen.closesAt().filter(at::isAfter).orElse(at);
    return isDone(
        change(dsl, seen)
            .set(QUESTIONNAIRE.CLOSES_AT, closes)
            .set(QUESTIONNAIRE.CLOSED_AT, at)
            .set(QUESTIONNAIRE.RETURNED, returned),
        seen);
  }

  private List<SheetQuestion> decode(String questions) {
    try {
      return Objects.requireNonNull(
          json.readValue(questions, Argument.listOf(SheetQuestion.class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String encode(List<SheetQuestion> questions) {
    try {
      return json.writeValueAsString(questions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
