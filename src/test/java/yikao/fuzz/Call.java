package yikao.fuzz;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request; changed in place until it is sent.
 *
 * <p>Not sound is one whose framing lies: after its answer the connection is of no use.
 */
final class Call {
  /** A header, as it is sent. */
  record Header(String name, String value) {}

  private final String route;
  private String method;
  private String path;
  private final List<Header> headers = new ArrayList<>();
  private byte[] body = new byte[0];
  private boolean chunked;
  private boolean sound = true;
  private final List<String> spoilt = new ArrayList<>();

  Call(String route, String path) {
    this.route = route;
    this.method = route.substring(0, route.indexOf(' '));
    this.path = path;
  }

  /** The method and the template of the route that it is meant for. */
  String route() {
    return route;
  }

  String method() {
    return method;
  }

  void method(String changed) {
    method = changed;
  }

  String path() {
    return path;
  }

  void path(String changed) {
    path = changed;
  }

  byte[] body() {
    return body;
  }

  void body(byte[] changed) {
    body = changed;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  void text(String changed) {
    body = changed.getBytes(StandardCharsets.UTF_8);
  }

  /** Sends a header, in place of one of the same name. */
  Call header(String name, String value) {
    headers.removeIf(h -> h.name().equalsIgnoreCase(name));
    headers.add(new Header(name, value));
    return this;
  }

  /** What a header says; empty where it is not sent. */
  String header(String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst()
        .orElse("");
  }

  void without(String name) {
    headers.removeIf(h -> h.name().equalsIgnoreCase(name));
  }

  void chunked() {
    chunked = true;
  }

  void unsound() {
    sound = false;
  }

  boolean isSound() {
    return sound;
  }

  /** Notes what was done to it. */
  void spoil(String how) {
    spoilt.add(how);
  }

  boolean isSpoilt() {
    return !spoilt.isEmpty();
  }

  byte[] bytes(URI address) {
    var bytes = new ByteArrayOutputStream();
    var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, path));
    if (headers.stream().noneMatch(h -> h.name().equalsIgnoreCase("Host"))) {
      head.append("Host: ").append(address.getAuthority()).append("\r\n");
    }
    headers.forEach(h -> head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n\r\n");
      bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      var half = body.length / 2;
      chunk(bytes, 0, half);
      chunk(bytes, half, body.length);
      bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    } else {
      var length = headers.stream().anyMatch(h -> h.name().equalsIgnoreCase("Content-Length"));
      if (!length && (body.length > 0 || !method.equals("GET"))) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      bytes.writeBytes(body);
    }
    return bytes.toByteArray();
  }

  private void chunk(ByteArrayOutputStream bytes, int from, int to) {
    if (to > from) {
      bytes.writeBytes(
          (Integer.toHexString(to - from) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      bytes.write(body, from, to - from);
      bytes.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** As one reads it, shortened. */
  @Override
  public String toString() {
    return "%s: %s %s %s %s%n%s"
        .formatted(route, method, shortened(path), headers, spoilt, shortened(text()));
  }

  private static String shortened(String text) {
    var visible = new StringBuilder();
    text.codePoints()
        .limit(400)
        .forEach(c -> {
          if (c < ' ' || Character.getType(c) == Character.FORMAT) {
            visible.append("\\u%04x".formatted(c));
          } else {
            visible.appendCodePoint(c);
          }
        });
    return visible + (text.length() > 400 ? "… (%d)".formatted(text.length()) : "");
  }
}
