package yikao.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import yikao.TestService;

final class VaultIT {
  private static final String PHONE = "13800000000";

  private static TestService service;
  private static Vault vault;

  @BeforeAll
  static void start() {
    service = TestService.start(Map.of());
    vault = service.context().getBean(Vault.class);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void sealed_isOpenedAgain_andIsAnotherEachTime() {
    var sealed = vault.seal("phone", PHONE);
    assertThat(vault.open("phone", sealed)).isEqualTo(PHONE);
    assertThat(vault.seal("phone", PHONE)).isNotEqualTo(sealed);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(PHONE);
  }

  @Test
  void sealed_forAnotherPurposeOrChanged_isNotOpened() {
    var sealed = vault.seal("phone", PHONE);
    assertThatThrownBy(() -> vault.open("other", sealed)).isInstanceOf(IllegalStateException.class);
    sealed[sealed.length / 2] ^= 1;
    assertThatThrownBy(() -> vault.open("phone", sealed)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault.open("phone", new byte[3]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sealedText_isOpenedAgain_whateverItIs() {
    for (var text :
        List.of("", " ", "a  ", "[]", "{\"stem\":\"𠮷\"}", "党".repeat(500), "x".repeat(64))) {
      var sealed = vault.sealText("phone", text);
      assertThat(sealed).matches("sealed:[A-Za-z0-9+/]+");
      assertThat(Vault.isSealed(sealed)).isTrue();
      assertThat(vault.openText("phone", sealed)).isEqualTo(text);
      assertThat(vault.sealText("phone", text)).isNotEqualTo(sealed);
    }
  }

  /** Four right choices are as long as one. */
  @Test
  void sealedText_saysLittleOfItsLength() {
    assertThat(vault.sealText("phone", "[[\"a\",\"b\",\"c\",\"d\"]]"))
        .hasSameSizeAs(vault.sealText("phone", "[[\"a\"]]"));
  }

  @Test
  void plainText_isReadAsItIs() {
    for (var text : List.of("", "[]", "{\"a\":1}", "2.000/2.000", "seal")) {
      assertThat(Vault.isSealed(text)).isFalse();
      assertThat(vault.openText("phone", text)).isEqualTo(text);
    }
  }

  @Test
  void sealedText_forAnotherPurposeOrChanged_isNotOpened() {
    var sealed = vault.sealText("phone", PHONE);
    assertThatThrownBy(() -> vault.openText("other", sealed))
        .isInstanceOf(IllegalStateException.class);
    var c = sealed.charAt(40) == 'A' ? 'B' : 'A';
    var changed = sealed.substring(0, 40) + c + sealed.substring(41);
    assertThatThrownBy(() -> vault.openText("phone", changed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void digest_isTheSameForTheSameText_andAnotherForAnotherPurpose() {
    assertThat(vault.digest("phone", PHONE)).hasSize(32).isEqualTo(vault.digest("phone", PHONE));
    assertThat(vault.digest("phone", PHONE))
        .isNotEqualTo(vault.digest("last four", PHONE))
        .isNotEqualTo(vault.digest("phone", "13800000001"));
  }
}
