package yikao.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import yikao.ServiceProcess;
import yikao.api.Client;
import yikao.api.Client.Reply;

/** The process is killed between any two calls; everything acknowledged is there afterwards. */
final class KillIT {
  private static final int KILLS = 20;

  /** What a participant was told. */
  private record Told(String key, Reply started, boolean saved, Optional<Reply> receipt) {}

  @Test
  void killedBetweenCalls_keepsEverythingAcknowledged(@TempDir Path data) {
    var told = new ArrayList<Told>();
    for (var round = 0; round < KILLS; round++) {
      var service = ServiceProcess.start(data, Map.of());
      var api = new Client(service.uri());
      told.replaceAll(before -> check(api, before));
      told.add(begin(api, round));
      service.kill();
    }
    try (var service = ServiceProcess.start(data, Map.of())) {
      var api = new Client(service.uri());
      told.replaceAll(before -> check(api, before));
      var quiz = quiz(api);
      var total = api.get("/api/quizzes/%s/leaderboard".formatted(quiz)).json().get("total");
      assertThat(total.getIntValue())
          .isEqualTo((int) told.stream().filter(t -> t.receipt().isPresent()).count());
    }
  }

  private static String quiz(Client api) {
    return api.get("/api/quizzes").json().get(1).get("id").getStringValue();
  }

  /** Goes one call further in each round: start, start and save, start, save and submit. */
  private static Told begin(Client api, int round) {
    var key = UUID.randomUUID().toString();
    var started = api.start(quiz(api), key, "王小明", "一");
    assertThat(started.status()).isEqualTo(201);
    var saved = round % 3 > 0 && save(api, started);
    return new Told(
        key, started, saved, round % 3 > 1 ? Optional.of(submit(api, started)) : Optional.empty());
  }

  private static boolean save(Client api, Reply started) {
    var choice = started.json().get("questions").get(0).get("choices").get(0).get("id");
    var body = "{\"sequence\":1,\"choices\":[\"%s\"]}".formatted(choice.getStringValue());
    assertThat(api.save(started, 1, body).status()).isEqualTo(204);
    return true;
  }

  private static Reply submit(Client api, Reply started) {
    var receipt = api.submit(started, "{}");
    assertThat(receipt.status()).isEqualTo(200);
    return receipt;
  }

  /** Looks for what was acknowledged, and takes the attempt one call further. */
  private static Told check(Client api, Told before) {
    var started = before.started();
    if (before.receipt().isPresent()) {
      assertThat(api.submit(started, "{}").body()).isEqualTo(before.receipt().get().body());
      return before;
    }
    var path = "/api/attempts/" + started.text("id");
    var resumed = api.get(path, started.text("token"));
    assertThat(resumed.status()).isEqualTo(200);
    assertThat(resumed.json().get("questions")).isEqualTo(started.json().get("questions"));
    assertThat(resumed.json().get("saved").size()).isEqualTo(before.saved() ? 1 : 0);
    return before.saved()
        ? new Told(before.key(), started, true, Optional.of(submit(api, started)))
        : new Told(before.key(), started, save(api, started), Optional.empty());
  }
}
