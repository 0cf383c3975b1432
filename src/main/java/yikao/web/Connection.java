package yikao.web;

import io.micronaut.http.HttpStatus;
import io.netty.channel.Channel;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How far a connection is with its request, and until when it may stay there. Its event loop alone
 * changes it; the deadline is read by all.
 */
final class Connection {
  static final long NEVER = Long.MAX_VALUE;

  final Channel channel;
  private final Connections all;
  private final AddressUse.Use address;
  private final ConnectionLimits limits;

  /** Told what the unfinished body comes to. */
  private Consumer<Problem> onGivenUp = _ -> {};

  private volatile long deadline;
  private volatile long sendingSince = NEVER;
  private boolean inHead;
  private boolean inBody;
  private boolean isAsking;
  private boolean isGivenUp;
  private boolean isLast;
  private long began;
  private long bodyBytes;
  private long held;
  private int progress;

  Connection(
      Channel channel, Connections all, AddressUse.Use address, ConnectionLimits limits, long now) {
    this.channel = channel;
    this.all = all;
    this.address = address;
    this.limits = limits;
    this.deadline = now + limits.stalled;
  }

  void onGivenUp(Consumer<Problem> told) {
    onGivenUp = told;
  }

  boolean isAsking() {
    return isAsking;
  }

  /** Whether what is being sent back is the last of this connection. */
  boolean isLast() {
    return isLast;
  }

  /** Bytes have come, of whatever. */
  void received(int bytes) {
    if (inBody && !isLast) {
      bodyBytes += bytes;
      deadline = Math.min(all.now() + limits.stalled, began + limits.bodyTime(bodyBytes));
    } else if (!isAsking && !inHead) {
      inHead = true;
      deadline = all.now() + limits.stalled;
    }
  }

  /** A request's headers are there. */
  void requested(boolean hasBody) {
    inHead = false;
    isAsking = true;
    isGivenUp = false;
    inBody = hasBody;
    began = all.now();
    bodyBytes = 0;
    deadline = hasBody ? began + limits.bodyTime(0) : NEVER;
  }

  /** Whether a part of a body may be held until the request is answered. */
  boolean hold(long bytes) {
    held += bytes;
    var isFairShare = address.bodies.take(bytes);
    return all.bodies().take(bytes) && isFairShare;
  }

  void bodyEnded() {
    inBody = false;
    if (sendingSince != NEVER) {
      deadline = all.now() + limits.stalled;
    } else {
      deadline = isAsking ? NEVER : all.now() + limits.idle;
    }
  }

  /** Whether a body is still coming that somebody waits for. */
  boolean isAwaitingBody() {
    return inBody && isAsking && sendingSince == NEVER && !isGivenUp;
  }

  /**
   * Gives a body up: the request is answered with this; what still comes of the body is passed
   * over.
   */
  void giveUp(Problem problem) {
    isGivenUp = true;
    onGivenUp.accept(problem);
  }

  /** An answer begins. */
  void sending() {
    if (sendingSince == NEVER) {
      sendingSince = all.now();
      progress = progress();
    }
    if (!inBody) {
      deadline = all.now() + limits.stalled;
    }
  }

  /** The last byte of an answer has gone. */
  void answered() {
    isAsking = false;
    sendingSince = NEVER;
    letGo();
    if (!inBody) {
      deadline = all.now() + limits.idle;
    }
  }

  /** What was held of a body is free again. */
  void letGo() {
    address.bodies.giveBack(held);
    all.bodies().giveBack(held);
    held = 0;
  }

  boolean isLate(long now) {
    return now >= deadline;
  }

  /** Whether it has been sending for longer. */
  boolean isSendingSince(long moment) {
    return sendingSince <= moment;
  }

  /** To be called in the event loop when it seemed late. */
  void late() {
    if (!isLate(all.now()) || !channel.isOpen()) {
      return;
    }
    if (isAwaitingBody()) {
      all.count(Cut.SLOW_BODY);
      isLast = true;
      deadline = all.now() + limits.stalled;
      giveUp(Problem.of(HttpStatus.REQUEST_TIMEOUT, "too-slow"));
    } else if (!inBody && sendingSince != NEVER && progress() != progress) {
      progress = progress();
      deadline = all.now() + limits.stalled;
    } else {
      all.count(reason());
      channel.close();
    }
  }

  private Cut reason() {
    if (inBody) {
      return Cut.SLOW_BODY;
    }
    if (sendingSince != NEVER) {
      return Cut.UNREAD;
    }
    return inHead ? Cut.SLOW_HEAD : Cut.IDLE;
  }

  /** Changes whenever the other side takes something. */
  private int progress() {
    var waiting = channel.unsafe().outboundBuffer();
    return waiting == null
        ? 0
        : Objects.hash(
            System.identityHashCode(waiting.current()),
            waiting.totalPendingWriteBytes(),
            waiting.currentProgress());
  }
}
