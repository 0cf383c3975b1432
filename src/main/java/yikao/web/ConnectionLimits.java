package yikao.web;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What connections may take of the machine. Times are in nanoseconds. */
@Singleton
final class ConnectionLimits {
  /** Requests of one connection that wait for their turn; no browser and no proxy sends two. */
  static final int MOST_WAITING = 4;

  /** Headers of one request; browsers and proxies send some thirty. */
  static final int MOST_HEADERS = 100;

  /** What a line of an unfinished head takes beside its bytes. */
  static final int LINE_BYTES = 100;

  /**
   * The most that is read at once: what a connection that asks too fast holds, before any limit.
   */
  static final int READ_BYTES = 8_192;

  /** A body gets a second more for each so many bytes. */
  private static final long LEAST_BYTES_PER_SECOND = 1_000;

  /** A long answer may take as long as it likes where so many bytes of it are taken each second. */
  private static final long BYTES_OF_A_LONG_ANSWER = 16_000;

  /** However many bytes a body has, it is over after so many times the time to stall. */
  private static final long LONGEST_BODY = 12;

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  final int connections;
  final int connectionsPerAddress;
  final long buffered;
  final long body;
  final long idle;
  final long stalled;
  private final Set<InetAddress> proxies;

  ConnectionLimits(
      @Value("${yikao.limits.connections}") int connections,
      @Value("${yikao.limits.connections-per-address}") int connectionsPerAddress,
      @Value("${yikao.limits.buffered}") long buffered,
      @Value("${yikao.limits.body}") long body,
      @Value("${yikao.limits.idle}") Duration idle,
      @Value("${yikao.limits.stalled}") Duration stalled,
      @Value("${yikao.trusted-proxies:}") List<String> proxies) {
    this.connections = connections;
    this.connectionsPerAddress = connectionsPerAddress;
    this.buffered = buffered;
    this.body = body;
    this.idle = idle.toNanos();
    this.stalled = stalled.toNanos();
    this.proxies =
        proxies.stream()
            .map(String::strip)
            .filter(p -> !p.isEmpty())
            .map(InetAddress::ofLiteral)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Behind a proxy everybody has its address. */
  boolean isProxy(InetAddress address) {
    return proxies.contains(address);
  }

  /** How long a body may take of which so many bytes have come. */
  long bodyTime(long bytes) {
    return Math.min(stalled + bytes * SECOND / LEAST_BYTES_PER_SECOND, LONGEST_BODY * stalled);
  }

  /**
   * How long an answer may be taken.
   *
   * @param bytes that it has by now
   * @param waiting those of them that were not taken yet
   */
  long answerTime(long bytes, long waiting) {
    var taken = Math.max(0, bytes - waiting);
    return Math.max(bodyTime(bytes), stalled + taken * SECOND / BYTES_OF_A_LONG_ANSWER);
  }
}
