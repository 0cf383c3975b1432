package yikao.attempt;

import io.micronaut.core.order.OrderUtil;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import yikao.db.StatementBatch;

/** All listeners, in their order. */
@Singleton
final class AttemptListeners {
  private final List<AttemptListener> all;

  AttemptListeners(List<AttemptListener> listeners) {
    var sorted = new ArrayList<>(listeners);
    sorted.sort(Comparator.comparing(l -> l.getClass().getName()));
    OrderUtil.sort(sorted);
    this.all = List.copyOf(sorted);
  }

  /** Tells each of them. */
  void tell(List<AttemptEvent> events, StatementBatch changes) {
    if (!events.isEmpty()) {
      all.forEach(listener -> listener.happened(events, changes));
    }
  }
}
