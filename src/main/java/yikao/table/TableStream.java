package yikao.table;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** A table that is written as far as it is read. */
final class TableStream extends InputStream {
  private static final byte[] NONE = {};

  private final TableWriter writer;
  private final Iterator<List<List<String>>> portions;
  private byte[] ready = NONE;
  private int at;
  private boolean ended;

  TableStream(TableWriter writer, Iterator<List<List<String>>> portions) {
    this.writer = writer;
    this.portions = portions;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int from, int most) {
    if (most == 0) {
      return 0;
    }
    while (at == ready.length && !ended) {
      goOn();
    }
    if (at == ready.length) {
      return -1;
    }
    var length = Math.min(most, ready.length - at);
    System.arraycopy(ready, at, into, from, length);
    at += length;
    return length;
  }

  private void goOn() {
    if (portions.hasNext()) {
      portions.next().forEach(writer::row);
      ready = writer.taken();
    } else {
      ready = writer.end();
      ended = true;
    }
    at = 0;
  }
}
