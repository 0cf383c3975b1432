package yikao.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells a connection what comes in, before and after it is understood. */
final class ReceivedBytes extends ChannelInboundHandlerAdapter {
  private final Connection connection;

  ReceivedBytes(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      connection.received(bytes);
    }
    context.fireChannelRead(message);
    connection.understood();
  }
}
