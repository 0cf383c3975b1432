package yikao.access;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;

/** The address of the client: the peer's, or behind a trusted proxy what that proxy forwards. */
@Singleton
public final class ClientAddress {
  private final List<String> trusted;

  ClientAddress(@Value("${yikao.trusted-proxies:}") List<String> trusted) {
    this.trusted =
        trusted.stream()
            .map(String::strip)
            .filter(t -> !t.isEmpty())
            .map(t -> InetAddress.ofLiteral(t).getHostAddress())
            .toList();
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
