package yikao.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between the service and PostgreSQL and holds back every COMMIT, as a disk that takes so
 * long to flush would.
 */
final class DelayProxy {
  private static final String COMMIT = "COMMIT";

  /** Codes of requests for encryption are this or above, versions of the protocol below. */
  private static final int ENCRYPTION_FROM = 80_877_102;

  private final int target;
  private final long nanos;

  private DelayProxy(int target, long nanos) {
    this.target = target;
    this.nanos = nanos;
  }

  /** Serves until the process ends. */
  static void serve(int port, int target, double millis) throws IOException {
    var proxy = new DelayProxy(target, (long) (millis * 1e6));
    try (var server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress())) {
      Report.say("port %d delays commits to %d by %.1f ms", port, target, millis);
      while (true) {
        proxy.connect(server.accept());
      }
    }
  }

  private void connect(Socket client) throws IOException {
    var database = new Socket(InetAddress.getLoopbackAddress(), target);
    client.setTcpNoDelay(true);
    database.setTcpNoDelay(true);
    Thread.ofPlatform().daemon().start(() -> toDatabase(client, database));
    Thread.ofPlatform().daemon().start(() -> toService(database, client));
  }

  /** What the service sends, message by message, as PostgreSQL's protocol parts it. */
  private void toDatabase(Socket from, Socket to) {
    try (from;
        to) {
      var in = new DataInputStream(new BufferedInputStream(from.getInputStream(), 1 << 16));
      var out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream(), 1 << 16));
      greet(in, out);
      var commits = new HashSet<String>();
      for (var type = in.read(); type >= 0; type = in.read()) {
        var body = in.readNBytes(in.readInt() - Integer.BYTES);
        if (isCommit(type, body, commits)) {
          out.flush();
          LockSupport.parkNanos(nanos);
        }
        out.writeByte(type);
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
        if (in.available() == 0) {
          out.flush();
        }
      }
    } catch (IOException e) {
      // either side has gone; both are closed
    }
  }

  /** The messages without a type: requests for encryption, then the start. */
  private static void greet(DataInputStream in, DataOutputStream out) throws IOException {
    var code = ENCRYPTION_FROM;
    while (code >= ENCRYPTION_FROM) {
      var body = in.readNBytes(in.readInt() - Integer.BYTES);
      code = ByteBuffer.wrap(body).getInt();
      out.writeInt(body.length + Integer.BYTES);
      out.write(body);
      out.flush();
    }
  }

  /** A simple query, or the execution of a prepared statement, that commits. */
  private static boolean isCommit(int type, byte[] body, Set<String> commits) {
    var first = text(body, 0);
    switch (type) {
      case 'Q' -> {
        return first.equalsIgnoreCase(COMMIT);
      }
      case 'P' -> {
        if (text(body, first.length() + 1).equalsIgnoreCase(COMMIT)) {
          commits.add(first);
        } else {
          commits.remove(first);
        }
        return false;
      }
      case 'B' -> {
        return commits.contains(text(body, first.length() + 1));
      }
      default -> {
        return false;
      }
    }
  }

  /** The text up to the next zero; no longer than is of interest. */
  private static String text(byte[] body, int from) {
    var to = from;
    while (to < body.length && body[to] != 0 && to - from < 64) {
      to++;
    }
    return new String(body, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static void toService(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // either side has gone; both are closed
    }
  }
}
