package yikao.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yikao.TestService;
import yikao.api.Client.Reply;
import yikao.db.Postgres;
import yikao.db.TestClock;

/** The secretary's page at one node, the phones at the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SittingOnTwoNodesIT {
  private TestService first;
  private TestService second;
  private Client here;
  private Client there;

  @BeforeAll
  void start() throws Exception {
    var settings = new HashMap<>(Postgres.database());
    settings.put("yikao.bank", new SmallBank().root().toString());
    settings.put("test.clock", "true");
    first = TestService.start(settings);
    second = TestService.start(settings);
    here = new Client(first.uri());
    there = new Client(second.uri());
  }

  @AfterAll
  void stop() {
    second.close();
    first.close();
  }

  private Reply staff(String path, String body) {
    var made = here.post(path, body, TestService.editorToken());
    assertThat(made.status()).as(made.body()).isLessThan(300);
    return made;
  }

  private Reply state(Reply sitting) {
    return here.get(
        "/api/sittings/%s/state".formatted(sitting.text("id")), TestService.editorToken());
  }

  @Test
  void whatPhonesDoAtAnotherNode_isSeenWithinASecond_andWhoIsOutOfReachToo() {
    staff(
        "/api/organisations",
        "{\"code\":\"T\",\"name\":\"第一支部\",\"kind\":\"branch\",\"reason\":\"新成立\"}");
    staff("/api/members", "{\"name\":\"张三\",\"organisation\":\"T\",\"reason\":\"登记\"}");
    var sitting =
        staff(
            "/api/sittings",
            "{\"organisation\":\"T\",\"area\":\"charter\",\"questions\":5,\"minutes\":60,\"host\":\"甲\"}");
    var code = sitting.text("code");
    var joined =
        there.send("POST", "/api/sittings/join", "{\"code\":\"%s\"}".formatted(code), Map.of());
    assertThat(joined.status()).as(joined.body()).isEqualTo(200);
    var member = joined.json().get("members").get(0).get("id").getStringValue();
    var begun =
        there.send(
            "POST",
            "/api/quizzes/%s/attempts".formatted(sitting.text("quiz")),
            "{\"join\":{\"code\":\"%s\",\"member\":\"%s\"}}".formatted(code, member),
            Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    assertThat(state(sitting).number("answering").intValue()).as("at once").isEqualTo(1);

    for (var node : List.of(first, second)) {
      node.context().getBean(TestClock.class).forward(Duration.ofSeconds(70));
    }
    assertThat(state(sitting).number("silent").intValue()).isEqualTo(1);
    there.get("/api/attempts/" + begun.text("id"), begun.text("token"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> state(sitting).number("silent").intValue() == 0);
  }
}
