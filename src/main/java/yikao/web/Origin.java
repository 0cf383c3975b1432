package yikao.web;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a page comes from, as browsers compare it (RFC 6454).
 *
 * @param scheme http or https
 * @param host in small letters, an IPv6 address in brackets
 * @param port the scheme's own where none is written
 */
record Origin(String scheme, String host, int port) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Of an address with a scheme and a host; absent for all else, such as {@code null}. */
  static Optional<Origin> of(String address) {
    try {
      var uri = URI.create(address);
      if (uri.getScheme() == null || uri.getHost() == null) {
        return Optional.empty();
      }
      var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      var host = uri.getHost().toLowerCase(Locale.ROOT);
      return Optional.of(new Origin(scheme, host, port(scheme, uri.getPort())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int port(String scheme, int written) {
    return written != -1 ? written : scheme.equals("https") ? 443 : 80;
  }

  /** Whether a Host header names this host and port. Its scheme is not known behind a proxy. */
  boolean isAt(String hostHeader) {
    return of(scheme + "://" + hostHeader).filter(this::equals).isPresent();
  }

  boolean isOfThisMachine() {
    return THIS_MACHINE.contains(host);
  }
}
