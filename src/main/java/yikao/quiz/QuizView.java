package yikao.quiz;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import yikao.quiz.Policies.Counting;
import yikao.quiz.Policies.EntryPolicy;

/**
 * A quiz as participants see it.
 *
 * @param id the quiz's code
 * @param group {@code test}, {@code theme} or {@code practice}
 * @param startsUntil from when on nobody starts any more, where that is not the close
 * @param open whether an attempt may start now
 * @param tries how often one may try; absent: without limit
 * @param entry {@code everyone}; {@code members}: who is on its roster
 * @param lastFourDigits true where everybody gives the last four digits of the phone
 */
@Serdeable
@Schema(name = "QuizSummary")
public record QuizView(
    String id,
    String title,
    String description,
    QuizGroup group,
    int questions,
    BigDecimal maxScore,
    BigDecimal passMark,
    @Nullable Instant opens,
    @Nullable Instant closes,
    @Nullable Instant startsUntil,
    boolean open,
    @Nullable Long timeLimitMinutes,
    @Nullable Integer tries,
    Counting counting,
    EntryPolicy entry,
    @Nullable Boolean lastFourDigits,
    int revision) {

  /** The view of a quiz at a moment. */
  public static QuizView of(Quiz quiz, Instant now) {
    return new QuizView(
        quiz.code(),
        quiz.title(),
        quiz.about().description(),
        quiz.about().group(),
        quiz.blueprint().questions(),
        quiz.blueprint().points(),
        quiz.grading().passMark(),
        quiz.window().opens().orElse(null),
        quiz.window().closes().orElse(null),
        quiz.window().startsUntil().orElse(null),
        quiz.window().isOpen(now),
        quiz.schedule().timeLimit().map(Duration::toMinutes).orElse(null),
        quiz.tries().count().orElse(null),
        quiz.tries().counting(),
        quiz.entry(),
        quiz.entrance().asksDigits() ? true : null,
        quiz.revision());
  }
}
