package yikao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import yikao.db.jooq.DefaultSchema;

/** One package writes each table: which may name its generated class where rows are changed. */
final class TableOwnersTest {
  private static final Path MAIN = Path.of("src", "main", "java", "yikao");

  private static final Map<String, String> OWNERS =
      Map.ofEntries(
          Map.entry("account", "access"),
          Map.entry("account_role", "access"),
          Map.entry("amendment", "remark"),
          Map.entry("api_token", "access"),
          Map.entry("attempt", "attempt"),
          Map.entry("audit_entry", "audit"),
          Map.entry("audit_head", "audit"),
          Map.entry("bank_revision", "bank"),
          Map.entry("commit_sequence", "db"),
          Map.entry("extension", "remark"),
          Map.entry("fixed_paper", "attempt"),
          Map.entry("former_marking", "attempt"),
          Map.entry("heard", "attempt"),
          Map.entry("job", "db"),
          Map.entry("key_fingerprint", "access"),
          Map.entry("leaderboard", "leaderboard"),
          Map.entry("lease", "db"),
          Map.entry("ledger_change", "ledger"),
          Map.entry("ledger_count", "ledger"),
          Map.entry("ledger_entry", "ledger"),
          Map.entry("ledger_export", "ledger"),
          Map.entry("annulment", "attempt"),
          Map.entry("correction", "attempt"),
          Map.entry("organisation", "org"),
          Map.entry("organisation_list", "org"),
          Map.entry("organisation_version", "org"),
          Map.entry("member", "org"),
          Map.entry("member_name_part", "org"),
          Map.entry("membership", "org"),
          Map.entry("import_file", "org"),
          Map.entry("import_portion", "org"),
          Map.entry("participant", "participant"),
          Map.entry("person_mark", "remark"),
          Map.entry("progress", "attempt"),
          Map.entry("questionnaire", "questionnaire"),
          Map.entry("questionnaire_answer", "questionnaire"),
          Map.entry("questionnaire_given", "questionnaire"),
          Map.entry("questionnaire_sheet", "questionnaire"),
          Map.entry("question", "bank"),
          Map.entry("question_version", "bank"),
          Map.entry("quiz", "quiz"),
          Map.entry("quiz_revision", "quiz"),
          Map.entry("result", "attempt"),
          Map.entry("roster", "quiz"),
          Map.entry("roster_member", "quiz"),
          Map.entry("attendance", "sitting"),
          Map.entry("opening_answer", "sitting"),
          Map.entry("printed_paper", "sitting"),
          Map.entry("sitting", "sitting"),
          Map.entry("spot_question", "sitting"),
          Map.entry("session", "access"),
          Map.entry("standing", "leaderboard"),
          Map.entry("standing_change", "leaderboard"),
          Map.entry("usage_snapshot", "bank"));

  /** What changes rows: jOOQ's calls, and statements over many rows that name their table. */
  private static final Pattern WRITES =
      Pattern.compile(
          "(?:insertInto|update|deleteFrom|mergeInto|truncate|Bulk\\s*\\.\\s*(?:insert|upsert|update|delete))"
              + "\\(\\s*([A-Z_]+)\\b");

  /** Statements that are listed with their table first. */
  private static final Pattern LISTED =
      Pattern.compile("\\b[A-Z_]+\\(\\s*(ATTEMPT|PROGRESS|RESULT),\\s*List\\.of");

  /** Each table, and the packages that write it. */
  private static Map<String, List<String>> writers() throws IOException {
    var writers = new TreeMap<String, List<String>>();
    try (var files = Files.walk(MAIN)) {
      for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        var source = Files.readString(file);
        var part = MAIN.relativize(file).getName(0).toString();
        for (var pattern : List.of(WRITES, LISTED)) {
          pattern
              .matcher(source)
              .results()
              .forEach(found ->
                  writers
                      .computeIfAbsent(
                          found.group(1).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                      .add(part));
        }
      }
    }
    return writers;
  }

  @Test
  void everyTable_hasAnOwner() {
    var tables = DefaultSchema.DEFAULT_SCHEMA.getTables().stream().map(t -> t.getName()).toList();
    assertThat(OWNERS.keySet()).containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void everyTable_isWrittenByItsOwnerAlone() throws IOException {
    var writers = writers();
    assertThat(writers.keySet()).containsExactlyInAnyOrderElementsOf(OWNERS.keySet());
    writers.forEach((table, parts) -> assertThat(parts).as(table).containsOnly(OWNERS.get(table)));
  }
}
