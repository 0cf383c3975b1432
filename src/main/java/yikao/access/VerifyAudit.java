package yikao.access;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import yikao.audit.AuditBreak;
import yikao.audit.AuditLog;
import yikao.db.EmbeddedDatabases;

/** Checks the audit log without the service: {@code yikao verify-audit}. */
public final class VerifyAudit {
  private VerifyAudit() {}

  /** Takes no arguments; where the database and the secrets are, are settings as of the service. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    if (arguments.length != 0) {
      System.err.println("usage: yikao verify-audit");
      System.exit(2);
    }
    var data = Path.of(setting("yikao.data", ".yikao")).toAbsolutePath().normalize();
    var secrets = Path.of(setting("yikao.secrets", data.resolve("secrets.properties").toString()));
    var url = setting("yikao.database.url", "");
    try {
      var found =
          verify(
              url.isBlank()
                  ? EmbeddedDatabases.url(data.resolve("database").resolve("yikao"))
                      + ";IFEXISTS=TRUE"
                  : url,
              setting("yikao.database.user", "sa"),
              setting("yikao.database.password", ""),
              secrets);
      System.out.println(said(found));
      System.exit(found.isEmpty() ? 0 : 1);
    } catch (SecretsRefusedException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (SQLException e) {
      System.err.println(
          "数据库打不开；嵌入式数据库要先停服务，运行中可用 GET /api/audit/verification"
              + " the database cannot be opened; stop the service where it is embedded, or ask GET"
              + " /api/audit/verification while it runs: "
              + e.getMessage());
      System.exit(2);
    }
  }

  /** As the service reads it. */
  private static String setting(String name, String otherwise) {
    var environment =
        System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    return System.getProperty(name, environment == null ? otherwise : environment);
  }

  static Optional<AuditBreak> verify(String url, String user, String password, Path secrets)
      throws SQLException {
    var key = new SecretsFile(secrets).read().get(SecretsFile.DATA);
    if (key == null) {
      throw new SecretsRefusedException(
          "密钥文件里没有 data-key no data-key in the file of secrets: " + secrets);
    }
    try (var connection = DriverManager.getConnection(url, user, password)) {
      var dialect = url.startsWith("jdbc:postgresql:") ? SQLDialect.POSTGRES : SQLDialect.H2;
      return AuditLog.verify(
          DSL.using(connection, dialect),
          Vault.sealOf(key),
          AuditHeads.read(secrets.resolveSibling(AuditHeads.FILE)));
    }
  }

  static String said(Optional<AuditBreak> found) {
    if (found.isEmpty()) {
      return "操作日志完整 the audit log is whole";
    }
    var number = found.get().number();
    return switch (found.get().kind()) {
      case CHANGED ->
          "第 %1$d 条被改过，或前一条被删 entry %1$d was changed, or the one before it removed"
              .formatted(number);
      case MISSING -> "缺第 %1$d 条 entry %1$d is missing".formatted(number);
      case CUT_OFF -> "从第 %1$d 条起被截掉 cut off from entry %1$d on".formatted(number);
      case REPLACED ->
          "第 %1$d 条不是当天导出的那一条 entry %1$d is not the one whose head was exported".formatted(number);
    };
  }
}
