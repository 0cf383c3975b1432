package yikao;

import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;
import yikao.bank.BankInvalidException;
import yikao.db.DatabaseRefusedException;

/** Starts the service. */
public final class Application {
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
      var reason = reason(exception);
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
                        environment.getRequiredProperty("yikao.address", String.class),
                        environment.getRequiredProperty("yikao.port", String.class)));
    System.out.printf(
        "%n  以考 Yikao: %s%n  数据 data: %s%n%n",
        address,
        Path.of(environment.getRequiredProperty("yikao.data", String.class)).toAbsolutePath());
  }

  private static Optional<String> reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BankInvalidException invalid) {
        return Optional.of(
            "题库有错，服务没有启动 the question bank cannot be loaded:\n" + invalid.getMessage());
      }
      if (cause instanceof UnknownSettingException
          || cause instanceof DatabaseRefusedException
          || cause instanceof BindException) {
        return Optional.ofNullable(cause.getMessage());
      }
      var message = String.valueOf(cause.getMessage());
      if (message.contains("Database may be already in use")) {
        return Optional.of("数据库文件正被另一个进程使用 the database is in use by another process");
      }
    }
    return Optional.empty();
  }
}
