package yikao.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import yikao.TestService;
import yikao.fuzz.Raw.Answer;

/**
 * Valid requests to every route, spoiled in all kinds of ways and sometimes not at all: whatever is
 * sent, no answer is a fault of the service, none tells how it is built, and each comes.
 */
abstract class FuzzContract {
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
  private static final int SOME = Integer.getInteger("fuzz.calls", 1_800);
  private static final int MANY = 40_000;

  /** What only somebody who wrote the program should read. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\.java:\\d|Exception|\\bjava\\.(lang|util|io)\\b|\\bio\\.(micronaut|netty)\\b"
              + "|com\\.fasterxml|org\\.(jooq|h2|postgresql)|\\byikao\\.[a-z]+\\.[A-Z]|\\n\\tat ");

  private final List<String> findings = new ArrayList<>();
  private final Map<String, Integer> accepted = new TreeMap<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private int writes;
  private int spoiltWrites;

  /** The settings of the database. */
  abstract Map<String, Object> database() throws Exception;

  @Test
  void someRequests_ofEveryKind_findNoFault() throws Exception {
    run(SOME);
  }

  @Test
  @Tag("full")
  void manyRequests_ofEveryKind_findNoFault() throws Exception {
    run(MANY);
  }

  private void run(int calls) throws Exception {
    var settings = new HashMap<>(database());
    settings.put("yikao.jobs.at-once", "0ms");
    try (var service = TestService.start(settings);
        var raw = new Raw(service.uri())) {
      var random = new Random(SEED);
      var world = new World(service, random);
      var routes = new Routes(service, world, random);
      assertThat(routes.unknown()).as("routes with a body that is to be described here").isEmpty();
      var spoiling = new Spoiling(random);
      for (var i = 0; i < calls; i++) {
        if (i == calls / 2) {
          world.organise();
        }
        var call = routes.any(i >= calls / 2);
        spoiling.spoil(call);
        send(raw, world, call);
      }
      for (var name : routes.writing()) {
        // chance has not come to it
        for (var i = 0; i < 3 && !accepted.containsKey(name); i++) {
          send(raw, world, routes.valid(name));
        }
      }
      System.out.printf(
          "fuzz: seed %d, %d calls, %d writes accepted (%d of them spoilt), statuses %s, %s%n",
          SEED, calls, writes, spoiltWrites, statuses, accepted);
      assertThat(findings.stream().limit(20)).as("seed %d", SEED).isEmpty();
      assertThat(accepted.keySet()).as("every route was reached").containsAll(routes.writing());
      assertThat(writes).as("a good share was accepted").isGreaterThan(calls / 5);
      assertThat(spoiltWrites).as("also of what was spoilt").isGreaterThan(calls / 20);
    }
  }

  private void send(Raw raw, World world, Call call) throws IOException {
    try {
      var answer = raw.send(call);
      statuses.merge(answer.status(), 1, Integer::sum);
      if (isFault(call, answer)) {
        findings.add("%d for %s%n%s%n".formatted(answer.status(), call, start(answer.body())));
      }
      if (answer.status() >= 200 && answer.status() < 400 && call.method().equals(methodOf(call))) {
        accepted.merge(call.route(), 1, Integer::sum);
        if (!call.method().equals("GET")) {
          writes++;
          spoiltWrites += call.isSpoilt() ? 1 : 0;
        }
        world.learn(call, answer);
      }
    } catch (SocketTimeoutException e) {
      findings.add("no answer for " + call);
    }
  }

  private static String start(String body) {
    return body.substring(0, Math.min(body.length(), 300));
  }

  private static String methodOf(Call call) {
    return call.route().substring(0, call.route().indexOf(' '));
  }

  private static boolean isFault(Call call, Answer answer) {
    if (answer.status() == 0) {
      return call.isSound();
    }
    var mayComeAgain = answer.status() == 503 && !answer.header("retry-after").isEmpty();
    return (answer.status() >= 500 && !mayComeAgain)
        || (answer.status() >= 400 && INSIDE.matcher(answer.body()).find());
  }
}
