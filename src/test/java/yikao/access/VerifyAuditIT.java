package yikao.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.TestService;
import yikao.audit.AuditBreak;
import yikao.audit.AuditBreak.Kind;

/** {@code yikao verify-audit}, over the files that a service has left. */
final class VerifyAuditIT {
  @TempDir private Path folder;

  private Path secrets;
  private String url;

  /** Accounts are made, and the end of the log is written beside the secrets as on any day. */
  @BeforeEach
  void work() throws IOException {
    secrets = TestService.secrets(folder);
    url = TestService.file(folder);
    try (var service =
        TestService.start(Map.of("yikao.secrets", secrets.toString(), "yikao.database.url", url))) {
      for (var name : new String[] {"one", "two", "three"}) {
        var made =
            service.edit(
                "POST",
                "/api/accounts",
                "{\"name\":\"%s\",\"fullName\":\"甲\",\"roles\":[{\"role\":\"editor\"}]}"
                    .formatted(name));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      }
      var heads = service.context().getBean(AuditHeads.class);
      heads.run(() -> true);
      heads.run(() -> true);
    }
  }

  private Optional<AuditBreak> verified() throws SQLException {
    return VerifyAudit.verify(url, "sa", "", secrets);
  }

  private void change(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url, "sa", "");
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  @Test
  void whole_isSaid_andTheHeadStandsOnceADayInAFileForItsOwner() throws Exception {
    assertThat(verified()).isEmpty();
    assertThat(VerifyAudit.said(verified())).contains("the audit log is whole");
    var heads = folder.resolve("audit-heads");
    assertThat(Files.readAllLines(heads)).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(heads)))
        .isEqualTo("rw-------");
  }

  @Test
  void changedEntry_isNamed() throws SQLException {
    change("update audit_entry set after_text = 'administrator' where number = 2");
    assertThat(verified()).contains(new AuditBreak(2, Kind.CHANGED));
    assertThat(VerifyAudit.said(verified())).contains("entry 2 was changed");
  }

  @Test
  void end_thatWasCutOffWithItsHead_isSeenFromTheFile() throws SQLException {
    change("delete from audit_entry where number = 3");
    change(
        "update audit_head set number = 2, link = (select link from audit_entry where number = 2)");
    assertThat(verified()).contains(new AuditBreak(3, Kind.CUT_OFF));
  }

  @Test
  void otherKey_isNotTheLogs() throws Exception {
    Files.writeString(secrets, Files.readString(secrets).replaceAll("data-key=A", "data-key=B"));
    assertThat(verified()).contains(new AuditBreak(1, Kind.CHANGED));
    Files.writeString(secrets, "");
    assertThatThrownBy(this::verified)
        .isInstanceOf(SecretsRefusedException.class)
        .hasMessageContaining("data-key");
  }
}
