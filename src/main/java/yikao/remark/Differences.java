package yikao.remark;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import yikao.attempt.AttemptChanges.Remark;
import yikao.attempt.Result;
import yikao.scoring.Points;

/**
 * What an amendment changes, as far as attempts were looked at.
 *
 * @param amendments how many amendments the quiz has, to be sent with the confirmation
 * @param attempts how many ended attempts were looked at
 * @param changed how many of them change
 * @param changes the first of them
 * @param after the last that was looked at, where there are more to look at
 */
@Serdeable
@Schema(name = "AmendmentPreview")
record Differences(
    int amendments,
    int attempts,
    int changed,
    int newlyPassed,
    int noLongerPassed,
    List<Change> changes,
    @Nullable UUID after) {
  private static final int MOST = 1_000;

  /** What changes about one attempt. */
  @Serdeable
  @Schema(name = "AmendmentChange")
  record Change(
      UUID attempt,
      BigDecimal scoreBefore,
      BigDecimal scoreAfter,
      BigDecimal maxBefore,
      BigDecimal maxAfter,
      @Nullable Boolean passedBefore,
      @Nullable Boolean passedAfter) {
    static Change of(Remark remark) {
      var before = remark.before().result().orElseThrow();
      var after = remark.after().result().orElseThrow();
      return new Change(
          remark.after().id(),
          Points.plain(before.score().points()),
          Points.plain(after.score().points()),
          Points.plain(before.score().maximum()),
          Points.plain(after.score().maximum()),
          before.passed().orElse(null),
          after.passed().orElse(null));
    }
  }

  static Differences none(int amendments) {
    return new Differences(amendments, 0, 0, 0, 0, List.of(), null);
  }

  /** With those of more attempts. */
  Differences plus(List<Remark> remarks, Optional<UUID> last) {
    var different = remarks.stream().filter(Differences::isDifferent).map(Change::of).toList();
    var all = new ArrayList<>(changes);
    different.stream().limit(Math.max(0, MOST - all.size())).forEach(all::add);
    return new Differences(
        amendments,
        attempts + remarks.size(),
        changed + different.size(),
        newlyPassed + count(different, c -> isTrue(c.passedAfter) && !isTrue(c.passedBefore)),
        noLongerPassed + count(different, c -> isTrue(c.passedBefore) && !isTrue(c.passedAfter)),
        all,
        last.orElse(null));
  }

  private static boolean isDifferent(Remark remark) {
    return !shown(remark.before().result().orElseThrow())
        .equals(shown(remark.after().result().orElseThrow()));
  }

  private static List<Object> shown(Result result) {
    return List.of(
        Points.plain(result.score().points()),
        Points.plain(result.score().maximum()),
        result.passed());
  }

  private static int count(List<Change> all, Predicate<Change> which) {
    return (int) all.stream().filter(which).count();
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
