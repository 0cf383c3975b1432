package yikao.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the driver is told: {@code --name=value}.
 *
 * @param values by name
 */
record Options(Map<String, String> values) {
  private static final Set<String> NAMES =
      Set.of(
          "url",
          "token",
          "connections",
          "warmup",
          "seconds",
          "participants",
          "over",
          "attempts",
          "service-pid",
          "database-pid",
          "label",
          "port",
          "target",
          "millis");

  /**
   * Reads arguments from the given one on.
   *
   * @throws IllegalArgumentException where one is not known
   */
  static Options of(String[] arguments, int from) {
    var values = new HashMap<String, String>();
    for (var i = from; i < arguments.length; i++) {
      var parts = arguments[i].split("=", 2);
      var name = parts[0].replaceFirst("^--", "");
      if (parts.length != 2 || !NAMES.contains(name)) {
        throw new IllegalArgumentException("unknown: " + arguments[i] + "; known: " + NAMES);
      }
      values.put(name, parts[1]);
    }
    return new Options(values);
  }

  /** Where the service is. */
  InetSocketAddress address() {
    var uri = URI.create(text("url", "http://127.0.0.1:8080"));
    return new InetSocketAddress(address(uri.getHost()), uri.getPort());
  }

  private static InetAddress address(String host) {
    var address = new InetSocketAddress(host, 0).getAddress();
    if (address == null || !address.isLoopbackAddress()) {
      throw new IllegalArgumentException("the driver calls this machine only, not " + host);
    }
    return address;
  }

  /** The editor's token. */
  String token() {
    return text("token", "");
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }

  /** Seconds, with a fraction where wanted. */
  Duration seconds(String name, double otherwise) {
    var seconds = Double.parseDouble(text(name, Double.toString(otherwise)));
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
