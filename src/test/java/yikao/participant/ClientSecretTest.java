package yikao.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientSecretTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "1111111111111111",
        "1234567890123456",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "0123456789abcdef0123456789abcdef",
        "wang-xiao-ming-wang-xiao-ming",
        "WzqIqi9sJj9H_EjGZItm", // 120 bits
        "d41d8cd98f00b204e98009", // 88 bits, as hexadecimal
        "00000000-0000-0000-0000-000000000000",
        "11111111-1111-4111-8111-111111111111",
        "c232ab00-9414-11ec-b3c8-9f6bdeced846", // version 1: time and machine
        "5df41881-3aed-3515-88a7-2f4a814cf09e", // version 3: of a name
        "919108f7-52d1-4320-1bac-f847db4148a8", // version 4 of no variant
        "王小明王小明王小明王小明王小明王小明王小明王小明",
        "WzqIqi9sJj9H EjGZItmQ4,eNoqdQjce",
        "WzqIqi9sJj9H_EjGZItmQ4==="
      })
  void guessable_isRefused(String secret) {
    assertThat(ClientSecret.isHardToGuess(secret)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "919108f7-52d1-4320-9bac-f847db4148a8",
        "919108F7-52D1-4320-9BAC-F847DB4148A8",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "WzqIqi9sJj9H_EjGZItmQ4",
        "WzqIqi9sJj9H_EjGZItmQ4==",
        "9b2c4f1e8d7a6053c1e4b7a90f2d3865"
      })
  void random_isTaken(String secret) {
    assertThat(ClientSecret.isHardToGuess(secret)).isTrue();
  }

  @Test
  void whateverIsMadeAtRandom_isTaken() {
    var random = new Random(13);
    for (var i = 0; i < 20_000; i++) {
      var bytes = new byte[16 + random.nextInt(17)];
      random.nextBytes(bytes);
      var base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      assertThat(ClientSecret.isHardToGuess(base64)).as(base64).isTrue();
      var hexadecimal = HexFormat.of().formatHex(bytes);
      assertThat(ClientSecret.isHardToGuess(hexadecimal)).as(hexadecimal).isTrue();
      var version = i % 2 == 0 ? 0x4000L : 0x7000L;
      var uuid =
          new UUID(
              (random.nextLong() & ~0xf000L) | version, (random.nextLong() >>> 2) | Long.MIN_VALUE);
      assertThat(ClientSecret.isHardToGuess(uuid.toString())).as(uuid.toString()).isTrue();
    }
  }
}
