package yikao.attempt;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import yikao.access.Editors;
import yikao.bank.Bank;
import yikao.db.Transactions;
import yikao.question.Key;
import yikao.question.QuestionType;
import yikao.quiz.Quizzes;
import yikao.scoring.Amendment;
import yikao.web.Problem;

/** What editors do about attempts: look them through, mark again, give more time. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "staff")
final class StaffApi {
  private static final int MOST = 1_000;

  private final Editors editors;
  private final Quizzes quizzes;
  private final Transactions transactions;
  private final AttemptStore store;
  private final Amendments amendments;
  private final Extensions extensions;
  private final Bank bank;

  StaffApi(
      Editors editors,
      Quizzes quizzes,
      Transactions transactions,
      AttemptStore store,
      Amendments amendments,
      Extensions extensions,
      Bank bank) {
    this.editors = editors;
    this.quizzes = quizzes;
    this.transactions = transactions;
    this.store = store;
    this.amendments = amendments;
    this.extensions = extensions;
    this.bank = bank;
  }

  /**
   * An amendment.
   *
   * @param question id of the question
   * @param voided {@code full-points} for everybody, or {@code out-of-maximum}
   * @param choices another set of choices that is right
   * @param blank of which another text is right, counted from 1
   * @param text that other text
   * @param amendments how many amendments the preview knew; only to confirm
   * @param reason why; only to confirm
   */
  @Serdeable
  @Schema(
      name = "Amendment",
      examples =
          """
          {"question":"07-branch-001","voided":"full-points","amendments":0,"reason":"题干有歧义"}\
          """)
  record AmendmentBody(
      @Nullable String question,
      @Nullable String voided,
      @Nullable List<String> choices,
      @Nullable Integer blank,
      @Nullable String text,
      @Nullable Integer amendments,
      @Nullable String reason) {

    Amendment amendment() {
      if (question == null) {
        throw Problem.invalid("question", "missing");
      }
      var kinds = (voided == null ? 0 : 1) + (choices == null ? 0 : 1) + (text == null ? 0 : 1);
      if (kinds != 1) {
        throw Problem.invalid("voided", "amendment.one-kind");
      }
      if (voided != null) {
        return switch (voided) {
          case "full-points" -> new Amendment.Voided(question, true);
          case "out-of-maximum" -> new Amendment.Voided(question, false);
          default -> throw Problem.invalid("voided", "amendment.voided");
        };
      }
      if (choices != null) {
        if (choices.stream().anyMatch(java.util.Objects::isNull)) {
          throw Problem.invalid("choices", "response.no-such-choice");
        }
        return new Amendment.AcceptedChoices(question, new HashSet<>(choices));
      }
      if (blank == null || text == null || text.isBlank() || text.length() > Inputs.MAX_BLANK) {
        throw Problem.invalid(blank == null ? "blank" : "text", "missing");
      }
      return new Amendment.AcceptedText(question, blank - 1, text);
    }
  }

  /**
   * What an amendment would change.
   *
   * @param amendments how many amendments the quiz has now, to be sent with the confirmation
   * @param attempts how many ended attempts were looked at
   * @param changed how many would change
   * @param changes the first of them
   */
  @Serdeable
  @Schema(name = "AmendmentPreview")
  record PreviewView(
      int amendments,
      int attempts,
      int changed,
      int newlyPassed,
      int noLongerPassed,
      List<ChangeView> changes) {}

  /** What would change about one attempt. */
  @Serdeable
  @Schema(name = "AmendmentChange")
  record ChangeView(
      UUID attempt,
      BigDecimal scoreBefore,
      BigDecimal scoreAfter,
      BigDecimal maxBefore,
      BigDecimal maxAfter,
      @Nullable Boolean passedBefore,
      @Nullable Boolean passedAfter) {}

  /** An attempt as staff sees it in a list. */
  @Serdeable
  @Schema(name = "AttemptSummary")
  record SummaryView(
      UUID id,
      int number,
      AttemptState state,
      @Nullable Instant endedAt,
      @Nullable BigDecimal score,
      @Nullable Boolean passed,
      int pending) {}

  /**
   * More time.
   *
   * @param since reopens attempts that expired from then on
   * @param extensions how many extensions there have been, so that a repeat does not extend twice
   */
  @Serdeable
  @Schema(
      name = "Extension",
      examples =
          """
          {"minutes":15,"since":"2026-11-22T11:05:00Z","extensions":0,"reason":"机房停电"}\
          """)
  record ExtensionBody(
      @Nullable Integer minutes,
      @Nullable Instant since,
      @Nullable Integer extensions,
      @Nullable String reason) {}

  /** How many attempts got more time, and how many of them run again. */
  @Serdeable
  @Schema(name = "Extended")
  record ExtendedView(int extended, int reopened) {}

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
  @Operation(summary = "Every version of a question, with its key (editor)")
  List<QuestionVersionView> question(HttpRequest<?> request, String id) {
    editors.require(request);
    var versions = bank.versionsOf(id);
    if (versions.isEmpty()) {
      throw Problem.notFound("amendment.no-such-question");
    }
    return versions.stream()
        .map(v ->
            new QuestionVersionView(
                v.version(),
                v.question().type(),
                v.question().stem(),
                v.question().choices().stream().map(c -> new ChoiceText(c.id(), c.text())).toList(),
                switch (v.question().key()) {
                  case Key.OfChoices k -> List.of(k.choices().stream().sorted().toList());
                  case Key.OfBlanks k -> k.blanks();
                  case Key.OfEssay k -> List.of(k.points());
                },
                v.question().citation().locator()))
        .toList();
  }

  @Get("/quizzes/{quiz}/attempts")
  @Operation(summary = "The ended attempts of a quiz, in pages (editor)")
  List<SummaryView> list(
      HttpRequest<?> request,
      String quiz,
      @QueryValue(defaultValue = "false") boolean pending,
      @QueryValue @Nullable UUID after,
      @QueryValue(defaultValue = "50") int limit) {
    editors.require(request);
    var which = pending ? Amendments.pending() : DSL.noCondition();
    return store
        .ended(
            transactions.read(),
            quizzes.get(quiz).id(),
            Optional.ofNullable(after),
            which,
            Math.clamp(limit, 1, MOST))
        .stream()
        .map(StaffApi::summary)
        .toList();
  }

  private static SummaryView summary(Attempt a) {
    return new SummaryView(
        a.id(),
        a.number(),
        a.state(),
        a.endedAt().orElse(null),
        a.result().map(r -> ReviewView.plain(r.score().points())).orElse(null),
        a.result().flatMap(Result::passed).orElse(null),
        a.result().map(r -> r.score().pending()).orElse(0));
  }

  @Post("/quizzes/{quiz}/amendments/preview")
  @Operation(summary = "What an amendment would change; changes nothing (editor)")
  PreviewView preview(HttpRequest<?> request, String quiz, @Body AmendmentBody body) {
    editors.require(request);
    var changed = quizzes.changed(quiz);
    var changes = new ArrayList<ChangeView>();
    var counts = new int[3];
    var looked =
        amendments.preview(
            changed,
            body.amendment(),
            d -> {
              var change = change(d);
              counts[0]++;
              counts[1] += isTrue(change.passedAfter()) && !isTrue(change.passedBefore()) ? 1 : 0;
              counts[2] += isTrue(change.passedBefore()) && !isTrue(change.passedAfter()) ? 1 : 0;
              if (changes.size() < MOST) {
                changes.add(change);
              }
            });
    return new PreviewView(changed.amendments(), looked, counts[0], counts[1], counts[2], changes);
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }

  private static ChangeView change(Amendments.Difference d) {
    var before = d.before().result().orElseThrow();
    var after = d.after().result().orElseThrow();
    return new ChangeView(
        d.before().id(),
        ReviewView.plain(before.score().points()),
        ReviewView.plain(after.score().points()),
        ReviewView.plain(before.score().maximum()),
        ReviewView.plain(after.score().maximum()),
        before.passed().orElse(null),
        after.passed().orElse(null));
  }

  @Post("/quizzes/{quiz}/amendments")
  @Operation(summary = "Amends a quiz and marks it again (editor)")
  PreviewView confirm(HttpRequest<?> request, String quiz, @Body AmendmentBody body) {
    editors.require(request);
    if (body.amendments() == null) {
      throw Problem.invalid("amendments", "missing");
    }
    var reason = reason(body.reason());
    var shown = preview(request, quiz, body);
    amendments.confirm(quizzes.get(quiz), body.amendment(), body.amendments(), reason);
    return shown;
  }

  private static String reason(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > 500) {
      throw Problem.invalid("reason", "length", 1, 500);
    }
    return reason.strip();
  }

  @Post("/quizzes/{quiz}/extensions")
  @Operation(
      summary = "Gives all attempts more time, and reopens those that expired since (editor)")
  ExtendedView extend(HttpRequest<?> request, String quiz, @Body ExtensionBody body) {
    editors.require(request);
    if (body.minutes() == null || body.minutes() < 1 || body.minutes() > 1440) {
      throw Problem.invalid("minutes", "range", 1, 1440);
    }
    if (body.since() == null) {
      throw Problem.invalid("since", "missing");
    }
    if (body.extensions() == null) {
      throw Problem.invalid("extensions", "missing");
    }
    var extended =
        extensions.extend(
            quizzes.get(quiz),
            Duration.ofMinutes(body.minutes()),
            body.since(),
            body.extensions(),
            reason(body.reason()));
    return new ExtendedView(extended.extended(), extended.reopened());
  }
}
