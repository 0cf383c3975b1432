package yikao.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowsCodecTest {

  private static @Nullable Object value(SplittableRandom random) {
    return switch (random.nextInt(9)) {
      case 0 -> null;
      case 1 -> new UUID(random.nextLong(), random.nextLong());
      case 2 -> random.nextInt();
      case 3 -> random.nextLong();
      case 4 -> random.nextBoolean();
      case 5 -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
      case 6 -> new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(5));
      case 7 -> "[[1,2,\"甲𠮷\u0000\"]]".repeat(random.nextInt(4_000));
      default -> {
        var bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        yield bytes;
      }
    };
  }

  @Test
  void rows_decodedFromEncoded_theSame() {
    var random = new SplittableRandom(3);
    for (var n = 0; n < 200; n++) {
      var rows = new AttemptRows();
      for (var i = random.nextInt(30); i > 0; i--) {
        var statements = AttemptStatement.values();
        var row = new @Nullable Object[random.nextInt(14)];
        for (var column = 0; column < row.length; column++) {
          row[column] = value(random);
        }
        rows.add(statements[random.nextInt(statements.length)], row);
      }
      var decoded = RowsCodec.decode(RowsCodec.encode(rows)).byStatement();
      assertThat(decoded).hasSameSizeAs(rows.byStatement());
      rows.byStatement()
          .forEach((statement, all) ->
              assertThat(Arrays.deepEquals(decoded.get(statement).toArray(), all.toArray()))
                  .isTrue());
    }
  }

  @Test
  void row_ofAnUnknownType_isRefused() {
    var rows = new AttemptRows();
    rows.add(AttemptStatement.ENDS, Map.of());
    assertThatThrownBy(() -> RowsCodec.encode(rows)).isInstanceOf(IllegalArgumentException.class);
  }
}
