package yikao;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import yikao.db.EmbeddedDatabases;

/** What an operator is told of a setting whose value is wrong. */
final class SettingsTest {
  /** Where any text may stand. */
  private static final Set<String> ANY =
      Set.of(
          "yikao.database.user",
          "yikao.database.password",
          "yikao.privacy.contact",
          "yikao.privacy.more",
          "yikao.privacy.operator");

  private static final Map<String, List<String>> WRONG =
      Map.ofEntries(
          Map.entry("yikao.accept-new-secrets", List.of("true", "0123456789AB", "0123")),
          Map.entry("yikao.address", List.of("", "999.1.1.1", "no such host")),
          Map.entry("yikao.backups.every", List.of("", "24", "1 day", "-1s", "1y", "400d")),
          Map.entry("yikao.backups.kept", List.of("", "0", "seven", "7.5", "99999999999")),
          Map.entry("yikao.bank", List.of("", "pom.xml", "/proc/version/x")),
          Map.entry("yikao.data", List.of("", "pom.xml", "/proc/version/x")),
          Map.entry("yikao.database.durability", List.of("", "none")),
          Map.entry("yikao.first-access", List.of("", "nobody", "password,token")),
          Map.entry("yikao.database.group", List.of("0", "x")),
          Map.entry("yikao.database.pool", List.of("0", "x", "1e1")),
          Map.entry("yikao.database.url", List.of("", "jdbc:mysql://x/y", "postgresql://x")),
          Map.entry("yikao.database.writers", List.of("0", "65")),
          Map.entry("yikao.hsts", List.of("", "365", "3y", "731d", "-1s", "true")),
          Map.entry("yikao.jobs.at-once", List.of("", "2", "1h")),
          Map.entry("yikao.limits.body", List.of("0", "1 MB", "-1")),
          Map.entry("yikao.limits.buffered", List.of("0", "1 MB", "9999999999")),
          Map.entry("yikao.limits.connections", List.of("0", "x")),
          Map.entry("yikao.limits.connections-per-address", List.of("0", "x")),
          Map.entry("yikao.limits.idle", List.of("", "0s", "2h", "75")),
          Map.entry("yikao.limits.queue", List.of("0", "x")),
          Map.entry("yikao.limits.stalled", List.of("", "0s", "1h", "10")),
          Map.entry("yikao.management.address", List.of("", "999.1.1.1", "no such host")),
          Map.entry("yikao.management.port", List.of("", "x", "65536", "-2")),
          Map.entry("yikao.limits.starts-per-minute", List.of("0", "x")),
          Map.entry("yikao.limits.wrong-codes-per-minute", List.of("0", "x")),
          Map.entry("yikao.limits.starts-per-minute-of-guest", List.of("0", "x")),
          Map.entry("yikao.limits.wrong-tokens", List.of("", "0", "x", "-1")),
          Map.entry("yikao.port", List.of("", "x", "65536", "8080 ", "-2")),
          Map.entry(
              "yikao.public-address",
              List.of(
                  "quiz.example.org",
                  "ftp://x",
                  "https://",
                  "https://x/y",
                  "https://u@x",
                  "https://x?y",
                  "http://a b")),
          Map.entry("yikao.retention.former-members", List.of("", "5y", "-1d")),
          Map.entry("yikao.retention.imports", List.of("", "0s", "367d")),
          Map.entry("yikao.retention.questionnaires", List.of("", "5y", "-1d")),
          Map.entry("yikao.secrets", List.of("", "src", "/proc/version/x")),
          Map.entry("yikao.sweep", List.of("0s", "2h", "1")),
          Map.entry("yikao.time-zone", List.of("", "Mars/Olympus", "+25:00")),
          Map.entry(
              "yikao.trusted-proxies",
              List.of("10.0.0.0/8", "proxy.example.org", "10.0.0.1,", "10.0.0.1 10.0.0.2")));

  private static final Map<String, List<String>> RIGHT =
      Map.ofEntries(
          Map.entry("yikao.accept-new-secrets", List.of("", "00ff00ff00ff")),
          Map.entry("yikao.address", List.of("127.0.0.1", "0.0.0.0", "localhost", "::1")),
          Map.entry("yikao.backups.every", List.of("0s", "30m", "24h", "7d")),
          Map.entry("yikao.data", List.of("target/none/such/yet", "target")),
          Map.entry("yikao.database.durability", List.of("power", "process", "POWER")),
          Map.entry("yikao.database.url", List.of(EmbeddedDatabases.url(Path.of("x")))),
          Map.entry("yikao.first-access", List.of("password", "token")),
          Map.entry("yikao.hsts", List.of("0s", "5m", "365d", "730d")),
          Map.entry("yikao.jobs.at-once", List.of("0ms", "500ms", "2s")),
          Map.entry("yikao.public-address", List.of("", "http://10.0.0.5:8080", "https://x.cn/")),
          Map.entry("yikao.secrets", List.of("target/none/such/yet", "pom.xml")),
          Map.entry("yikao.time-zone", List.of("Asia/Urumqi", "UTC", "+08:00")),
          Map.entry("yikao.trusted-proxies", List.of("", "10.0.0.1", "10.0.0.1, ::1")));

  @Test
  void wrongValues_areNamedWithTheirSettingAndAnExample() {
    WRONG.forEach((name, values) ->
        values.forEach(value ->
            assertThat(Settings.wrong(name, value).orElse(""))
                .as("%s=%s", name, value)
                .contains(name + "=" + value + ";", "例如 such as ")
                .doesNotContain("\n")));
  }

  @Test
  void everySetting_hasWrongValues_butForTexts() {
    var named = new TreeSet<>(WRONG.keySet());
    named.addAll(ANY);
    assertThat(named).isEqualTo(new TreeSet<>(Settings.KINDS.keySet()));
    ANY.forEach(name -> assertThat(Settings.wrong(name, "§ \u4e2d")).isEmpty());
  }

  @Test
  void rightValues_andAllExamples_pass() {
    RIGHT.forEach((name, values) ->
        values.forEach(v -> assertThat(Settings.wrong(name, v)).as("%s=%s", name, v).isEmpty()));
    Settings.KINDS.forEach((name, kind) -> {
      if (!name.equals("yikao.bank")) {
        assertThat(Settings.wrong(name, kind.example())).as(name).isEmpty();
      }
    });
  }
}
