package yikao.web;

import io.micronaut.http.HttpStatus;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How far a connection is with its request, and until when it may stay there. Its event loop alone
 * changes it; others read its deadline and whether it is idle.
 */
final class Connection {
  static final long NEVER = Long.MAX_VALUE;

  final Channel channel;
  private final Connections all;
  final AddressUse.Use address;
  private final ConnectionLimits limits;

  /** Told what the unfinished body comes to. */
  private Consumer<Problem> onGivenUp = _ -> {};

  private volatile long deadline;
  private volatile long sendingSince = NEVER;
  private final boolean isProxy;
  private volatile boolean inHead;
  private boolean inBody;
  private volatile boolean isAsking;
  private boolean isGivenUp;
  private boolean isLast;
  private long began;
  private long bodyBytes;
  private long answerBytes;
  private long held;
  private long headCost;
  private int headLines;
  private long heldOfHead;
  private int progress;

  /**
   * A new one.
   *
   * @param isProxy whether it brings the requests of many, so that its address has no share
   */
  Connection(
      Channel channel,
      Connections all,
      AddressUse.Use address,
      boolean isProxy,
      ConnectionLimits limits) {
    this.channel = channel;
    this.all = all;
    this.address = address;
    this.isProxy = isProxy;
    this.limits = limits;
    this.deadline = all.now() + limits.stalled;
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
  void received(ByteBuf read) {
    var bytes = read.readableBytes();
    if (inBody) {
      bodyBytes += bytes;
      if (!isLast) {
        deadline = Math.min(all.now() + limits.stalled, began + limits.bodyTime(bodyBytes));
      } else if (bodyBytes > limits.body) {
        var _ = channel.close(); // enough was passed over
      }
    } else if (!isAsking) {
      receivedOfHead(bytes, lines(read));
    }
  }

  private static int lines(ByteBuf read) {
    var lines = 0;
    var end = read.writerIndex();
    var at = read.indexOf(read.readerIndex(), end, (byte) '\n');
    while (at >= 0) {
      lines++;
      at = read.indexOf(at + 1, end, (byte) '\n');
    }
    return lines;
  }

  private void receivedOfHead(int bytes, int lines) {
    if (!inHead) {
      inHead = true;
      deadline = all.now() + limits.stalled;
    }
    headLines += lines;
    headCost += 2L * bytes + (long) lines * ConnectionLimits.LINE_BYTES;
  }

  /** What has come was read; of a head that is not complete, so much has to be held. */
  void understood() {
    if (!inHead) {
      return;
    }
    var more = headCost - heldOfHead;
    heldOfHead = headCost;
    if (headLines > ConnectionLimits.MOST_HEADERS) {
      all.count(Cut.HEADERS);
      var _ = channel.close();
    } else if (!hold(more)) {
      all.count(Cut.HELD);
      var _ = channel.close();
    }
  }

  /** A request's headers are there. */
  void requested(boolean hasBody) {
    inHead = false;
    giveBack(heldOfHead);
    heldOfHead = 0;
    headCost = 0;
    headLines = 0;
    answerBytes = 0;
    isAsking = true;
    isGivenUp = false;
    inBody = hasBody;
    began = all.now();
    bodyBytes = 0;
    deadline = hasBody ? began + limits.bodyTime(0) : NEVER;
  }

  /** Whether a part of a request may be held until it is answered. */
  boolean hold(long bytes) {
    held += bytes;
    var isFairShare = address.requests.take(bytes) || isProxy;
    return all.requests().take(bytes) && isFairShare;
  }

  /** The last byte of a body has come; it may be one that nobody wants any more. */
  void bodyEnded() {
    inBody = false;
    if (isLast && !isAsking) {
      var _ = channel.close();
    } else if (sendingSince != NEVER) {
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
    // what still comes of a body is for nobody
    isLast |= inBody;
    deadline = all.now() + limits.stalled;
  }

  /** So many bytes of an answer are held until the other side takes them. */
  void sending(long bytes) {
    answerBytes += bytes;
    address.answers.take(bytes);
  }

  void taken(long bytes) {
    address.answers.giveBack(bytes);
  }

  /** The last byte of an answer has gone. */
  void answered() {
    isAsking = false;
    sendingSince = NEVER;
    letGo();
    if (isLast && !inBody) {
      var _ = channel.close();
    } else {
      // a connection closed over bytes unread takes the answer with it: they are passed over
      deadline = all.now() + (isLast ? limits.stalled : limits.idle);
    }
  }

  /** What was held of a request is free again. */
  void letGo() {
    giveBack(held);
    heldOfHead = 0;
  }

  private void giveBack(long bytes) {
    address.requests.giveBack(bytes);
    all.requests().giveBack(bytes);
    held -= bytes;
  }

  /** Whether nothing is asked or sent. */
  boolean isIdle() {
    return !isAsking && !inHead && sendingSince == NEVER;
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
      deadline = all.now() + limits.stalled;
      giveUp(Problem.of(HttpStatus.REQUEST_TIMEOUT, "too-slow"));
    } else if (isTaking()) {
      progress = progress();
      deadline = all.now() + limits.stalled;
    } else {
      all.count(reason());
      var _ = channel.close();
    }
  }

  /**
   * Whether the other side takes the answer, and fast enough; where nothing waits for it, it is the
   * service that is still at work.
   */
  private boolean isTaking() {
    if (sendingSince == NEVER) {
      return false;
    }
    var waiting = waiting();
    return waiting == 0
        || (progress() != progress
            && all.now() < sendingSince + limits.answerTime(answerBytes, waiting));
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

  /** Bytes of an answer that the other side has not taken. */
  private long waiting() {
    var waiting = channel.unsafe().outboundBuffer();
    return waiting == null ? 0 : waiting.totalPendingWriteBytes();
  }

  /** Changes whenever the other side takes something. */
  private int progress() {
    var waiting = channel.unsafe().outboundBuffer();
    return waiting == null
        ? 0
        : Objects.hash(
            System.identityHashCode(waiting.current()),
            waiting.totalPendingWriteBytes(),
            waiting.currentProgress(),
            answerBytes);
  }
}
