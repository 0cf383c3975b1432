package yikao.remark;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import yikao.attempt.Attempt;
import yikao.attempt.AttemptChanges.Remark;
import yikao.attempt.AttemptState;
import yikao.attempt.Responses;
import yikao.attempt.Result;
import yikao.participant.Branch;
import yikao.participant.Participant;
import yikao.scoring.Mark;
import yikao.scoring.Score;

/** What an amendment changes: {@code 4/10 passed} against what it would be. */
final class DifferencesTest {
  private static final Instant START = Instant.parse("2026-07-01T01:00:00Z");
  private static final Optional<Boolean> PASSED = Optional.of(true);
  private static final Optional<Boolean> FAILED = Optional.of(false);
  private static final Optional<Boolean> UNKNOWN = Optional.empty();

  private static Result result(String points, String maximum, Optional<Boolean> passed) {
    var score = new Score(new BigDecimal(points), new BigDecimal(maximum), 0);
    return new Result(List.<Mark>of(), score, passed, 1, 0);
  }

  private static Remark remark(Result before, Result after) {
    return remark(UUID.randomUUID(), before, after);
  }

  private static Remark remark(UUID id, Result before, Result after) {
    return new Remark(attempt(id, before), attempt(id, after));
  }

  private static Attempt attempt(UUID id, Result result) {
    return new Attempt(
        new Attempt.Origin(id, 7, 1, 1, START),
        new Participant(new UUID(3, 4), "甲", new Branch.Named("一")),
        new byte[] {1},
        Optional.empty(),
        Responses.NONE,
        Optional.of(new Attempt.Ending(AttemptState.SUBMITTED, START.plusSeconds(60), 60_000)),
        Optional.of(result),
        false);
  }

  private static Remark passing(Optional<Boolean> before, Optional<Boolean> after) {
    return remark(result("4", "10", before), result("4", "10", after));
  }

  private static Differences of(Remark... remarks) {
    return Differences.none(3).plus(List.of(remarks), Optional.empty());
  }

  @Test
  void none_hasNothingButTheNumberOfAmendments() {
    assertThat(Differences.none(3)).isEqualTo(new Differences(3, 0, 0, 0, 0, List.of(), null));
  }

  @Test
  void sameNumbersInOtherForms_areNoDifference() {
    var remark = remark(result("4", "10", PASSED), result("4.000", "10.000", PASSED));
    var found = of(remark);
    assertThat(found.attempts()).isEqualTo(1);
    assertThat(found.changed()).isZero();
    assertThat(found.changes()).isEmpty();
  }

  @Test
  void pointsMaximumOrPassed_areADifference() {
    var before = result("4", "10", PASSED);
    assertThat(of(remark(before, result("5", "10", PASSED))).changed()).isEqualTo(1);
    assertThat(of(remark(before, result("4", "8", PASSED))).changed()).isEqualTo(1);
    assertThat(of(remark(before, result("4", "10", FAILED))).changed()).isEqualTo(1);
    assertThat(of(remark(before, result("4", "10", UNKNOWN))).changed()).isEqualTo(1);
  }

  @Test
  void change_showsBeforeAndAfterInPlainNumbers() {
    var id = UUID.randomUUID();
    var found = of(remark(id, result("0.000", "10.000", UNKNOWN), result("8.500", "20", PASSED)));
    assertThat(found.changes())
        .containsExactly(
            new Differences.Change(
                id,
                new BigDecimal("0"),
                new BigDecimal("8.5"),
                new BigDecimal("10"),
                new BigDecimal("20"),
                null,
                true));
  }

  @Test
  void passing_countsThoseWhoCrossTheLine() {
    var found = of(passing(FAILED, PASSED), passing(PASSED, FAILED), passing(PASSED, PASSED));
    assertThat(found.newlyPassed()).isEqualTo(1);
    assertThat(found.noLongerPassed()).isEqualTo(1);
  }

  /** Not known whether passed is not passed, for the counts. */
  @Test
  void passing_notYetKnownIsNotPassed() {
    assertThat(of(passing(UNKNOWN, PASSED)).newlyPassed()).isEqualTo(1);
    assertThat(of(passing(PASSED, UNKNOWN)).noLongerPassed()).isEqualTo(1);
    var still = of(passing(UNKNOWN, FAILED), passing(FAILED, UNKNOWN));
    assertThat(still.changed()).isEqualTo(2);
    assertThat(still.newlyPassed()).isZero();
    assertThat(still.noLongerPassed()).isZero();
  }

  @Test
  void steps_addUp() {
    var last = UUID.randomUUID();
    var same = remark(result("1", "10", FAILED), result("1", "10", FAILED));
    var up = remark(result("1", "10", FAILED), result("9", "10", PASSED));
    var down = remark(result("9", "10", PASSED), result("1", "10", FAILED));
    var first = Differences.none(3).plus(List.of(same, up), Optional.of(last));
    assertThat(first.after()).isEqualTo(last);
    var both = first.plus(List.of(down, up, same), Optional.empty());
    assertThat(both.amendments()).isEqualTo(3);
    assertThat(both.attempts()).isEqualTo(5);
    assertThat(both.changed()).isEqualTo(3);
    assertThat(both.newlyPassed()).isEqualTo(2);
    assertThat(both.noLongerPassed()).isEqualTo(1);
    assertThat(both.changes())
        .extracting(Differences.Change::attempt)
        .containsExactly(up.after().id(), down.after().id(), up.after().id());
    assertThat(both.after()).isNull();
  }

  private static List<Remark> changed(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> remark(result("1", "10", FAILED), result("9", "10", PASSED)))
        .toList();
  }

  @Test
  void changes_areKeptUpToAThousandAndAllCounted() {
    var first = changed(999);
    var second = changed(3);
    var found =
        Differences.none(0)
            .plus(first, Optional.empty())
            .plus(second, Optional.empty())
            .plus(changed(200), Optional.empty());
    assertThat(found.changed()).isEqualTo(1_202);
    assertThat(found.newlyPassed()).isEqualTo(1_202);
    assertThat(found.changes()).hasSize(1_000);
    assertThat(found.changes().getLast().attempt()).isEqualTo(second.getFirst().after().id());
  }
}
