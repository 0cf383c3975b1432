package yikao;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import java.nio.file.Path;
import yikao.bank.BankInvalidException;

/** Starts the service. */
public final class Application {
  private Application() {}

  /** Checks the settings before any bean is made. */
  @ContextConfigurer
  static final class Configurer implements ApplicationContextConfigurer {
    @Override
    public void configure(ApplicationContext context) {
      Settings.check(context.getEnvironment());
    }
  }

  /** Starts the service, and ends the process where it cannot start. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    try {
      var context =
          Micronaut.build(args)
              .mainClass(Application.class)
              .banner(false)
              .eagerInitSingletons(true)
              .propertySources(Defaults.source())
              .start();
      announce(context.getEnvironment());
    } catch (RuntimeException e) {
      System.err.println(reason(e));
      System.exit(1);
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

  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BankInvalidException invalid) {
        return "题库有错，服务没有启动 the question bank cannot be loaded:\n" + invalid.getMessage();
      }
      if (cause instanceof IllegalArgumentException || cause instanceof java.net.BindException) {
        return String.valueOf(cause.getMessage());
      }
    }
    return String.valueOf(failure);
  }
}
