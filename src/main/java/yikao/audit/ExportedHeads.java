package yikao.audit;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Heads that were kept apart from the database, and what they say of its entries. Pure. */
final class ExportedHeads {
  private final Map<Long, String> links;

  ExportedHeads(Collection<AuditHead> heads) {
    this.links =
        heads.stream().collect(Collectors.toMap(AuditHead::number, AuditHead::link, (a, _) -> a));
  }

  Optional<AuditBreak> wrong(AuditEntry entry) {
    var link = links.get(entry.number());
    return link == null || link.equals(entry.link())
        ? Optional.empty()
        : Optional.of(new AuditBreak(entry.number(), AuditBreak.Kind.REPLACED));
  }

  /** The largest number. */
  long last() {
    return links.keySet().stream().mapToLong(n -> n).max().orElse(0);
  }
}
