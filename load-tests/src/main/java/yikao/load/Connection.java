package yikao.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One keep-alive connection and the last reply on it. Opens itself when it is needed, and again
 * after a failure. For one thread.
 */
final class Connection implements AutoCloseable {
  private final InetSocketAddress address;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  private byte[] bytes = new byte[64 * 1_024];
  private int end;
  private int bodyFrom;
  private int bodyTo;
  private int status;
  private boolean retryAfter;

  Connection(InetSocketAddress address) {
    this.address = address;
  }

  /** Opens it now, so that the first call does not pay for it. */
  void open() throws IOException {
    if (socket == null) {
      socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.connect(address, 10_000);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }
  }

  /**
   * Sends a request and reads the whole reply.
   *
   * @return its status
   */
  int call(Request request) throws IOException {
    try {
      open();
      out.write(request.bytes(), 0, request.size());
      end = 0;
      readReply();
      return status;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void readReply() throws IOException {
    var headerEnd = readHeader();
    status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    retryAfter = false;
    var length = 0;
    var chunked = false;
    var closing = false;
    for (var at = next(0); at < headerEnd - 2; at = next(at)) {
      switch (bytes[at] | 0x20) {
        case 'c' -> {
          if (starts(at, "content-length:")) {
            length = number(at + 15);
          }
          closing |= starts(at, "connection: close");
        }
        case 't' -> chunked |= starts(at, "transfer-encoding: chunked");
        case 'r' -> retryAfter |= starts(at, "retry-after:");
        default -> {}
      }
    }
    bodyFrom = headerEnd;
    if (chunked) {
      readChunks();
    } else {
      bodyTo = headerEnd + length;
      fill(bodyTo);
    }
    if (closing) {
      close();
    }
  }

  /** Reads until the empty line; the place behind it. */
  private int readHeader() throws IOException {
    var at = 0;
    while (true) {
      for (; at + 3 < end; at++) {
        if (bytes[at] == '\r' && bytes[at + 2] == '\r' && bytes[at + 3] == '\n') {
          return at + 4;
        }
      }
      fill(end + 1);
    }
  }

  /** Moves the chunks together. */
  private void readChunks() throws IOException {
    var at = bodyFrom;
    bodyTo = bodyFrom;
    while (true) {
      var line = at;
      while (line >= end || bytes[line] != '\n') {
        if (line >= end) {
          fill(end + 1);
        } else {
          line++;
        }
      }
      var size =
          Integer.parseInt(
              new String(bytes, at, line - at, StandardCharsets.US_ASCII).trim().split(";")[0], 16);
      at = line + 1;
      fill(at + size + 2);
      if (size == 0) {
        return;
      }
      System.arraycopy(bytes, at, bytes, bodyTo, size);
      bodyTo += size;
      at += size + 2;
    }
  }

  private void fill(int wanted) throws IOException {
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
    }
    while (end < wanted) {
      var n = in.read(bytes, end, bytes.length - end);
      if (n < 0) {
        throw new EOFException("the service closed the connection");
      }
      end += n;
    }
  }

  /** The place behind the line that the given one is on. */
  private int next(int from) {
    var at = from;
    while (bytes[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private boolean starts(int at, String lower) {
    for (var i = 0; i < lower.length(); i++) {
      var c = bytes[at + i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    var at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    var number = 0;
    for (; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      number = number * 10 + bytes[at] - '0';
    }
    return number;
  }

  int status() {
    return status;
  }

  /** Whether the last reply said when to come again. */
  boolean retryAfter() {
    return retryAfter;
  }

  /** The body of the last reply, valid until the next call. */
  void body(Json json) {
    json.over(bytes, bodyFrom, bodyTo);
  }

  String body() {
    return new String(bytes, bodyFrom, bodyTo - bodyFrom, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    var open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // it is not used any more
      }
    }
  }
}
