package yikao.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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
  void digest_isTheSameForTheSameText_andAnotherForAnotherPurpose() {
    assertThat(vault.digest("phone", PHONE)).hasSize(32).isEqualTo(vault.digest("phone", PHONE));
    assertThat(vault.digest("phone", PHONE))
        .isNotEqualTo(vault.digest("last four", PHONE))
        .isNotEqualTo(vault.digest("phone", "13800000001"));
  }
}
