package yikao.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** What each address has of connections and unfinished bodies. For several threads. */
final class AddressUse {
  /** In IPv6 a customer has a whole network of 64 bits. */
  private static final int NETWORK_BYTES = 8;

  private final ConcurrentHashMap<ByteBuffer, Use> uses = new ConcurrentHashMap<>();
  private final int most;
  private final long bodyBytes;

  /**
   * No connections.
   *
   * @param most connections of an address
   * @param bodyBytes that an address may have in unfinished bodies
   */
  AddressUse(int most, long bodyBytes) {
    this.most = most;
    this.bodyBytes = bodyBytes;
  }

  /** Of one address. */
  static final class Use {
    final Budget bodies;
    private int connections;

    private Use(Budget bodies) {
      this.bodies = bodies;
    }
  }

  /** Counts one more connection, also beyond the limit. */
  Use open(InetAddress address) {
    return uses.compute(
        key(address),
        (_, use) -> {
          var counted = use == null ? new Use(new Budget(bodyBytes)) : use;
          counted.connections++;
          return counted;
        });
  }

  /** Whether an address has more connections than it may. */
  boolean isBeyond(InetAddress address) {
    var use = uses.get(key(address));
    return use != null && use.connections > most;
  }

  void close(InetAddress address) {
    uses.computeIfPresent(key(address), (_, use) -> --use.connections == 0 ? null : use);
  }

  private static ByteBuffer key(InetAddress address) {
    var bytes = address.getAddress();
    return ByteBuffer.wrap(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
