package yikao;

import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import java.net.BindException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import yikao.access.SecretsRefusedException;
import yikao.bank.BankInvalidException;
import yikao.db.DamagedDatabase;
import yikao.db.DatabaseRefusedException;

/** Starts the service. */
public final class Application {
  /**
   * SQL states of a connection that is refused: no server, no such user or database, too many
   * connections; and what H2 says of an address.
   */
  private static final Pattern UNREACHABLE =
      Pattern.compile("08...|28...|3D...|53...|57P0.|900(11|13|46)|90113|90146");

  private Application() {}

  /** Starts the service, and ends the process where it cannot start. */
  public static void main(String[] args) {
    var context =
        new Launcher()
            .args(args)
            .mainClass(Application.class)
            .banner(false)
            .eagerInitSingletons(true)
            .propertySources(Defaults.source())
            .start();
    announce(context.getEnvironment());
  }

  /** Says in one line why it cannot start, where that is the operator's to mend. */
  private static final class Launcher extends Micronaut {
    @Override
    @SuppressWarnings("SystemOut")
    protected void handleStartupException(Environment environment, Throwable exception) {
      var reason = reason(environment, exception);
      if (reason.isEmpty()) {
        super.handleStartupException(environment, exception);
      } else {
        System.err.println(reason.get());
        System.exit(1);
      }
    }
  }

  @SuppressWarnings("SystemOut")
  private static void announce(Environment environment) {
    var address =
        environment
            .getProperty("yikao.public-address", String.class)
            .filter(a -> !a.isBlank())
            .orElseGet(() ->
                "http://%s:%s"
                    .formatted(
                        setting(environment, "yikao.address"), setting(environment, "yikao.port")));
    System.out.printf(
        "%n  以考 Yikao: %s%n  数据 data: %s%n%n",
        address, Path.of(setting(environment, "yikao.data")).toAbsolutePath());
  }

  private static String setting(Environment environment, String name) {
    return environment.getProperty(name, String.class).orElse("");
  }

  private static boolean isUnreachable(SQLException refused) {
    return UNREACHABLE.matcher(String.valueOf(refused.getSQLState())).matches();
  }

  /** What stands after the address may be a password. */
  private static String cannotConnect(Environment environment, String message) {
    return "数据库连不上 cannot connect to the database: yikao.database.url=%s, yikao.database.user=%s: %s"
        .formatted(
            setting(environment, "yikao.database.url").replaceFirst("[?;].*", ""),
            setting(environment, "yikao.database.user"),
            message.lines().findFirst().orElse(""));
  }

  private static Optional<String> reason(Environment environment, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BankInvalidException invalid) {
        return Optional.of(
            "题库有错，服务没有启动 the question bank cannot be loaded:\n" + invalid.getMessage());
      }
      if (cause instanceof SettingRefusedException
          || cause instanceof SecretsRefusedException
          || cause instanceof DatabaseRefusedException) {
        return Optional.ofNullable(cause.getMessage());
      }
      if (cause instanceof BindException) {
        return Optional.of(
            ("不能监听，请看设置 cannot listen, see the settings yikao.address, yikao.port,"
                    + " yikao.management.address and yikao.management.port: %s (%s)")
                .formatted(failure.getMessage(), cause.getMessage()));
      }
      if (DamagedDatabase.is(cause)) {
        return Optional.of(DamagedDatabase.said(setting(environment, "yikao.database.url"), cause));
      }
      var message = String.valueOf(cause.getMessage());
      if (message.contains("Database may be already in use")) {
        return Optional.of("数据库文件正被另一个进程使用 the database is in use by another process");
      }
      if (cause instanceof SQLException refused && isUnreachable(refused)) {
        return Optional.of(cannotConnect(environment, message));
      }
    }
    return Optional.empty();
  }
}
