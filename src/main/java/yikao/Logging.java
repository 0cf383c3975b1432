package yikao;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * How the service logs, in code: reading it from XML is a tenth of a plain start. An operator's own
 * file, {@code -Dlogback.configurationFile=…}, takes its place.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} %msg %kvp%n%rEx{full}";

  private static final List<String> QUIET =
      List.of("com.zaxxer.hikari", "org.flywaydb", "org.jooq", "io.micronaut.flyway");

  /** For logback, which finds this class by its name. */
  public Logging() {}

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(loggers);
    encoder.setPattern(PATTERN);
    encoder.start();
    var out = new ConsoleAppender<ILoggingEvent>();
    out.setContext(loggers);
    out.setName("stdout");
    out.setEncoder(encoder);
    var repeated = new RepeatedLines(loggers, out::doAppend);
    repeated.setContext(loggers);
    repeated.start();
    out.addFilter(repeated);
    out.start();
    var _ =
        loggers
            .getScheduledExecutorService()
            .scheduleWithFixedDelay(
                () -> repeated.sayLeftOut(System.currentTimeMillis()), 10, 10, TimeUnit.SECONDS);
    var root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(out);
    QUIET.forEach(name -> loggers.getLogger(name).setLevel(Level.WARN));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
