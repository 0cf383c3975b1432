package yikao.questionnaire;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.StartLimit;
import yikao.participant.Guests;
import yikao.web.Problem;

/** Sheets of questionnaires, by those who are asked. */
@Controller("/api/questionnaires/{id}/sheet")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "questionnaires")
final class SheetApi {
  private final Sheets sheets;
  private final Questionnaires questionnaires;
  private final StartLimit limit;
  private final Guests guests;

  SheetApi(Sheets sheets, Questionnaires questionnaires, StartLimit limit, Guests guests) {
    this.sheets = sheets;
    this.questionnaires = questionnaires;
    this.limit = limit;
    this.guests = guests;
  }

  /**
   * What is asked.
   *
   * @param state open, counting or closed
   * @param anonymous whether nothing is stored that says who answered what
   */
  @Serdeable
  @Schema(name = "QuestionnaireSheet")
  record SheetView(
      UUID id,
      String title,
      String purpose,
      String state,
      boolean anonymous,
      boolean digits,
      @Nullable Instant closesAt,
      List<SheetQuestion> questions) {}

  @Get
  @Operation(summary = "The sheet of a questionnaire that was opened")
  SheetView get(UUID id) {
    var of = sheets.shown(id);
    return new SheetView(
        of.id(),
        of.content().title(),
        of.content().purpose(),
        questionnaires.phase(of).code(),
        of.content().anonymous(),
        of.content().asksDigits(),
        of.closesAt().orElse(null),
        of.questions());
  }

  /**
   * Who hands in.
   *
   * @param branch code, name or path; may be left out where one organisation alone is asked
   * @param digits the last four of the phone, where they are asked for
   */
  @Serdeable
  @Schema(name = "QuestionnaireParticipant")
  record WhoBody(@Nullable String name, @Nullable String branch, @Nullable String digits) {}

  /**
   * An answer.
   *
   * @param number of the question, from 1
   * @param choices numbers of the choices taken, from 1
   * @param scale place on the scale
   */
  @Serdeable
  @Schema(name = "QuestionnaireAnswer")
  record AnswerBody(
      @Nullable Integer number,
      @Nullable List<Integer> choices,
      @Nullable Integer scale,
      @Nullable String text) {}

  /** A sheet to be handed in; questions that are not required may be left out. */
  @Serdeable
  @Schema(
      name = "QuestionnaireHandIn",
      examples =
          """
          {"participant":{"name":"王小明"},"answers":[{"number":1,"scale":4},{"number":2,"choices":[1]},{"number":3,"text":"多去现场看看"}]}\
          """)
  record SheetBody(@Nullable WhoBody participant, @Nullable List<AnswerBody> answers) {}

  /** That a sheet was taken; corrected where it replaces the one before. */
  @Serdeable
  @Schema(name = "QuestionnaireReceipt")
  record ReceiptView(boolean corrected) {}

  @Post
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Hands in a sheet",
      description =
          "A named one is corrected by handing in again until it closes, with the same"
              + " Idempotency-Key or the last four digits of the phone. An anonymous one is handed"
              + " in once; 409 questionnaire.no-sheet then.")
  ReceiptView handIn(HttpRequest<?> request, UUID id, @Body SheetBody body) {
    var who = body.participant();
    if (who == null) {
      throw Problem.invalid("participant", "missing");
    }
    var secret =
        request.getHeaders().contains("Idempotency-Key")
            ? Optional.of(Guests.idempotencyKey(request))
            : Optional.<String>empty();
    var given =
        body.answers() == null
            ? List.<Answers.Given>of()
            : body.answers().stream()
                .map(a -> new Answers.Given(a.number(), a.choices(), a.scale(), a.text()))
                .toList();
    var receipt =
        limit.counted(
            request,
            secret.map(guests::id).orElseGet(UUID::randomUUID),
            () ->
                sheets.handIn(
                    id,
                    new Sheets.Who(
                        text(who.name()), text(who.branch()), text(who.digits()), secret),
                    given));
    return new ReceiptView(receipt.corrected());
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }
}
