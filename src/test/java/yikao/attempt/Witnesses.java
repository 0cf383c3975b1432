package yikao.attempt;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import yikao.TestService;
import yikao.db.Bulk;
import yikao.db.StatementBatch;
import yikao.db.Transactions;

/** Listeners that write down what they are told, in a table of their own; and one that fails. */
final class Witnesses {
  private static final Table<?> TABLE = DSL.table(DSL.name("witness"));
  private static final Field<Long> POSITION = field("position", Long.class);
  private static final Field<String> LISTENER = field("listener", String.class);
  private static final Field<String> EVENT = field("event", String.class);
  private static final Field<UUID> ATTEMPT = field("attempt", UUID.class);
  private static final Field<String> PARTICIPANT = field("participant", String.class);
  private static final Field<String> QUIZ = field("quiz", String.class);
  private static final Field<String> MARKS = field("marks", String.class);
  private static final Bulk INSERT =
      Bulk.insert(TABLE, List.of(LISTENER, EVENT, ATTEMPT, PARTICIPANT, QUIZ, MARKS));

  private Witnesses() {}

  private static <T> Field<T> field(String name, Class<T> type) {
    return DSL.field(DSL.name(name), type);
  }

  /** The service with these listeners, whose table is there. */
  static TestService start(Map<String, Object> more) {
    var settings = new HashMap<>(more);
    settings.put("test.listeners", "true");
    var service = TestService.start(settings);
    dsl(service)
        .createTable(TABLE)
        .column(POSITION, SQLDataType.BIGINT.generatedByDefaultAsIdentity())
        .columns(LISTENER, EVENT, ATTEMPT, PARTICIPANT, QUIZ, MARKS)
        .execute();
    return service;
  }

  private static DSLContext dsl(TestService service) {
    return service.context().getBean(Transactions.class).read();
  }

  /** What was written about an attempt, in its order. */
  static List<String> about(TestService service, String attempt) {
    return dsl(service)
        .select(LISTENER, EVENT, PARTICIPANT, QUIZ, MARKS)
        .from(TABLE)
        .where(ATTEMPT.eq(UUID.fromString(attempt)))
        .orderBy(POSITION)
        .fetch(r -> String.join(" ", r.value1(), r.value2(), r.value3(), r.value4(), r.value5()));
  }

  private static void write(String listener, List<AttemptEvent> events, StatementBatch changes) {
    INSERT.addTo(changes, events.stream().map(e -> row(listener, e)).toList());
  }

  private static Object[] row(String listener, AttemptEvent event) {
    return new Object[] {
      listener,
      event.getClass().getSimpleName(),
      event.attempt().id(),
      event.participant().name(),
      event.quiz().code(),
      marks(event)
    };
  }

  private static String marks(AttemptEvent event) {
    return switch (event) {
      case AttemptEvent.Started _ -> "-";
      case AttemptEvent.Ended(var attempt, _) -> marks(attempt);
      case AttemptEvent.Remarked(var before, var after, _) -> marks(before) + ">" + marks(after);
      case AttemptEvent.Reopened(var before, var after, _) ->
          marks(before) + ">" + (after.isEnded() ? marks(after) : "-");
      case AttemptEvent.Corrected(var before, var after, _) ->
          before.takenBy().name() + ">" + after.takenBy().name();
      case AttemptEvent.Annulled(var before, _, _) -> marks(before) + ">";
    };
  }

  private static String marks(Attempt attempt) {
    return Result.encode(attempt.result().orElseThrow().marks());
  }

  /** Told after the other, though its name comes first. */
  @Singleton
  @Order(2)
  @Requires(property = "test.listeners")
  static final class Afterwards implements AttemptListener {
    @Override
    public void happened(List<AttemptEvent> events, StatementBatch changes) {
      write("later", events, changes);
    }
  }

  /** Told before the other. */
  @Singleton
  @Order(1)
  @Requires(property = "test.listeners")
  static final class Foremost implements AttemptListener {
    @Override
    public void happened(List<AttemptEvent> events, StatementBatch changes) {
      write("sooner", events, changes);
    }
  }

  /** Fails on what a test wants; and can hold a group until others wait for the next. */
  @Singleton
  @Order(3)
  @Requires(property = "test.listeners")
  static final class Failing implements AttemptListener {
    volatile Predicate<AttemptEvent> bad = _ -> false;
    volatile Predicate<AttemptEvent> held = _ -> false;
    volatile CountDownLatch holding = new CountDownLatch(0);
    private volatile boolean isHolding;

    /** Whose events came together with a bad one. */
    final Set<String> together = ConcurrentHashMap.newKeySet();

    @Override
    public void happened(List<AttemptEvent> events, StatementBatch changes) {
      if (events.stream().anyMatch(held)) {
        hold();
      }
      if (events.stream().anyMatch(bad)) {
        together.addAll(
            events.stream().map(e -> e.participant().name()).collect(Collectors.toSet()));
        throw new IllegalArgumentException("as wanted");
      }
    }

    /** Whether a group is held now. */
    boolean isHolding() {
      return isHolding;
    }

    private void hold() {
      isHolding = true;
      try {
        holding.await();
        isHolding = false;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
