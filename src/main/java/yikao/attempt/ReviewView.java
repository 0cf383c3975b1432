package yikao.attempt;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.attempt.Amendments.InForce;
import yikao.question.Key;
import yikao.question.QuestionType;
import yikao.question.Response;
import yikao.quiz.Policies.Reveal.What;
import yikao.scoring.Amendment;
import yikao.scoring.Mark;
import yikao.scoring.Points;

/**
 * An ended attempt, as far as the reveal policy shows it.
 *
 * @param annulled true where staff has set it aside, so that it counts for nothing; absent
 *     otherwise
 * @param shown how much is shown now
 * @param receipt by which staff recognise the submission
 * @param passed absent where it is not shown, not decided, or counts for nothing
 * @param pending how many marks wait for a person; with the score
 * @param questions with own answers from {@code answers} on, with keys only in {@code review}
 */
@Serdeable
@Schema(name = "Review")
public record ReviewView(
    UUID id,
    String quiz,
    String title,
    AttemptState state,
    @Nullable Boolean annulled,
    What shown,
    String receipt,
    Instant endedAt,
    long elapsedMillis,
    @Nullable BigDecimal score,
    BigDecimal maxScore,
    @Nullable Boolean passed,
    @Nullable Integer pending,
    @Nullable List<ReviewedQuestion> questions) {

  /**
   * A question looked back on.
   *
   * @param choices in the order in which they were shown
   * @param chosen the ids of the choices made
   * @param written the texts written
   * @param mark what it earned; absent while it waits for a person
   * @param maxMark what it could earn now
   * @param key the ids of the right choices
   * @param accepted for each blank what is accepted; for an essay its marking points
   * @param comment of the person who marked it
   * @param markVersion how often a person has marked it, this text or one before it; absent where
   *     nobody has
   * @param amendments what was changed about it for everybody
   */
  @Serdeable
  @Schema(name = "ReviewedQuestion")
  public record ReviewedQuestion(
      int number,
      QuestionType type,
      String stem,
      BigDecimal points,
      List<ChoiceView> choices,
      @Nullable List<String> chosen,
      @Nullable List<String> written,
      @Nullable BigDecimal mark,
      @Nullable BigDecimal maxMark,
      @Nullable List<String> key,
      @Nullable List<List<String>> accepted,
      @Nullable String explanation,
      @Nullable CitationView citation,
      @Nullable String comment,
      @Nullable Integer markVersion,
      @Nullable List<AmendedView> amendments) {}

  /**
   * What was changed about a question for everybody; of its kinds one is there.
   *
   * @param voided {@code full-points} for everybody, or {@code out-of-maximum}
   * @param choices the ids of choices that are right as well
   * @param blank of which another text is right, counted from 1
   * @param text that other text
   * @param reason why
   */
  @Serdeable
  @Schema(name = "AppliedAmendment")
  public record AmendedView(
      @Nullable String voided,
      @Nullable List<String> choices,
      @Nullable Integer blank,
      @Nullable String text,
      String reason) {
    /** As it applies to a version of the question; empty where it does not. */
    static Optional<AmendedView> of(InForce amended, ShownChoices shown, Audience audience) {
      var reason = amended.reason();
      return switch (amended.amendment()) {
        case Amendment.Voided v -> Optional.of(new AmendedView(v.code(), null, null, null, reason));
        case Amendment.AcceptedChoices c ->
            of(shown.names(c.in(shown.question()), audience), reason);
        case Amendment.AcceptedIdentifiers(_, var ids) -> of(shown.names(ids, audience), reason);
        case Amendment.AcceptedText t ->
            Optional.of(new AmendedView(null, null, t.blank() + 1, t.text(), reason));
      };
    }

    private static Optional<AmendedView> of(List<String> choices, String reason) {
      return choices.isEmpty()
          ? Optional.empty()
          : Optional.of(new AmendedView(null, choices, null, null, reason));
    }
  }

  /** The clause that proves a key. */
  @Serdeable
  @Schema(name = "Citation")
  public record CitationView(String title, String version, String locator, String words) {}

  /** What is shown beside answers and keys. */
  record Beside(List<InForce> amendments, Map<Integer, PersonMark> byPerson) {
    static final Beside NOTHING = new Beside(List.of(), Map.of());
  }

  /** How much is shown to whom. */
  record Shown(What what, Audience audience) {}

  static ReviewView of(
      AttemptPaper paper, Attempt attempt, String receipt, Shown shown, Beside beside) {
    var ending = attempt.ending().orElseThrow();
    var result = attempt.result().orElseThrow();
    var withScore = shown.what().compareTo(What.SCORE) >= 0;
    return new ReviewView(
        attempt.id(),
        paper.quiz().code(),
        paper.quiz().title(),
        attempt.state(),
        attempt.annulled() ? true : null,
        shown.what(),
        receipt,
        ending.at(),
        ending.elapsedMillis(),
        withScore ? Points.plain(result.score().points()) : null,
        Points.plain(result.score().maximum()),
        (withScore && !attempt.annulled()) ? result.passed().orElse(null) : null,
        withScore ? result.score().pending() : null,
        shown.what().compareTo(What.ANSWERS) >= 0
            ? questions(paper, attempt, result, shown, beside)
            : null);
  }

  private static List<ReviewedQuestion> questions(
      AttemptPaper paper, Attempt attempt, Result result, Shown shown, Beside beside) {
    var views = new ArrayList<ReviewedQuestion>();
    for (var number = 1; number <= paper.questions().size(); number++) {
      views.add(question(paper, attempt, result.marks().get(number - 1), number, shown, beside));
    }
    return views;
  }

  private static ReviewedQuestion question(
      AttemptPaper paper, Attempt attempt, Mark mark, int number, Shown shown, Beside beside) {
    var question = paper.question(number);
    var choices = paper.choices(number);
    var audience = shown.audience();
    var response = attempt.responses().response(number);
    var full = shown.what() == What.REVIEW;
    var citation = question.citation();
    var byPerson = Optional.ofNullable(beside.byPerson().get(number)).filter(_ -> full);
    return new ReviewedQuestion(
        number,
        question.type(),
        question.stem(),
        paper.section(number).points(),
        choices.views(audience),
        response instanceof Response.Chosen(var chosen) ? choices.names(chosen, audience) : null,
        response instanceof Response.Written(var texts) ? texts : null,
        full && !mark.pending() ? Points.plain(mark.points()) : null,
        full ? Points.plain(mark.maximum()) : null,
        full && question.key() instanceof Key.OfChoices(var key)
            ? choices.names(key, audience)
            : null,
        full ? accepted(question.key()) : null,
        full ? question.explanation() : null,
        full
            ? new CitationView(
                citation.title(), citation.version(), citation.locator(), citation.words())
            : null,
        byPerson.filter(m -> m.isOf(response)).flatMap(PersonMark::comment).orElse(null),
        byPerson.map(PersonMark::version).orElse(null),
        full ? amended(beside.amendments(), choices, audience) : null);
  }

  private static @Nullable List<AmendedView> amended(
      List<InForce> all, ShownChoices shown, Audience audience) {
    var own =
        all.stream()
            .filter(a -> a.amendment().questionId().equals(shown.question().id()))
            .flatMap(a -> AmendedView.of(a, shown, audience).stream())
            .toList();
    return own.isEmpty() ? null : own;
  }

  private static @Nullable List<List<String>> accepted(Key key) {
    return switch (key) {
      case Key.OfChoices _ -> null;
      case Key.OfBlanks blanks -> blanks.blanks();
      case Key.OfEssay essay -> List.of(essay.points());
    };
  }
}
