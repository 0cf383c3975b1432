package yikao.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one HTTP request, in a buffer that is used again and again. */
final class Request {
  private static final byte[] HOST = ascii(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  private static final byte[] BEARER = ascii("Authorization: Bearer ");
  private static final byte[] KEY = ascii("Idempotency-Key: ");
  private static final byte[] BODY = ascii("Content-Type: application/json\r\nContent-Length: ");
  private static final byte[] LINE = ascii("\r\n");
  private static final int LENGTH_DIGITS = 6;

  private byte[] bytes = new byte[8_192];
  private int size;
  private int lengthAt;

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Begins anew, with nothing. */
  Request clear() {
    size = 0;
    lengthAt = 0;
    return this;
  }

  /** Begins a request; the parts of the path are put together. */
  Request to(String method, String... path) {
    clear().put(method).put(" ");
    for (var part : path) {
      put(part);
    }
    return put(HOST);
  }

  Request bearer(String token) {
    return put(BEARER).put(token).put(LINE);
  }

  Request key(String key) {
    return put(KEY).put(key).put(LINE);
  }

  /** What follows is the body; its length is filled in at the end. */
  Request body() {
    put(BODY);
    lengthAt = size;
    return put("      ").put(LINE).put(LINE);
  }

  /** Ends a request without a body, or writes the length of its body. */
  Request end() {
    if (lengthAt == 0) {
      return put(LINE);
    }
    var length = size - lengthAt - LENGTH_DIGITS - 2 * LINE.length;
    for (var i = lengthAt + LENGTH_DIGITS - 1; i >= lengthAt; i--) {
      bytes[i] = (byte) ('0' + length % 10);
      length /= 10;
    }
    return this;
  }

  /** Puts ASCII. */
  @SuppressWarnings("deprecation") // the one way that makes no copy
  Request put(String text) {
    var length = text.length();
    room(length);
    text.getBytes(0, length, bytes, size);
    size += length;
    return this;
  }

  Request put(byte[] more) {
    return put(more, 0, more.length);
  }

  Request put(byte[] more, int from, int length) {
    room(length);
    System.arraycopy(more, from, bytes, size, length);
    size += length;
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }
}
