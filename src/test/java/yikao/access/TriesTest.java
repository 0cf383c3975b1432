package yikao.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import yikao.web.Problem;

final class TriesTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Tries pair = new Tries(2, Duration.ofMinutes(1));
  private final Tries account = new Tries(1, Duration.ofMinutes(1));

  @Test
  void delays_doubleAfterThoseThatAreFree() {
    assertThat(pair.wrong(0)).isEmpty();
    assertThat(pair.wrong(0)).isEmpty();
    assertThat(pair.wrong(0)).isEmpty();
    assertThat(pair.left(0)).contains(Duration.ofSeconds(1));
    assertThat(pair.wrong(SECOND)).isEmpty();
    assertThat(pair.left(SECOND)).contains(Duration.ofSeconds(2));
  }

  /** What is not looked at is counted for nobody. */
  @Test
  void refusedForOne_isNotCountedForTheOther() {
    account.wrong(0);
    account.wrong(0);
    for (var i = 0; i < 9; i++) {
      assertThatThrownBy(() -> Tries.begin(new Tries[] {pair, account}, 0))
          .isInstanceOf(Problem.class);
    }
    Tries.begin(new Tries[] {pair}, 0);
    Tries.begin(new Tries[] {pair}, 0);
    assertThat(pair.left(0)).as("two are free").isEmpty();
  }

  @Test
  void rightOne_isTakenBack() {
    for (var i = 0; i < 9; i++) {
      Tries.begin(new Tries[] {pair}, 0);
      pair.right();
    }
    assertThat(pair.left(0)).isEmpty();
  }
}
