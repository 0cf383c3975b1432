package yikao.load;

import java.nio.charset.StandardCharsets;

/** A cursor over JSON in bytes: one pass, nothing built. It trusts that the text is well formed. */
final class Json {
  private byte[] bytes;
  private int at;
  private int end;
  private int from;
  private int to;

  void over(byte[] text, int start, int stop) {
    bytes = text;
    at = start;
    end = stop;
  }

  /** Enters an object or an array; false where the value is something else ({@code null}). */
  boolean enter() {
    space();
    if (at < end && (bytes[at] == '{' || bytes[at] == '[')) {
      at++;
      return true;
    }
    skip();
    return false;
  }

  /** The next name of the object; false, and out of it, at its end. */
  boolean nextField() {
    if (!nextItem()) {
      return false;
    }
    scan();
    space();
    at++;
    return true;
  }

  /** The next item of the array; false, and out of it, at its end. */
  boolean nextItem() {
    space();
    if (at < end && bytes[at] == ',') {
      at++;
      space();
    }
    if (at >= end || bytes[at] == ']' || bytes[at] == '}') {
      at++;
      return false;
    }
    return true;
  }

  /** Whether the name or string just read is this one. */
  boolean is(String ascii) {
    if (to - from != ascii.length()) {
      return false;
    }
    for (var i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Reads a string; {@link #from} and {@link #to} say where it stands. */
  Json scan() {
    space();
    if (bytes[at] != '"') {
      throw new IllegalStateException("no string: " + rest());
    }
    from = ++at;
    while (bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    to = at++;
    return this;
  }

  String string() {
    scan();
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** A hash of the string just read. */
  long hash() {
    var hash = 0xcbf29ce484222325L;
    for (var i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001b3L;
    }
    return hash ^ (hash >>> 29);
  }

  double number() {
    space();
    from = at;
    while (at < end && ",]} \r\n\t".indexOf(bytes[at]) < 0) {
      at++;
    }
    return Double.parseDouble(new String(bytes, from, at - from, StandardCharsets.US_ASCII));
  }

  int integer() {
    space();
    var number = 0;
    for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      number = number * 10 + bytes[at] - '0';
    }
    return number;
  }

  /** Passes over a value. */
  void skip() {
    space();
    if (at >= end) {
      return;
    }
    switch (bytes[at]) {
      case '"' -> scan();
      case '{' -> {
        at++;
        while (nextField()) {
          skip();
        }
      }
      case '[' -> {
        at++;
        while (nextItem()) {
          skip();
        }
      }
      default -> {
        while (at < end && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
          at++;
        }
      }
    }
  }

  private void space() {
    while (at < end && bytes[at] <= ' ') {
      at++;
    }
  }

  private String rest() {
    return new String(bytes, at, Math.min(60, end - at), StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
