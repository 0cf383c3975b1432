package yikao.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.netty.NettyHttpHeaders;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose address a request has, which comes from a peer and may have been forwarded. */
final class ClientAddressTest {
  private static final String PROXY = "10.0.0.1";
  private static final String FAR_PROXY = "10.0.0.2";
  private static final String PEER = "203.0.113.7";

  private final ClientAddress behindOne = new ClientAddress(List.of(PROXY));
  private final ClientAddress behindTwo = new ClientAddress(List.of(PROXY, FAR_PROXY));

  /** A request from a peer, with headers X-Forwarded-For. */
  private static HttpRequest<?> from(String peer, String... forwarded) {
    var headers = new NettyHttpHeaders();
    for (var value : forwarded) {
      headers.add("X-Forwarded-For", value);
    }
    var remote = new InetSocketAddress(InetAddress.ofLiteral(peer), 40_000);
    return request(remote, headers);
  }

  private static HttpRequest<?> request(InetSocketAddress remote, NettyHttpHeaders headers) {
    return (HttpRequest<?>)
        Proxy.newProxyInstance(
            ClientAddressTest.class.getClassLoader(),
            new Class<?>[] {HttpRequest.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "getRemoteAddress" -> remote;
                  case "getHeaders" -> headers;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Test
  void noProxyTrusted_thePeerCountsWhateverItForwards() {
    var none = new ClientAddress(List.of());
    assertThat(none.of(from(PEER))).isEqualTo(PEER);
    assertThat(none.of(from(PEER, "198.51.100.1"))).isEqualTo(PEER);
    assertThat(new ClientAddress(List.of("", " ")).of(from(PEER, "198.51.100.1"))).isEqualTo(PEER);
  }

  @Test
  void peerThatIsNoProxy_countsWhateverItForwards() {
    assertThat(behindOne.of(from(PEER, "198.51.100.1"))).isEqualTo(PEER);
    assertThat(behindOne.of(from(PEER, PROXY))).isEqualTo(PEER);
  }

  @Test
  void trustedProxy_forwardsTheClient() {
    assertThat(behindOne.of(from(PROXY, PEER))).isEqualTo(PEER);
    assertThat(behindOne.of(from(PROXY, "1.1.1.1 ,   " + PEER))).isEqualTo(PEER);
    assertThat(new ClientAddress(List.of(" " + PROXY + " ")).of(from(PROXY, PEER))).isEqualTo(PEER);
  }

  @Test
  void trustedProxyWithoutTheHeader_isTheClientItself() {
    assertThat(behindOne.of(from(PROXY))).isEqualTo(PROXY);
    assertThat(behindOne.of(from(PROXY, ""))).isEqualTo(PROXY);
  }

  /** Whoever sends the header himself stands left of what the proxy adds. */
  @Test
  void spoofedEntries_areNotBelieved() {
    assertThat(behindOne.of(from(PROXY, "1.1.1.1, " + PEER))).isEqualTo(PEER);
    assertThat(behindOne.of(from(PROXY, "1.1.1.1", PEER))).isEqualTo(PEER);
    assertThat(behindOne.of(from(PROXY, PROXY + ", " + PEER))).isEqualTo(PEER);
    assertThat(behindOne.of(from(PROXY, ", , " + PEER))).isEqualTo(PEER);
  }

  @Test
  void chainOfTrustedProxies_isFollowedToTheFirstThatIsNot() {
    assertThat(behindTwo.of(from(PROXY, PEER + ", " + FAR_PROXY))).isEqualTo(PEER);
    assertThat(behindTwo.of(from(PROXY, "1.1.1.1, " + PEER, FAR_PROXY))).isEqualTo(PEER);
    assertThat(behindTwo.of(from(PROXY, "1.1.1.1", PEER + "," + FAR_PROXY + "," + PROXY)))
        .isEqualTo(PEER);
    assertThat(behindOne.of(from(PROXY, PEER + ", " + FAR_PROXY)))
        .as("the far one is not trusted")
        .isEqualTo(FAR_PROXY);
    assertThat(behindTwo.of(from(PROXY, FAR_PROXY)))
        .as("a call of the proxy's own")
        .isEqualTo(FAR_PROXY);
  }

  @Test
  void addressesOfSixteenBytes_areTheSameInEverySpelling() {
    var long1 = "0:0:0:0:0:0:0:1";
    for (var trusted : List.of("::1", long1, "0000::0001")) {
      var address = new ClientAddress(List.of(trusted));
      assertThat(address.of(from("::1", "2001:DB8::5"))).isEqualTo("2001:db8:0:0:0:0:0:5");
      assertThat(address.of(from("::1", PEER + ", " + long1))).isEqualTo(PEER);
      assertThat(address.of(from("::1", PEER + ", 0:0::1"))).isEqualTo(PEER);
    }
    assertThat(behindOne.of(from(PROXY, "2001:db8::5")))
        .isEqualTo(behindOne.of(from("2001:db8:0:0::5")));
  }

  /** An address of four bytes, as a socket of sixteen shows it. */
  @Test
  void mappedAddress_isThatOfFourBytes() {
    assertThat(behindOne.of(from("::ffff:" + PROXY, PEER))).isEqualTo(PEER);
    assertThat(behindOne.of(from(PROXY, "::ffff:" + PEER))).isEqualTo(PEER);
    assertThat(new ClientAddress(List.of("::ffff:" + PROXY)).of(from(PROXY, PEER))).isEqualTo(PEER);
  }

  @Test
  void rubbishFromTheProxy_isNobodyTrusted() {
    assertThat(behindOne.of(from(PROXY, "unknown"))).isEqualTo("unknown");
    assertThat(behindOne.of(from(PROXY, PEER + ", _hidden"))).isEqualTo("_hidden");
    assertThat(behindOne.of(from(PROXY, PEER + ","))).isEmpty();
    assertThat(behindOne.of(from(PROXY, PROXY + ".example"))).isEqualTo(PROXY + ".example");
  }

  @Test
  void peerThatWasNotResolved_isKnownByItsName() {
    var remote = InetSocketAddress.createUnresolved("client.example", 40_000);
    assertThat(behindOne.of(request(remote, new NettyHttpHeaders()))).isEqualTo("client.example");
  }

  @Test
  void proxyThatIsNoAddress_stopsTheStart() {
    assertThatThrownBy(() -> new ClientAddress(List.of("proxy.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("proxy.example");
  }
}
