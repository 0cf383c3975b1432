package yikao.web;

import io.micronaut.http.HttpStatus;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Lets one request of a connection through at a time: the next one when the other side has taken
 * the answer to the one before. Nothing is read meanwhile. Bodies are held to their limits.
 */
final class OneAtATime extends ChannelDuplexHandler {
  /** What a part of a body takes beside its bytes. */
  private static final int PART_BYTES = 128;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Connection connection;
  private final Connections all;
  private final ConnectionLimits limits;
  private final ArrayDeque<Object> waiting = new ArrayDeque<>();
  private int waitingRequests;
  private boolean isReadWanted;
  private boolean isPassing;
  private long mostOfBody;
  private long bodyBytes;

  OneAtATime(Connection connection, Connections all, ConnectionLimits limits) {
    this.connection = connection;
    this.all = all;
    this.limits = limits;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    connection.onGivenUp(context::fireExceptionCaught);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (waiting.isEmpty() && !(message instanceof HttpRequest && connection.isAsking())) {
      pass(context, message);
      return;
    }
    waiting.add(message);
    if (message instanceof HttpRequest && ++waitingRequests > ConnectionLimits.MOST_WAITING) {
      all.count(Cut.PIPELINING);
      drop();
      var _ = context.close();
    }
  }

  @Override
  public void read(ChannelHandlerContext context) {
    if (waiting.isEmpty()) {
      context.read();
    } else {
      isReadWanted = true;
    }
  }

  private void pass(ChannelHandlerContext context, Object message) {
    if (!context.channel().isOpen()) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      request(context, request);
    } else if (message instanceof HttpContent content) {
      content(context, content);
    } else {
      context.fireChannelRead(message);
    }
  }

  private void request(ChannelHandlerContext context, HttpRequest request) {
    if (request.headers().size() > ConnectionLimits.MOST_HEADERS) {
      all.count(Cut.HEADERS);
      var _ = context.close();
      return;
    }
    var declared = declared(request);
    var hasBody = declared != 0 || HttpUtil.isTransferEncodingChunked(request);
    connection.requested(hasBody && request.decoderResult().isSuccess());
    bodyBytes = 0;
    mostOfBody = BodyLimits.most(request.uri(), limits.body);
    context.fireChannelRead(request);
    if (declared > mostOfBody) {
      // so that it is looked at now; who may not is told that, and not the size
      context.fireChannelReadComplete();
      if (connection.isAwaitingBody()) {
        connection.giveUp(tooLarge());
      }
    }
  }

  /** Bytes of the body as its header says; 0 where it says nothing that can be read. */
  private static long declared(HttpRequest request) {
    try {
      return HttpUtil.getContentLength(request, 0L);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Problem tooLarge() {
    return Problem.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large");
  }

  private void content(ChannelHandlerContext context, HttpContent content) {
    var bytes = content.content().readableBytes();
    if (bytes > 0 && connection.isAwaitingBody()) {
      bodyBytes += bytes;
      if (bodyBytes > mostOfBody) {
        connection.giveUp(tooLarge());
      } else if (!connection.hold(bytes + PART_BYTES)) {
        all.count(Cut.HELD);
        connection.giveUp(Problem.unavailable("overloaded", RETRY_AFTER));
      }
    }
    if (content instanceof LastHttpContent) {
      connection.bodyEnded();
    }
    context.fireChannelRead(content);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
        var _ = context.write(message, promise);
        return;
      }
      connection.sending();
      if (connection.isLast()) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    var bytes = message instanceof ByteBufHolder holder ? holder.content().readableBytes() : 0;
    var isLast = message instanceof LastHttpContent;
    var sent = promise.unvoid();
    connection.sending(bytes);
    sent.addListener(_ -> {
      all.answers().giveBack(bytes);
      connection.taken(bytes);
      if (isLast) {
        answered(context);
      }
    });
    if (all.mayHold(bytes)) {
      var _ = context.write(message, sent);
    } else {
      ReferenceCountUtil.release(message);
      var _ = context.close();
      sent.setFailure(new ClosedChannelException());
    }
  }

  private void answered(ChannelHandlerContext context) {
    connection.answered();
    if (!connection.isLast()) {
      passWaiting(context);
    }
  }

  private void passWaiting(ChannelHandlerContext context) {
    if (isPassing) {
      return;
    }
    isPassing = true;
    try {
      while (!waiting.isEmpty()
          && !(waiting.peek() instanceof HttpRequest && connection.isAsking())) {
        passOne(context);
      }
    } finally {
      isPassing = false;
    }
    if (waiting.isEmpty() && isReadWanted) {
      isReadWanted = false;
      context.read();
    }
  }

  /** A request with what follows of it; the answer may be written at the end. */
  private void passOne(ChannelHandlerContext context) {
    do {
      var message = waiting.remove();
      if (message instanceof HttpRequest) {
        waitingRequests--;
      }
      pass(context, message);
    } while (!waiting.isEmpty() && !(waiting.peek() instanceof HttpRequest));
    context.fireChannelReadComplete();
  }

  private void drop() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    waitingRequests = 0;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    drop();
    connection.letGo();
  }
}
