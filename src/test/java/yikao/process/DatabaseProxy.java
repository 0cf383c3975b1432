package yikao.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between the service and PostgreSQL, and cuts the connection where a test says. The driver
 * has to send each COMMIT as text (prepareThreshold=0).
 */
final class DatabaseProxy implements AutoCloseable {
  private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Cut cut = Cut.NEVER;

  /** Where every connection is cut. */
  enum Cut {
    NEVER(false),
    /** The database does not see the COMMIT. */
    BEFORE_COMMIT(true),
    /** The database commits, and the service is not told. */
    AFTER_COMMIT(true),
    /** Everything is swallowed, in both directions. */
    SILENT(false);

    private final boolean atCommit;

    Cut(boolean atCommit) {
      this.atCommit = atCommit;
    }
  }

  DatabaseProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("proxy").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void cut(Cut where) {
    cut = where;
    if (where == Cut.NEVER) {
      open.forEach(DatabaseProxy::close); // what was swallowed is not sent later
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var service = listener.accept();
        var database = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(service);
        open.add(database);
        Thread.ofVirtual().start(() -> pass(service, database, true));
        Thread.ofVirtual().start(() -> pass(database, service, false));
      } catch (IOException e) {
        // the database is disconnected: the service finds its connection closed
      }
    }
  }

  private void pass(Socket from, Socket to, boolean toDatabase) {
    var bytes = new byte[1 << 16];
    try (from) {
      for (var n = from.getInputStream().read(bytes);
          n >= 0;
          n = from.getInputStream().read(bytes)) {
        var now = cut;
        if (toDatabase && now.atCommit && contains(bytes, n)) {
          from.close(); // no answer gets through
          if (now == Cut.AFTER_COMMIT) {
            to.getOutputStream().write(bytes, 0, n);
          }
          to.shutdownOutput(); // the database reads what is on its way, and then ends
          return;
        }
        if (now != Cut.SILENT) {
          to.getOutputStream().write(bytes, 0, n);
        }
      }
      to.close();
    } catch (IOException e) {
      close(to); // one side is gone, and so is the other
    } finally {
      open.remove(from);
    }
  }

  private static boolean contains(byte[] bytes, int length) {
    for (var i = 0; i + COMMIT.length <= length; i++) {
      if (Arrays.equals(bytes, i, i + COMMIT.length, COMMIT, 0, COMMIT.length)) {
        return true;
      }
    }
    return false;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(DatabaseProxy::close);
  }
}
