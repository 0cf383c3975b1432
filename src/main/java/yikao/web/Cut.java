package yikao.web;

import java.util.Locale;

/** Why a connection, or a request of it, was cut off. */
enum Cut {
  /** Too many connections, in all or of one address. */
  REFUSED,
  /** Too many requests were sent before the first was answered. */
  PIPELINING,
  /** The headers did not come in time. */
  SLOW_HEAD,
  /** The body did not come in time. */
  SLOW_BODY,
  /** A request has more headers than any browser sends. */
  HEADERS,
  /** Too much is held of unfinished requests. */
  HELD,
  /** The answer was not taken in time. */
  UNREAD,
  /** Nothing was asked for a long time. */
  IDLE;

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
