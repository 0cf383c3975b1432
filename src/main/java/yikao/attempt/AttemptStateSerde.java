package yikao.attempt;

import jakarta.inject.Singleton;
import yikao.web.EnumSerde;

/** How the API writes states. */
@Singleton
final class AttemptStateSerde extends EnumSerde<AttemptState> {
  AttemptStateSerde() {
    super(AttemptState.values());
  }
}
