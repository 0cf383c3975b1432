package yikao.db;

import static yikao.db.jooq.Tables.LEASE;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * What only one node should do at a time. A lease is a row that says which node has it until when,
 * by the clock that all nodes share; the node that has it renews it, and where that node dies
 * another takes it over. An embedded database has one process, which has every lease without a row.
 *
 * <p>A lease saves double work and is no fence: a node that was frozen for longer than a lease
 * lasts may do a last piece of work beside its successor. What must happen once is decided in its
 * transaction.
 */
@Singleton
public final class Leases {
  /** How long a lease lasts that is not renewed. */
  static final Duration LASTS = Duration.ofSeconds(5);

  private static final Duration RENEWED_BEFORE = Duration.ofSeconds(3);

  private final Transactions transactions;
  private final NodeClock clock;
  private final Node node;

  Leases(Transactions transactions, NodeClock clock, Node node) {
    this.transactions = transactions;
    this.clock = clock;
    this.node = node;
  }

  /** The lease of a name, not yet taken; for one thread. */
  public Lease lease(String name) {
    return new Lease(this, name);
  }

  /**
   * Runs the work in a transaction that no other of the same name runs beside, on any node; it may
   * run more than once.
   */
  public <R> R exclusively(String name, Function<DSLContext, R> work) {
    return transactions.write(dsl -> {
      hold(dsl, name);
      return work.apply(dsl);
    });
  }

  /** From here to the end of the transaction no other of the same name is in the same place. */
  public void hold(DSLContext transaction, String name) {
    insert(transaction, name, Instant.EPOCH);
    transaction.selectOne().from(LEASE).where(LEASE.NAME.eq(name)).forUpdate().fetchSingle();
  }

  /** Whether no other node can be there: the database is embedded. */
  public boolean isAlone() {
    return Dialect.of(transactions.read()) == Dialect.H2;
  }

  /** When a lease has to be renewed that ends then. */
  boolean isDue(Instant until) {
    return clock.instant().isAfter(until.minus(RENEWED_BEFORE));
  }

  /** Takes or renews a lease; returns until when, in the past where another node has it. */
  Instant take(String name) {
    var now = clock.instant();
    var until = now.plus(LASTS);
    var taken =
        transactions.write(dsl -> {
          var updated =
              dsl.update(LEASE)
                  .set(LEASE.NODE, node.id())
                  .set(LEASE.UNTIL, until)
                  .where(LEASE.NAME.eq(name))
                  .and(LEASE.NODE.eq(node.id()).or(LEASE.UNTIL.lt(now)))
                  .execute();
          return updated + (updated == 0 ? insert(dsl, name, until) : 0);
        });
    return taken > 0 ? until : Instant.EPOCH;
  }

  private int insert(DSLContext dsl, String name, Instant until) {
    return dsl.insertInto(LEASE)
        .set(LEASE.NAME, name)
        .set(LEASE.NODE, node.id())
        .set(LEASE.UNTIL, until)
        .onConflict(LEASE.NAME)
        .doNothing()
        .execute();
  }

  void release(String name) {
    transactions.write(dsl ->
        dsl.update(LEASE)
            .set(LEASE.UNTIL, Instant.EPOCH)
            .where(LEASE.NAME.eq(name))
            .and(LEASE.NODE.eq(node.id()))
            .execute());
  }
}
