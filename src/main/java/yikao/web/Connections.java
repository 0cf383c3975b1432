package yikao.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.runtime.server.EmbeddedServer;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.internal.PlatformDependent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All open connections: how many there may be, what they hold together, and for how long each may
 * stay where it is. Whoever sends or takes too slowly is cut off before others feel it.
 */
@Singleton
final class Connections
    implements BeanCreatedEventListener<NettyServerCustomizer.Registry>, MeterBinder {
  private static final int START_BYTES = 2_048;
  private static final int ANSWER_BYTES = 32_768;

  /**
   * So small a part of all connections may come beyond their limit, and goes when it is reached.
   */
  private static final int ROOM = 20;

  private static final String NAME = "yikao.connections";

  /** Where memory gets short, an answer has only so long to be taken. */
  private static final long SHORT = Duration.ofSeconds(1).toNanos();

  private final long origin = System.nanoTime();
  private final ConnectionLimits limits;
  private final Map<Cut, AtomicLong> cuts = new EnumMap<>(Cut.class);
  private final AddressUse addresses;
  private final Budget requests;
  private final Budget answers;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong relieved = new AtomicLong();
  private final AtomicLong roomMade = new AtomicLong();
  private final Provider<EmbeddedServer> server;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("connections").daemon().factory());

  Connections(ConnectionLimits limits, Provider<EmbeddedServer> server) {
    this.limits = limits;
    this.server = server;
    for (var reason : Cut.values()) {
      cuts.put(reason, new AtomicLong());
    }
    this.requests = new Budget(limits.buffered / 2);
    this.answers = new Budget(limits.buffered / 2);
    this.addresses = new AddressUse(limits.buffered / 4);
    var period = Math.clamp(limits.stalled / 10, 50_000_000L, SHORT);
    var _ = clock.scheduleWithFixedDelay(this::closeLate, period, period, TimeUnit.NANOSECONDS);
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Customizer(null));
    return event.getBean();
  }

  private final class Customizer implements NettyServerCustomizer {
    private final @Nullable Channel channel;

    private Customizer(@Nullable Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return role == ChannelRole.CONNECTION ? new Customizer(channel) : this;
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel != null && channel.remoteAddress() instanceof InetSocketAddress remote) {
        accept(channel, remote.getAddress());
      }
    }
  }

  private void accept(Channel channel, InetAddress address) {
    var use = addresses.open(address);
    open.incrementAndGet();
    channel
        .closeFuture()
        .addListener(_ -> {
          open.decrementAndGet();
          addresses.close(address);
        });
    var isProxy = limits.isProxy(address);
    if (!isManagement(channel) && !hasRoom(use, isProxy)) {
      count(Cut.REFUSED);
      var _ = channel.close();
      return;
    }
    var connection = new Connection(channel, this, use, isProxy, limits);
    connections.add(connection);
    channel.closeFuture().addListener(_ -> connections.remove(connection));
    channel
        .config()
        .setRecvByteBufAllocator(
            new AdaptiveRecvByteBufAllocator(64, START_BYTES, ConnectionLimits.READ_BYTES))
        .setWriteBufferWaterMark(new WriteBufferWaterMark(ANSWER_BYTES / 2, ANSWER_BYTES));
    channel.pipeline().addFirst(new ReceivedBytes(connection));
    channel
        .pipeline()
        .addBefore(
            ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
            "one-at-a-time",
            new OneAtATime(connection, this, limits));
  }

  /** Probes are served however many phones there are. */
  private boolean isManagement(Channel channel) {
    return channel.localAddress() instanceof InetSocketAddress local
        && local.getPort() != server.get().getPort();
  }

  private boolean hasRoom(AddressUse.Use use, boolean isProxy) {
    if (!isProxy && use.connections.get() > limits.connectionsPerAddress) {
      return false;
    }
    if (open.get() > limits.connections) {
      makeRoom();
    }
    return open.get() <= limits.connections + limits.connections / ROOM;
  }

  /** Whoever has the most connections loses those that are idle. */
  private void makeRoom() {
    if (!isTime(roomMade)) {
      return;
    }
    var largest = addresses.largest(use -> use.connections.get());
    connections.stream()
        .filter(c -> c.address.equals(largest.orElse(null)) && c.isIdle())
        .limit(Math.max(1, limits.connections / ROOM))
        .forEach(c -> {
          count(Cut.IDLE);
          var _ = c.channel.close();
        });
  }

  /** Whether the last time is a tenth of a second ago; then this is the next. */
  private boolean isTime(AtomicLong last) {
    var now = now();
    var before = last.get();
    return now - before >= SHORT / 10 && last.compareAndSet(before, now);
  }

  /** Nanoseconds by a clock that begins with the service. */
  long now() {
    return System.nanoTime() - origin;
  }

  /** What is held of unfinished requests. */
  Budget requests() {
    return requests;
  }

  /** What is held of answers that the other side has not taken. */
  Budget answers() {
    return answers;
  }

  /**
   * Counts bytes of an answer that are to be held until the other side takes them. Where they are
   * too many in all, the address that has the most of them loses those that it has not taken for a
   * second.
   *
   * @return false where there is no room at all
   */
  boolean mayHold(long bytes) {
    if (answers.take(bytes)) {
      return true;
    }
    relieve();
    return !answers.isFarBeyond();
  }

  private void relieve() {
    if (!isTime(relieved)) {
      return;
    }
    var largest = addresses.largest(use -> use.answers.used()).orElse(null);
    for (var connection : connections) {
      if (connection.address.equals(largest) && connection.isSendingSince(now() - SHORT)) {
        count(Cut.UNREAD);
        var _ = connection.channel.close();
      }
    }
  }

  private void closeLate() {
    var now = now();
    for (var connection : connections) {
      if (connection.isLate(now)) {
        try {
          connection.channel.eventLoop().execute(connection::late);
        } catch (RejectedExecutionException e) {
          return; // the service stops
        }
      }
    }
  }

  /** Counts a connection, or a request of it, that was cut off. */
  void count(Cut reason) {
    Objects.requireNonNull(cuts.get(reason)).incrementAndGet();
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder(NAME, open, AtomicInteger::get).register(meters);
    Gauge.builder(NAME + ".held", this, c -> c.requests.used() + c.answers.used())
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("yikao.direct.memory", PlatformDependent::usedDirectMemory)
        .baseUnit("bytes")
        .register(meters);
    cuts.forEach((reason, count) ->
        FunctionCounter.builder(NAME + ".cut", count, AtomicLong::get)
            .tag("reason", reason.code())
            .register(meters));
  }

  @PreDestroy
  void stop() {
    clock.shutdown();
  }
}
