package yikao.access;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.audit.AuditHead;
import yikao.audit.AuditLog;
import yikao.db.Disk;
import yikao.db.NodeClock;
import yikao.db.OwnerOnly;
import yikao.db.PeriodicTask;

/**
 * Writes the end of the audit log's chain, once a day, to a file beside the secrets: whoever cuts
 * the end of the log off in the database would have to change that file, too. Each node has its
 * own.
 */
@Singleton
final class AuditHeads implements PeriodicTask {
  static final String FILE = "audit-heads";

  private static final Logger LOG = LoggerFactory.getLogger(AuditHeads.class);
  private static final Pattern LINE =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d{1,18}) ([0-9a-f]{64})");

  private final AuditLog audit;
  private final NodeClock clock;
  private final ZoneId zone;
  private final Path path;

  AuditHeads(
      AuditLog audit,
      NodeClock clock,
      @Value("${yikao.time-zone}") ZoneId zone,
      @Value("${yikao.secrets}") String secrets) {
    this.audit = audit;
    this.clock = clock;
    this.zone = zone;
    this.path = Path.of(secrets).resolveSibling(FILE);
  }

  @Override
  public String name() {
    return "audit-heads";
  }

  @Override
  public Duration interval() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run(BooleanSupplier mayGoOn) {
    var today = LocalDate.ofInstant(clock.instant(), zone);
    var head = audit.head();
    if (head.number() == 0 || lines(path).stream().anyMatch(l -> l.startsWith(today + " "))) {
      return;
    }
    try {
      if (!Files.exists(path)) {
        OwnerOnly.createFile(path);
      }
      Files.writeString(
          path,
          "%s %d %s%n".formatted(today, head.number(), head.link()),
          StandardOpenOption.APPEND);
      Disk.sync(path);
    } catch (IOException e) {
      LOG.warn("the end of the audit log cannot be written to {} ({})", path, e.toString());
    }
  }

  private static List<String> lines(Path path) {
    try {
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The heads that a file holds. */
  static List<AuditHead> read(Path path) {
    var heads = new ArrayList<AuditHead>();
    for (var line : lines(path)) {
      var parts = LINE.matcher(line.strip());
      if (parts.matches()) {
        heads.add(new AuditHead(Long.parseLong(parts.group(2)), parts.group(3)));
      }
    }
    return heads;
  }
}
