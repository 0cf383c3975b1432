package yikao.db;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Something that is done again and again while the service runs, by one thread of its own that is
 * never interrupted. A run that fails is followed by the next one; while the database is
 * disconnected that is said once.
 */
public interface PeriodicTask {
  /** Names its thread, and its lease. */
  String name();

  /** The time from the end of a run to the next. */
  Duration interval();

  /** Whether there is anything to do over this database. */
  default boolean isWanted() {
    return true;
  }

  /** Whether it is about what other nodes do: nothing to do where the database is of one alone. */
  default boolean isAboutOtherNodes() {
    return false;
  }

  /** Whether one node at a time does it, the one that has the lease of its name. */
  default boolean isForOneNode() {
    return false;
  }

  /**
   * Does it once.
   *
   * @param mayGoOn asked before each piece of something long: not where the service stops, or
   *     another node has taken over
   */
  void run(BooleanSupplier mayGoOn);
}
