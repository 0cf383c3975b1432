package yikao.bank;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import yikao.access.Callers;
import yikao.question.Key;
import yikao.question.QuestionType;
import yikao.question.QuestionVersion;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;

/** The areas, and loading the bank again. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "bank")
final class BankApi {
  private final Bank bank;
  private final Callers callers;

  BankApi(Bank bank, Callers callers) {
    this.bank = bank;
    this.callers = callers;
  }

  /**
   * An area.
   *
   * @param questions how many are published
   */
  @Serdeable
  record AreaView(String code, String name, long questions) {}

  /** What a load changed. */
  @Serdeable
  record LoadedView(long revision, int added, int changed, int retired) {}

  /**
   * A load.
   *
   * @param confirmRetired how many questions may be retired because the files leave them out;
   *     needed where they are more than a tenth of the published ones
   */
  @Serdeable
  @Schema(
      name = "BankLoad",
      examples =
          """
          {"confirmRetired":334}\
          """)
  record LoadBody(@Nullable Integer confirmRetired) {}

  /** A version of a question as an editor sees it. */
  @Serdeable
  @Schema(name = "QuestionVersion")
  record QuestionVersionView(
      int version,
      QuestionType type,
      String stem,
      List<ChoiceText> choices,
      List<List<String>> key,
      String locator) {}

  /** A choice with its identifier. */
  @Serdeable
  @Schema(name = "ChoiceText")
  record ChoiceText(String id, String text) {}

  @Get("/questions/{id}")
  @Operation(summary = "Every version of a question, with its key (staff)")
  List<QuestionVersionView> question(HttpRequest<?> request, String id) {
    var staff = callers.require(request);
    staff.check(staff.canReadBank());
    var versions = bank.versionsOf(id);
    if (versions.isEmpty()) {
      throw Problem.notFound("amendment.no-such-question");
    }
    return versions.stream().map(BankApi::view).toList();
  }

  private static QuestionVersionView view(QuestionVersion v) {
    var question = v.question();
    return new QuestionVersionView(
        v.version(),
        question.type(),
        question.stem(),
        question.choices().stream().map(c -> new ChoiceText(c.id(), c.text())).toList(),
        switch (question.key()) {
          case Key.OfChoices k -> List.of(k.choices().stream().sorted().toList());
          case Key.OfBlanks k -> k.blanks();
          case Key.OfEssay k -> List.of(k.points());
        },
        question.citation().locator());
  }

  @Get("/areas")
  @Operation(summary = "The areas of content, with the number of published questions")
  List<AreaView> areas() {
    var pool = bank.pool();
    return bank.areas().stream()
        .map(area ->
            new AreaView(
                area.code(),
                area.name(),
                Arrays.stream(QuestionType.values())
                    .flatMap(type -> pool.all(type).stream())
                    .filter(q -> q.question().area().equals(area.code()))
                    .count()))
        .toList();
  }

  @Post("/bank/loads")
  @Operation(
      summary = "Loads the bank's files again (staff)",
      description =
          "All or nothing. Refused, with their number, where it would retire more than a tenth of"
              + " the published questions; sent again with that number, it does.")
  LoadedView load(HttpRequest<?> request, @Body @Nullable LoadBody body) {
    var staff = callers.require(request);
    staff.check(staff.canEditBank());
    var confirmed =
        body == null ? Optional.<Integer>empty() : Optional.ofNullable(body.confirmRetired());
    try {
      var loaded = bank.load(staff.actor(), confirmed);
      return new LoadedView(loaded.revision(), loaded.added(), loaded.changed(), loaded.retired());
    } catch (BankInvalidException e) {
      throw Problem.invalid(
          e.problems().stream()
              .map(p ->
                  FieldError.of(
                      "%s:%d %s".formatted(p.file(), p.line(), p.field()),
                      "bank.problem",
                      p.reason()))
              .toList());
    } catch (RetiresManyException e) {
      throw Problem.invalid(
          "confirmRetired",
          "bank.retires-many",
          String.valueOf(e.retired()),
          String.valueOf(e.published()),
          e.documents());
    }
  }
}
