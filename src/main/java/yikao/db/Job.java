package yikao.db;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * Work over many rows, as it stands.
 *
 * @param kind the name of its {@link JobKind}
 * @param subject what it is about, as those who look at it know it
 * @param actor who ordered it
 * @param arguments as its kind writes them
 * @param progress how far it has come and what it found, as its kind writes it; empty at first
 * @param done how many are done
 * @param total how many there were to do when it was ordered, at least those done
 */
public record Job(
    UUID id,
    String kind,
    String subject,
    String actor,
    String arguments,
    String progress,
    int done,
    int total,
    State state,
    Instant createdAt,
    Instant updatedAt) {

  /** Where a job is in its life. */
  public enum State {
    /** Ordered, and not done. */
    RUNNING,
    /** Done. */
    DONE,
    /** Given up: a step of it cannot be done. */
    FAILED;

    /** The name in the database and the API. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What a step has brought.
   *
   * @param progress how far the job has come, to be read by the next step
   * @param done how many this step has done
   * @param last whether nothing is left to do
   */
  public record Step(String progress, int done, boolean last) {}

  Job after(Step step, Instant now) {
    return new Job(
        id,
        kind,
        subject,
        actor,
        arguments,
        step.progress(),
        done + step.done(),
        Math.max(total, done + step.done()),
        step.last() ? State.DONE : State.RUNNING,
        createdAt,
        now);
  }
}
