package yikao.sitting;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.attempt.Attempt;
import yikao.attempt.Result;
import yikao.question.Question;
import yikao.scoring.Points;

/**
 * The account of a session (场次记录).
 *
 * @param title of its quiz
 * @param branch path of its organisation
 * @param ended whether everybody has handed in: scores and questions are there only then
 * @param papersOut how many papers in print are still to be typed in once it has ended
 * @param lines everybody who should take part, by name
 * @param bands how many scored how much
 * @param missed the questions that most have missed, the worst first
 */
public record Account(
    Sitting sitting,
    String title,
    String branch,
    boolean ended,
    int papersOut,
    List<Line> lines,
    List<Band> bands,
    List<Missed> missed) {

  /**
   * Somebody who should take part.
   *
   * @param name empty where the person was erased; what was done still counts
   * @param attendance as the secretary has it
   * @param attempt absent where the person took no part
   */
  public record Line(UUID member, String name, Attendance attendance, Optional<Attempt> attempt) {
    /** Whether the person was there: took part, or was seen. */
    public boolean isPresent() {
      return attempt.isPresent()
          || attendance.status().filter(s -> s == AttendanceStatus.PRESENT).isPresent();
    }

    /** Why not; empty where that is not said, or the person was there. */
    public Optional<AttendanceStatus> reason() {
      return isPresent() ? Optional.empty() : attendance.status();
    }

    /** The word of what is said of the person; empty where nothing is. */
    public String status() {
      return attendance.status().map(AttendanceStatus::code).orElse("");
    }

    /** What was noted. */
    public String note() {
      return attendance.note();
    }

    private Optional<Result> result() {
      return attempt.flatMap(Attempt::result);
    }

    /** The score; empty where there is none. */
    public String score() {
      return result().map(r -> Points.text(r.score().points())).orElse("");
    }

    /** Whether the person passed; absent where that is not known. */
    public Optional<Boolean> passed() {
      return result().flatMap(Result::passed);
    }
  }

  /**
   * A band of scores, in hundredths of what could be had.
   *
   * @param from at least so many
   * @param to at most so many
   */
  public record Band(int from, int to, int people) {}

  /**
   * A question that was missed: not all of its points were earned.
   *
   * @param had how many had it in their papers
   * @param missed how many of them have missed it
   */
  public record Missed(Question question, int had, int missed) {
    /** Hundredths of those who had it. */
    public int percent() {
      return Account.percent(missed, had);
    }
  }

  /** How many should take part. */
  public int expected() {
    return lines.size();
  }

  /** How many were there. */
  public int present() {
    return (int) lines.stream().filter(Line::isPresent).count();
  }

  /** Those who were not there. */
  public List<Line> absent() {
    return lines.stream().filter(l -> !l.isPresent()).toList();
  }

  /** How many took part. */
  public int took() {
    return (int) lines.stream().filter(l -> l.attempt().isPresent()).count();
  }

  /** How many passed. */
  public int passed() {
    return (int) lines.stream().filter(l -> l.passed().orElse(false)).count();
  }

  /** Hundredths of those who took part that passed. */
  public int passRate() {
    return percent(passed(), took());
  }

  /** The average score of those who took part; empty where nobody did. */
  public String average() {
    var scores =
        lines.stream().flatMap(l -> l.result().stream()).map(r -> r.score().points()).toList();
    return scores.isEmpty()
        ? ""
        : Points.text(
            scores.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(scores.size()), 1, RoundingMode.HALF_UP));
  }

  private static int percent(int some, int all) {
    return all == 0 ? 0 : Math.round(100f * some / all);
  }
}
