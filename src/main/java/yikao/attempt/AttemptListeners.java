package yikao.attempt;

import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import yikao.db.StatementBatch;

/** All listeners, in their order. */
@Singleton
final class AttemptListeners {
  private final List<AttemptListener> all;

  AttemptListeners(List<AttemptListener> listeners) {
    this.all =
        listeners.stream()
            .sorted(
                Comparator.comparingInt(AttemptListeners::order)
                    .thenComparing(listener -> listener.getClass().getName()))
            .toList();
  }

  private static int order(AttemptListener listener) {
    var order = listener.getClass().getAnnotation(Order.class);
    return order == null ? 0 : order.value();
  }

  /** Tells each of them. */
  void tell(List<AttemptEvent> events, StatementBatch changes) {
    if (!events.isEmpty()) {
      all.forEach(listener -> listener.happened(events, changes));
    }
  }
}
