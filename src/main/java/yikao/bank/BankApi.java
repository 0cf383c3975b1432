package yikao.bank;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import yikao.access.Editors;
import yikao.question.QuestionType;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;

/** The areas, and loading the bank again. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "bank")
final class BankApi {
  private final Bank bank;
  private final Editors editors;

  BankApi(Bank bank, Editors editors) {
    this.bank = bank;
    this.editors = editors;
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
  @Operation(summary = "Loads the bank's files again (editor)", description = "All or nothing.")
  LoadedView load(HttpRequest<?> request) {
    editors.require(request);
    try {
      var loaded = bank.load();
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
    }
  }
}
