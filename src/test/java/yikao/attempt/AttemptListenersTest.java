package yikao.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.annotation.Order;
import java.util.ArrayList;
import java.util.List;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import yikao.db.StatementBatch;

/** In which order listeners are told. */
final class AttemptListenersTest {
  private final List<String> told = new ArrayList<>();

  /** Notes that it was told. */
  private abstract static class Noting implements AttemptListener {
    private final List<String> told;

    Noting(List<String> told) {
      this.told = told;
    }

    @Override
    public void happened(List<AttemptEvent> events, StatementBatch changes) {
      told.add(getClass().getSimpleName());
    }
  }

  @Order(2)
  private static final class AmongTheLast extends Noting {
    AmongTheLast(List<String> told) {
      super(told);
    }
  }

  private static final class Bare extends Noting {
    Bare(List<String> told) {
      super(told);
    }
  }

  private static final class Carefree extends Noting {
    Carefree(List<String> told) {
      super(told);
    }
  }

  @Order(-1)
  private static final class Foremost extends Noting {
    Foremost(List<String> told) {
      super(told);
    }
  }

  private static StatementBatch batch() {
    return new StatementBatch(DSL.using(SQLDialect.H2));
  }

  @Test
  void listeners_areToldByOrderAndThenByName() {
    var listeners =
        new AttemptListeners(
            List.of(
                new Carefree(told), new AmongTheLast(told), new Foremost(told), new Bare(told)));
    var started = new AttemptEvent.Started(AttemptsForTests.running(), AttemptsForTests.quiz());
    listeners.tell(List.of(started), batch());
    assertThat(told).containsExactly("Foremost", "Bare", "Carefree", "AmongTheLast");
  }

  @Test
  void nothingHappened_nobodyIsTold() {
    new AttemptListeners(List.of(new Bare(told))).tell(List.of(), batch());
    assertThat(told).isEmpty();
  }
}
