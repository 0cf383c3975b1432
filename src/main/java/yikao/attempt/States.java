package yikao.attempt;

import jakarta.inject.Singleton;
import yikao.web.EnumSerde;

/** How the API writes states. */
@Singleton
final class States extends EnumSerde<AttemptState> {
  States() {
    super(AttemptState.values());
  }
}
