package yikao.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one connection may ask, and hold, at once. */
final class OneAtATimeTest {
  private static final int BUFFERED = 200_000;

  private final List<String> asked = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private final ConnectionLimits limits =
      new ConnectionLimits(
          10, 10, BUFFERED, 100_000, Duration.ofMinutes(1), Duration.ofMillis(300), List.of());
  private final Connections all =
      new Connections(
          limits,
          () -> {
            throw new IllegalStateException();
          });
  private final AddressUse addresses = new AddressUse(BUFFERED / 4);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Connection connection =
      new Connection(channel, all, addresses.open(InetAddress.getLoopbackAddress()), false, limits);

  OneAtATimeTest() {
    channel.pipeline().addLast(new OneAtATime(connection, all, limits), new Server());
  }

  private final class Server extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        asked.add(request.uri());
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      givenUp.add(((Problem) cause).code());
    }
  }

  @AfterEach
  void stop() {
    channel.finishAndReleaseAll();
    assertThat(all.requests().used()).isZero();
    assertThat(all.answers().used()).isZero();
    all.stop();
  }

  private void ask(String uri) {
    channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri));
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private static FullHttpResponse answer(int bytes) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(new byte[bytes]));
  }

  private void begin(String uri, int length) {
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, uri);
    request.headers().set("Content-Length", length);
    channel.writeInbound(request);
  }

  private void send(int bytes) {
    channel.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[bytes])));
  }

  private void lateUntil(BooleanSupplier condition) {
    Awaitility.await()
        .pollInSameThread()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> {
          connection.late();
          return condition.getAsBoolean();
        });
  }

  @Test
  void nextRequest_waitsUntilTheAnswerBeforeItWasTaken() {
    ask("/1");
    ask("/2");
    ask("/3");
    assertThat(asked).containsExactly("/1");
    channel.write(answer(10));
    assertThat(asked).as("written, and not taken").containsExactly("/1");
    channel.flush();
    assertThat(asked).containsExactly("/1", "/2");
    channel.writeAndFlush(answer(10));
    channel.writeAndFlush(answer(10));
    assertThat(asked).containsExactly("/1", "/2", "/3");
  }

  @Test
  void manyRequestsAtOnce_closeTheConnection() {
    for (var i = 0; i <= ConnectionLimits.MOST_WAITING; i++) {
      ask("/" + i);
    }
    assertThat(channel.isOpen()).isTrue();
    channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/one-more"));
    assertThat(channel.isOpen()).isFalse();
    assertThat(asked).hasSize(1);
  }

  @Test
  void continueInBetween_isNoAnswer() {
    ask("/1");
    ask("/2");
    channel.writeAndFlush(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    assertThat(asked).containsExactly("/1");
  }

  @Test
  void bodyThatIsSaidToBeTooLong_isGivenUpBeforeItComes() {
    begin("/api/attempts/x/responses/1", 50_000);
    assertThat(givenUp).containsExactly("too-large");
    send(1_000);
    assertThat(givenUp).hasSize(1);
    assertThat(all.requests().used()).isZero();
  }

  @Test
  void bodyThatGrowsTooLong_isGivenUp() {
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, "/x");
    request.headers().set("Transfer-Encoding", "chunked");
    channel.writeInbound(request);
    send(16_384);
    assertThat(givenUp).isEmpty();
    send(1);
    send(1_000);
    assertThat(givenUp).containsExactly("too-large");
  }

  @Test
  void bodiesOfAnAddress_haveAShareOfTheMemory() {
    begin("/api/attempts/x/submission", 90_000);
    send(49_000);
    assertThat(givenUp).isEmpty();
    send(2_000);
    assertThat(givenUp).containsExactly("overloaded");
    channel.writeAndFlush(answer(10));
    assertThat(all.requests().used()).as("free again with the answer").isZero();
  }

  @Test
  void stalledBody_isAnsweredAndThenClosed() {
    begin("/api/attempts/x/submission", 2_000);
    send(10);
    lateUntil(() -> !givenUp.isEmpty());
    assertThat(givenUp).containsExactly("too-slow");
    var answer = answer(10);
    channel.writeAndFlush(answer);
    assertThat(answer.headers().get("Connection")).isEqualToIgnoringCase("close");
    lateUntil(() -> !channel.isOpen());
  }

  @Test
  void answerThatNobodyTakes_closesTheConnection() {
    ask("/1");
    channel.write(answer(10));
    lateUntil(() -> !channel.isOpen());
  }

  @Test
  void earlyAnswer_isTheLast_andWhatStillComesIsPassedOver() {
    begin("/api/quizzes", 90_000);
    send(10);
    var refused = answer(10);
    channel.writeAndFlush(refused);
    assertThat(refused.headers().get("Connection")).isEqualToIgnoringCase("close");
    assertThat(channel.isOpen()).as("so that the answer arrives").isTrue();
    send(1_000);
    assertThat(all.requests().used()).isZero();
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void bodyAfterAnEarlyAnswer_isPassedOverToALimit() {
    begin("/api/quizzes", 90_000);
    channel.writeAndFlush(answer(10));
    connection.received(Unpooled.wrappedBuffer(new byte[100_000]));
    assertThat(channel.isOpen()).isTrue();
    connection.received(Unpooled.wrappedBuffer(new byte[1]));
    assertThat(channel.isOpen()).isFalse();
  }

  private void receive(int headers) {
    connection.received(Unpooled.copiedBuffer("a:\r\n".repeat(headers), StandardCharsets.US_ASCII));
    connection.understood();
  }

  @Test
  void unfinishedHead_isHeld_andFreeAgainWhenItIsThere() {
    receive(40);
    assertThat(all.requests().used()).isEqualTo(40 * (8 + 100));
    receive(40);
    assertThat(all.requests().used()).isEqualTo(80 * (8 + 100));
    ask("/1");
    assertThat(all.requests().used()).isZero();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void unfinishedHead_ofMoreHeadersThanAnyBrowserSends_closesTheConnection() {
    receive(ConnectionLimits.MOST_HEADERS);
    assertThat(channel.isOpen()).isTrue();
    receive(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void unfinishedHeads_haveAShareOfTheMemory() {
    addresses.open(InetAddress.getLoopbackAddress()).requests.take(BUFFERED / 4 - 3_000);
    receive(20);
    assertThat(channel.isOpen()).isTrue();
    receive(20);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void moreHeadersThanAnyBrowserSends_closeTheConnection() {
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/1");
    for (var i = 0; i <= ConnectionLimits.MOST_HEADERS; i++) {
      request.headers().add("a", "");
    }
    channel.writeInbound(request);
    assertThat(asked).isEmpty();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whatTheServiceItselfTakes_isNoDelayOfTheOtherSide() {
    ask("/1");
    assertThat(connection.isLate(Long.MAX_VALUE - 1)).isFalse();
    channel.writeAndFlush(answer(10));
    assertThat(connection.isLate(Long.MAX_VALUE - 1)).isTrue();
  }

  /** An export reads the database between its parts, and the other side has nothing to take. */
  @Test
  void answerThatIsMadeSlowly_isNotCutOff() {
    ask("/1");
    channel.writeAndFlush(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    var end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    lateUntil(() -> System.nanoTime() > end);
    assertThat(channel.isOpen()).isTrue();
    channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    ask("/2");
    assertThat(asked).containsExactly("/1", "/2");
  }

  /** Longer than any body may take. */
  @Test
  void longAnswerThatIsTaken_mayTakeItsTime() {
    ask("/1");
    channel.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    var end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    lateUntil(() -> {
      channel.flush();
      channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[10_000])));
      channel.releaseOutbound();
      return System.nanoTime() > end;
    });
    assertThat(channel.isOpen()).isTrue();
  }
}
