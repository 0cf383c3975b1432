package yikao;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All settings under the service's own prefix, with what they may be. An unknown one stops the
 * start, and so does a wrong value, before anything else looks at it.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Settings {
  private static final String PREFIX = "yikao.";

  static final Map<String, SettingKind> KINDS =
      Map.ofEntries(
          Map.entry("yikao.accept-new-secrets", SettingKind.code()),
          Map.entry("yikao.address", SettingKind.address()),
          Map.entry(
              "yikao.backups.every",
              SettingKind.duration(Duration.ZERO, Duration.ofDays(366), "24h")),
          Map.entry("yikao.backups.kept", SettingKind.whole(1, 10_000, 7)),
          // one that has gone stops no start: the bank in the database stays in use
          Map.entry("yikao.bank", SettingKind.folderToBe()),
          Map.entry("yikao.data", SettingKind.folderToBe()),
          Map.entry("yikao.database.durability", SettingKind.oneOf(List.of("power", "process"))),
          Map.entry("yikao.database.group", SettingKind.whole(1, 100_000, 512)),
          Map.entry("yikao.database.password", SettingKind.text()),
          Map.entry("yikao.database.pool", SettingKind.whole(1, 1_000, 16)),
          Map.entry("yikao.database.url", SettingKind.database()),
          Map.entry("yikao.database.user", SettingKind.text()),
          Map.entry("yikao.database.writers", SettingKind.whole(1, 64, 1)),
          Map.entry("yikao.first-access", SettingKind.oneOf(List.of("password", "token"))),
          // two years are what browsers' own lists ask for
          Map.entry(
              "yikao.hsts", SettingKind.duration(Duration.ZERO, Duration.ofDays(730), "365d")),
          Map.entry(
              "yikao.jobs.at-once",
              SettingKind.duration(Duration.ZERO, Duration.ofMinutes(10), "2s")),
          Map.entry("yikao.limits.body", SettingKind.whole(1_024, 1L << 30, 1_048_576)),
          Map.entry("yikao.limits.buffered", SettingKind.whole(1L << 20, 1L << 33, 33_554_432)),
          Map.entry("yikao.limits.connections", SettingKind.whole(1, 1_000_000, 10_000)),
          Map.entry("yikao.limits.connections-per-address", SettingKind.whole(1, 1_000_000, 5_000)),
          Map.entry(
              "yikao.limits.idle",
              SettingKind.duration(Duration.ofSeconds(1), Duration.ofHours(1), "75s")),
          Map.entry("yikao.limits.queue", SettingKind.whole(1, 10_000_000, 40_000)),
          Map.entry("yikao.limits.starts-per-minute", SettingKind.whole(1, 1_000_000_000, 600)),
          Map.entry("yikao.limits.starts-per-minute-of-guest", SettingKind.whole(1, 1_000_000, 20)),
          Map.entry(
              "yikao.limits.stalled",
              SettingKind.duration(Duration.ofMillis(100), Duration.ofMinutes(10), "10s")),
          Map.entry("yikao.limits.wrong-codes-per-minute", SettingKind.whole(1, 1_000_000, 200)),
          Map.entry("yikao.limits.wrong-tokens", SettingKind.whole(1, 1_000_000, 10)),
          Map.entry("yikao.management.address", SettingKind.address()),
          Map.entry("yikao.management.port", SettingKind.whole(-1, 65_535, 9080)),
          // -1 is any free port, for tests
          Map.entry("yikao.port", SettingKind.whole(-1, 65_535, 8080)),
          Map.entry("yikao.public-address", SettingKind.site()),
          Map.entry("yikao.privacy.contact", SettingKind.text()),
          Map.entry("yikao.privacy.more", SettingKind.text()),
          Map.entry("yikao.privacy.operator", SettingKind.text()),
          // 0: those who are no members any more are kept until somebody erases them
          Map.entry(
              "yikao.retention.former-members",
              SettingKind.duration(Duration.ZERO, Duration.ofDays(36_600), "1825d")),
          Map.entry(
              "yikao.retention.imports",
              SettingKind.duration(Duration.ofHours(1), Duration.ofDays(366), "7d")),
          // 0: names stay on named sheets until the person is erased
          Map.entry(
              "yikao.retention.questionnaires",
              SettingKind.duration(Duration.ZERO, Duration.ofDays(36_600), "365d")),
          Map.entry("yikao.secrets", SettingKind.file()),
          Map.entry(
              "yikao.sweep", SettingKind.duration(Duration.ofMillis(1), Duration.ofHours(1), "1s")),
          Map.entry("yikao.time-zone", SettingKind.timeZone()),
          Map.entry("yikao.trusted-proxies", SettingKind.addresses()));

  Settings(Environment environment) {
    checkNames(environment);
    checkValues(environment);
  }

  private static void checkNames(Environment environment) {
    var known = new TreeSet<String>();
    KINDS.keySet().forEach(name -> known.add(folded(name)));
    var unknown = new ArrayList<String>();
    for (var source : environment.getPropertySources()) {
      for (var name : source) {
        var folded = folded(name);
        if (folded.startsWith(PREFIX) && !known.contains(folded)) {
          unknown.add(name);
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new SettingRefusedException(
          "未知的设置 / unknown setting: %s; known are %s"
              .formatted(unknown, new TreeSet<>(KINDS.keySet())));
    }
  }

  private static void checkValues(Environment environment) {
    var wrong = new ArrayList<String>();
    new TreeMap<>(KINDS)
        .keySet()
        .forEach(name ->
            environment
                .getProperty(name, String.class)
                .flatMap(value -> wrong(name, value))
                .ifPresent(wrong::add));
    var hsts = environment.getProperty("yikao.hsts", Duration.class).orElse(Duration.ZERO);
    var address = environment.getProperty("yikao.public-address", String.class).orElse("");
    if (wrong.isEmpty() && hsts.isPositive() && !address.startsWith("https:")) {
      wrong.add(
          "yikao.hsts 只用于 https 的网址 is for an https address: yikao.public-address=" + address);
    }
    if (!wrong.isEmpty()) {
      throw new SettingRefusedException(String.join("\n", wrong));
    }
  }

  /** What is wrong with the value of a setting, in a sentence. */
  static Optional<String> wrong(String name, String value) {
    var kind = KINDS.get(name);
    return kind == null || kind.isRight().test(value)
        ? Optional.empty()
        : Optional.of(
            "设置的值不对 wrong setting: %s=%s; 应为 must be %s, 例如 such as %s"
                .formatted(name, value, kind.said(), kind.example()));
  }

  /** {@code YIKAO_PUBLIC_ADDRESS} and {@code yikao.public-address} are the same setting. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
  }
}
