package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import yikao.ServiceProcess;

/**
 * A session with sixty phones on an embedded H2: the screen sees what each has done within a
 * second, and each phone what the secretary has done; killed in the middle, all go on, and nothing
 * that was acknowledged is lost.
 */
final class HallIT {
  private static final Logger LOG = LoggerFactory.getLogger(HallIT.class);
  private static final int PHONES = 60;
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  @Tag("full")
  void sixtyPhones_seeTheStateWithinASecond_andAllGoOnAfterAKill(@TempDir Path data)
      throws IOException {
    var service = started(data);
    try (var hall =
        Hall.of(
            service.uri(),
            PHONES,
            every("sitting.js", "EVERY"),
            every("clock.js", "PROMPT_EVERY"))) {
      hall.answered(PHONES * Hall.QUESTIONS / 5);
      said("screen", hall.seenByTheScreen());
      said("phones, more time", hall.prolong());

      hall.answered(PHONES * Hall.QUESTIONS / 2);
      hall.pauseWatching();
      service.kill();
      var before = hall.answered();
      service = started(data);
      hall.moved(service.uri());
      hall.answered(before + PHONES); // a JVM that has just begun is slow
      hall.watchAgain();
      hall.answered(before + 3 * PHONES);
      said("screen after the kill", hall.seenByTheScreen());

      hall.allAnswered();
      hall.assertNothingLost();
      hall.halfHandsIn();
      said("phones, the end", hall.end());
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> hall.phase().equals("ended"));
      assertThat(hall.handedIn()).isEqualTo(PHONES);
      assertThat(hall.account().lines().filter(l -> l.startsWith("党员")).toList())
          .hasSize(PHONES)
          .allMatch(l -> l.contains("参加作答"));
    } finally {
      service.kill();
    }
  }

  private static ServiceProcess started(Path data) throws IOException {
    var since = System.nanoTime();
    var service = ServiceProcess.startAsShipped(data, Map.of());
    LOG.info("started in {} ms", Duration.ofNanos(System.nanoTime() - since).toMillis());
    return service;
  }

  private static void said(String what, Sights sights) {
    LOG.info("{}: {}", what, sights);
    assertThat(sights.worst()).as(what).isLessThan(SECOND);
  }

  /** How often a page asks, as its script has it. */
  private static Duration every(String script, String name) throws IOException {
    var source = Files.readString(Path.of("src", "main", "resources", "assets", script));
    var every = Pattern.compile("const %s = (\\d+);".formatted(name)).matcher(source);
    assertThat(every.find()).isTrue();
    return Duration.ofMillis(Long.parseLong(every.group(1)));
  }
}
