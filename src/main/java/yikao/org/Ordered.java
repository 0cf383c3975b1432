package yikao.org;

import org.jspecify.annotations.Nullable;
import yikao.access.Actor;
import yikao.web.Problem;

/** What every request has that changes what holds of an organisation or a member from a day on. */
interface Ordered {
  /** Of what is changed, as it was seen. */
  @Nullable Integer version();

  /** From which day, as {@code 2026-11-30}; absent: today. */
  @Nullable String date();

  /** Why. */
  @Nullable String reason();

  /** The order that it is. */
  default Order order(Actor actor, Today today) {
    return Order.of(actor, reason(), date(), today);
  }

  /**
   * The version that was seen.
   *
   * @throws Problem where it is missing
   */
  default int seen() {
    return seen(version());
  }

  /** The same of a request that holds from no day. */
  static int seen(@Nullable Integer version) {
    if (version == null) {
      throw Problem.invalid("version", "missing");
    }
    return version;
  }
}
