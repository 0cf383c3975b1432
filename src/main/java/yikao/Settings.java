package yikao;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The names of all settings under the service's own prefix; an unknown one stops the start. */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Settings {
  private static final String PREFIX = "yikao.";
  private static final Set<String> NAMES =
      Set.of(
          "yikao.address",
          "yikao.backups.every",
          "yikao.backups.kept",
          "yikao.bank",
          "yikao.data",
          "yikao.database.durability",
          "yikao.database.group",
          "yikao.database.password",
          "yikao.database.pool",
          "yikao.database.url",
          "yikao.database.user",
          "yikao.database.writers",
          "yikao.jobs.at-once",
          "yikao.limits.body",
          "yikao.limits.queue",
          "yikao.limits.starts-per-minute",
          "yikao.limits.starts-per-minute-of-guest",
          "yikao.port",
          "yikao.public-address",
          "yikao.secrets",
          "yikao.sweep",
          "yikao.time-zone",
          "yikao.trusted-proxies");

  Settings(Environment environment) {
    check(environment);
  }

  /**
   * Stops the start where a setting under the prefix is not known.
   *
   * @throws UnknownSettingException naming each of them
   */
  private static void check(Environment environment) {
    var known = new TreeSet<String>();
    NAMES.forEach(name -> known.add(folded(name)));
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
      throw new UnknownSettingException(
          "未知的设置 / unknown setting: %s; known are %s".formatted(unknown, names()));
    }
  }

  private static List<String> names() {
    return NAMES.stream().sorted().toList();
  }

  /** {@code YIKAO_PUBLIC_ADDRESS} and {@code yikao.public-address} are the same setting. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
  }
}
