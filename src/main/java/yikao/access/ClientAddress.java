package yikao.access;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The address of the client: the peer's, or behind a trusted proxy what that proxy forwards. */
@Singleton
public final class ClientAddress {
  private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9.:%_-]{1,64}");

  /** In IPv6 a customer has a whole network of 64 bits. */
  private static final int NETWORK_BYTES = 8;

  private final List<String> trusted;

  ClientAddress(@Value("${yikao.trusted-proxies:}") List<String> trusted) {
    this.trusted =
        trusted.stream()
            .map(String::strip)
            .filter(t -> !t.isEmpty())
            .map(t -> InetAddress.ofLiteral(t).getHostAddress())
            .toList();
  }

  /** The same as it may stand in a log or a table: a trusted proxy may forward anything. */
  String shown(HttpRequest<?> request) {
    var address = of(request);
    return SHOWN.matcher(address).matches() ? address : "?";
  }

  /** One customer's addresses: of IPv6 the network of 64 bits, of IPv4 the address. */
  static String network(String address) {
    try {
      var literal = InetAddress.ofLiteral(address);
      return literal instanceof Inet6Address
          ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(literal.getAddress(), NETWORK_BYTES))
              + "::/64"
          : literal.getHostAddress();
    } catch (IllegalArgumentException e) {
      return "?"; // a trusted proxy forwards what is no address
    }
  }

  /** The nearest address that is not a trusted proxy's. */
  public String of(HttpRequest<?> request) {
    var address = host(request);
    var forwarded = String.join(",", request.getHeaders().getAll("X-Forwarded-For"));
    var hops =
        forwarded.isBlank() ? List.<String>of() : List.of(forwarded.split(",", -1)).reversed();
    for (var hop : hops) {
      if (!trusted.contains(address)) {
        break;
      }
      address = normal(hop.strip());
    }
    return address;
  }

  /** One spelling for an address; what is none stays as it is. */
  private static String normal(String hop) {
    try {
      return InetAddress.ofLiteral(hop).getHostAddress();
    } catch (IllegalArgumentException e) {
      return hop;
    }
  }

  private static String host(HttpRequest<?> request) {
    var address = request.getRemoteAddress().getAddress();
    return address == null ? request.getRemoteAddress().getHostString() : address.getHostAddress();
  }
}
