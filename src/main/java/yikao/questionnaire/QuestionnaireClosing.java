package yikao.questionnaire;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import yikao.db.NodeClock;
import yikao.db.PeriodicTask;

/**
 * Settles questionnaires when their time is over, and takes the names off sheets that were kept
 * long enough.
 */
@Singleton
final class QuestionnaireClosing implements PeriodicTask {
  private static final int MOST = 100;

  private final Questionnaires questionnaires;
  private final NodeClock clock;
  private final Duration interval;
  private final Duration kept;

  QuestionnaireClosing(
      Questionnaires questionnaires,
      NodeClock clock,
      @Value("${yikao.sweep}") Duration interval,
      @Value("${yikao.retention.questionnaires}") Duration kept) {
    this.questionnaires = questionnaires;
    this.clock = clock;
    this.interval = interval;
    this.kept = kept;
  }

  /** How long names stay on sheets after the closing; nothing: until the person is erased. */
  Duration kept() {
    return kept;
  }

  @Override
  public String name() {
    return "questionnaires";
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public boolean isForOneNode() {
    return true;
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    questionnaires.closeDue(_ -> mayGoOn.getAsBoolean(), MOST);
    if (kept.isPositive()) {
      questionnaires.forgetNames(clock.instant().minus(kept));
    }
  }
}
