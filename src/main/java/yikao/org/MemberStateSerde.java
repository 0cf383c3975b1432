package yikao.org;

import jakarta.inject.Singleton;
import yikao.web.EnumSerde;

/** How the API writes states of members. */
@Singleton
final class MemberStateSerde extends EnumSerde<MemberState> {
  MemberStateSerde() {
    super(MemberState.values());
  }
}
