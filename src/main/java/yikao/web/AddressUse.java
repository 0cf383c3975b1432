package yikao.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/** What each address has of connections, unfinished requests and answers. For several threads. */
final class AddressUse {
  /** In IPv6 a customer has a whole network of 64 bits. */
  private static final int NETWORK_BYTES = 8;

  private final ConcurrentHashMap<ByteBuffer, Use> uses = new ConcurrentHashMap<>();
  private final long requestBytes;

  /**
   * No connections.
   *
   * @param requestBytes that an address may have in unfinished requests
   */
  AddressUse(long requestBytes) {
    this.requestBytes = requestBytes;
  }

  /** Of one address. */
  static final class Use {
    final AtomicInteger connections = new AtomicInteger();
    final Budget requests;

    /** Of answers not taken yet; their limit is one of all together. */
    final Budget answers = new Budget(Long.MAX_VALUE);

    private Use(long requestBytes) {
      this.requests = new Budget(requestBytes);
    }
  }

  /** Counts one more connection, also beyond the limit. */
  Use open(InetAddress address) {
    return uses.compute(
        key(address),
        (_, known) -> {
          var use = known == null ? new Use(requestBytes) : known;
          use.connections.incrementAndGet();
          return use;
        });
  }

  void close(InetAddress address) {
    uses.computeIfPresent(
        key(address), (_, use) -> use.connections.decrementAndGet() == 0 ? null : use);
  }

  /** The one with the most by some measure; absent where nobody is connected. */
  Optional<Use> largest(ToLongFunction<Use> measure) {
    return uses.values().stream().max(Comparator.comparingLong(measure));
  }

  private static ByteBuffer key(InetAddress address) {
    var bytes = address.getAddress();
    return ByteBuffer.wrap(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
