package yikao.db;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bytes of a file, in which texts are looked for in whatever way they may be written. */
public final class FileBytes {
  private static final List<Charset> AS =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

  /** A sign for each byte. */
  private final String bytes;

  public FileBytes(byte[] bytes) {
    this.bytes = signs(bytes);
  }

  public static FileBytes of(Path file) throws IOException {
    return new FileBytes(Files.readAllBytes(file));
  }

  private static String signs(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  public boolean hold(String text) {
    return bytes.contains(asWritten(text))
        || AS.stream().anyMatch(as -> bytes.contains(signs(text.getBytes(as))));
  }

  /** As H2 writes a text: like UTF-8, but without the first bit of what follows a sign's first. */
  private static String asWritten(String text) {
    var written = new StringBuilder();
    for (var c : text.toCharArray()) {
      if (c < 0x80) {
        written.append(c);
      } else if (c < 0x800) {
        written.append((char) (0xc0 | (c >> 6))).append((char) (c & 0x3f));
      } else {
        written.append((char) (0xe0 | (c >> 12)));
        written.append((char) ((c >> 6) & 0x3f)).append((char) (c & 0x3f));
      }
    }
    return written.toString();
  }
}
