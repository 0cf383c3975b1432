package yikao.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Phones that have a page open: each asks once and keeps its connection. What the service's memory
 * grows by is what an open phone costs.
 */
final class Phones {
  private static final int STEP = 1_000;
  private final Options options;
  private final Processes service;

  Phones(Options options) {
    this.options = options;
    this.service = new Processes(options.number("service-pid", 0), false);
  }

  /** Opens as many as wanted, and says the memory of the service after each thousand. */
  boolean open() throws IOException {
    var wanted = options.number("connections", 5_000);
    var phones = new ArrayList<Socket>();
    try {
      Report.say("phones 0: %.0f MB", service.megabytes());
      while (phones.size() < wanted) {
        phones.add(one());
        if (phones.size() % STEP == 0) {
          Report.say("phones %d: %.0f MB", phones.size(), service.megabytes());
        }
      }
      return true;
    } finally {
      close(phones);
    }
  }

  private Socket one() throws IOException {
    var socket = new Socket(options.address().getAddress(), options.address().getPort());
    var ask = "GET /api/quizzes HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
    skipAnswer(socket.getInputStream());
    return socket;
  }

  private static void skipAnswer(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("closed: the limits of connections are lower");
      }
      head.append((char) next);
    }
    var length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
    in.skipNBytes(Long.parseLong(length));
  }

  private static void close(List<Socket> phones) throws IOException {
    for (var phone : phones) {
      phone.close();
    }
  }
}
