package yikao.db;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * A chunk in H2's file, as its first bytes say, and the header of the file that names it the last.
 *
 * @param id of the chunk
 * @param block where it begins, in blocks of 4,096 bytes
 * @param version of the store that it completes
 */
record ChunkHeader(int id, long block, long version) {
  private static final byte[] START = "chunk:".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MAX_LENGTH = 1024;

  /** The chunk that begins with these bytes, if one does. */
  static Optional<ChunkHeader> of(ByteBuffer written, long block) {
    for (var i = 0; i < START.length; i++) {
      if (written.remaining() <= i || written.get(written.position() + i) != START[i]) {
        return Optional.empty();
      }
    }
    var map = firstLine(written);
    return Optional.of(
        new ChunkHeader(
            Integer.parseUnsignedInt(map.getOrDefault("chunk", "0"), 16),
            block,
            Long.parseUnsignedLong(map.getOrDefault("version", "0"), 16)));
  }

  /** Whether these first bytes of the file say that it was closed in good order. */
  static boolean isClean(ByteBuffer fileHeader) {
    try {
      return "1".equals(firstLine(fileHeader).get("clean"));
    } catch (MVStoreException e) {
      return false;
    }
  }

  /** The first two blocks of the file, changed so that they name this chunk. */
  ByteBuffer asLastIn(ByteBuffer fileHeader) {
    var map = new HashMap<>(firstLine(fileHeader));
    map.remove("fletcher");
    map.remove("clean");
    map.put("block", Long.toHexString(block));
    map.put("chunk", Integer.toHexString(id));
    map.put("version", Long.toHexString(version));
    var text = new StringBuilder();
    DataUtils.appendMap(text, map);
    var bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    DataUtils.appendMap(text, "fletcher", DataUtils.getFletcher32(bytes, 0, bytes.length));
    bytes = text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(2 * Pages.SIZE)
        .put(0, bytes)
        .put(Pages.SIZE, bytes)
        .limit(2 * Pages.SIZE);
  }

  private static Map<String, String> firstLine(ByteBuffer bytes) {
    var line = new byte[Math.min(MAX_LENGTH, bytes.remaining())];
    bytes.get(bytes.position(), line);
    var end = 0;
    while (end < line.length && line[end] != '\n') {
      end++;
    }
    return DataUtils.parseMap(new String(line, 0, end, StandardCharsets.ISO_8859_1).trim());
  }
}
