package yikao.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP over a socket, for requests that no client library would send. One thread. */
final class Raw implements AutoCloseable {
  private static final int PATIENCE = 60_000;

  private final URI address;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  Raw(URI address) {
    this.address = address;
  }

  /**
   * What came back.
   *
   * @param status 0 where the connection was closed instead
   * @param headers by their names in lower case
   */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @throws SocketTimeoutException where there is none for a long time
   */
  Answer send(Call call) throws IOException {
    for (var again = socket != null; ; again = false) {
      try {
        var answer = exchange(call);
        if (!call.isSound() || answer.header("connection").equalsIgnoreCase("close")) {
          close();
        }
        return answer;
      } catch (SocketTimeoutException e) {
        close();
        throw e;
      } catch (IOException e) {
        close();
        // a kept connection may have been closed meanwhile
        if (!again) {
          return new Answer(0, Map.of(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private Answer exchange(Call call) throws IOException {
    if (socket == null) {
      socket = new Socket(address.getHost(), address.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE);
      in = new BufferedInputStream(socket.getInputStream());
    }
    var out = socket.getOutputStream();
    try {
      out.write(call.bytes(address));
      out.flush();
    } catch (IOException e) {
      // what is refused early is answered before all of it was sent
      return answer(call.method());
    }
    return answer(call.method());
  }

  private Answer answer(String method) throws IOException {
    var status = 100;
    Map<String, String> headers = Map.of();
    while (status < 200) {
      var line = line();
      if (!line.startsWith("HTTP/1.")) {
        throw new IOException("no HTTP: " + line);
      }
      status = Integer.parseInt(line.substring(9, 12));
      headers = headers();
    }
    var none = method.equals("HEAD") || status == 204 || status == 304;
    return new Answer(status, headers, none ? "" : body(headers));
  }

  private Map<String, String> headers() throws IOException {
    var headers = new HashMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private String body(Map<String, String> headers) throws IOException {
    var body = new ByteArrayOutputStream();
    if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      for (var size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
        body.write(stream().readNBytes(size));
        line();
      }
      line();
    } else {
      var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      body.write(stream().readNBytes(length));
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var c = stream().read(); c != '\n'; c = stream().read()) {
      if (c < 0) {
        throw new EOFException("closed");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private InputStream stream() throws IOException {
    if (in == null) {
      throw new EOFException("closed");
    }
    return in;
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    socket = null;
    in = null;
  }
}
