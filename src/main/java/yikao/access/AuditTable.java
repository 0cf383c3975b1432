package yikao.access;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import yikao.audit.AuditEntry;
import yikao.audit.AuditLog;
import yikao.table.RowPortions;
import yikao.web.Texts;
import yikao.web.Times;

/** The audit log as rows of a table, however long it is. */
@Singleton
final class AuditTable {
  private static final int PORTION = 1_000;
  private static final List<String> HEADINGS =
      List.of(
          "audit.number",
          "audit.at",
          "audit.who",
          "audit.address",
          "audit.action",
          "audit.subject",
          "audit.before",
          "audit.after");

  private final AuditLog audit;
  private final AuditTexts auditTexts;
  private final Times times;

  AuditTable(AuditLog audit, AuditTexts auditTexts, Times times) {
    this.audit = audit;
    this.auditTexts = auditTexts;
    this.times = times;
  }

  /** Headings and entries, the newest first; each portion is read when it is asked for. */
  Iterator<List<List<String>>> portions(Texts texts, AuditLog.Sought sought) {
    var names = new HashMap<String, String>(); // few did all of it; each is looked up once
    return new RowPortions<>(
        HEADINGS.stream().map(key -> texts.of(key)).toList(),
        PORTION,
        (Optional<AuditEntry> last) -> audit.find(sought, last.map(AuditEntry::number), PORTION),
        entry -> row(texts, names, entry));
  }

  private List<String> row(Texts texts, Map<String, String> names, AuditEntry entry) {
    return List.of(
        Long.toString(entry.number()),
        times.second(texts, entry.at()),
        names.computeIfAbsent(entry.actor(), code -> auditTexts.actor(texts, code)),
        entry.address(),
        auditTexts.action(texts, entry.action()),
        entry.subject(),
        entry.before(),
        entry.after());
  }
}
