package yikao.attempt;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows as bytes, for the journal: each value behind a letter for its type. */
final class RowsCodec {
  private RowsCodec() {}

  static byte[] encode(AttemptRows rows) {
    var bytes = new ByteArrayOutputStream(4_096);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(rows.byStatement().size());
      for (var entry : rows.byStatement().entrySet()) {
        out.writeUTF(entry.getKey().name());
        out.writeInt(entry.getValue().size());
        for (var row : entry.getValue()) {
          out.writeByte(row.length);
          for (var value : row) {
            write(out, value);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte('-');
      case UUID id -> {
        out.writeByte('u');
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
      }
      case Integer number -> {
        out.writeByte('i');
        out.writeInt(number);
      }
      case Long number -> {
        out.writeByte('l');
        out.writeLong(number);
      }
      case Boolean truth -> out.writeByte(truth ? 't' : 'f');
      case Instant instant -> {
        out.writeByte('m');
        out.writeLong(instant.toEpochMilli());
      }
      case BigDecimal number -> {
        out.writeByte('d');
        out.writeByte(number.scale());
        bytes(out, number.unscaledValue().toByteArray());
      }
      case String text -> {
        out.writeByte('s');
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
      }
      case byte[] bytes -> {
        out.writeByte('b');
        bytes(out, bytes);
      }
      default -> throw new IllegalArgumentException("no letter for " + value.getClass());
    }
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static AttemptRows decode(byte[] bytes) {
    var rows = new AttemptRows();
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (var statements = in.readUnsignedByte(); statements > 0; statements--) {
        var statement = AttemptStatement.valueOf(in.readUTF());
        for (var left = in.readInt(); left > 0; left--) {
          var row = new @Nullable Object[in.readUnsignedByte()];
          for (var i = 0; i < row.length; i++) {
            row[i] = read(in);
          }
          rows.add(statement, row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static @Nullable Object read(DataInputStream in) throws IOException {
    var type = in.readByte();
    return switch (type) {
      case '-' -> null;
      case 'u' -> new UUID(in.readLong(), in.readLong());
      case 'i' -> in.readInt();
      case 'l' -> in.readLong();
      case 't' -> true;
      case 'f' -> false;
      case 'm' -> Instant.ofEpochMilli(in.readLong());
      case 'd' -> {
        var scale = in.readByte();
        yield new BigDecimal(new BigInteger(in.readNBytes(in.readInt())), scale);
      }
      case 's' -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      case 'b' -> in.readNBytes(in.readInt());
      default -> throw new IOException("no type has the letter " + type);
    };
  }
}
