package yikao.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import yikao.TestService;
import yikao.access.Vault;
import yikao.attempt.Responses.Given;
import yikao.question.Response;
import yikao.scoring.Mark;

/** What it costs that results and questions are sealed. */
@Tag("full")
final class SealCostIT {
  private static final int RESULTS = 20_000;
  private static final int QUESTIONS = 50_000;

  /** Of an attempt some 1,000 microseconds of CPU are used; sealing is to be no more than 3 %. */
  private static final double MOST_MICROS = 30;

  private interface Work {
    void run();
  }

  private static double micros(String what, int times, Work work) {
    for (var n = 0; n < times; n++) {
      work.run();
    }
    var began = System.nanoTime();
    for (var n = 0; n < times; n++) {
      work.run();
    }
    var micros = (System.nanoTime() - began) / 1_000.0 / times;
    LoggerFactory.getLogger(SealCostIT.class)
        .atInfo()
        .addKeyValue("micros", String.format("%.1f", micros))
        .log(what);
    return micros;
  }

  @Test
  void sealing_costsLittle() {
    var given = new HashMap<Integer, Given>();
    for (var n = 1; n <= 50; n++) {
      given.put(n, new Given(n, n * 9_000L, new Response.Chosen(Set.of("1pd2lx" + n % 10))));
    }
    var responses = new Responses(given);
    var mark = new Mark(new BigDecimal("2.000"), new BigDecimal("2.000"), false);
    var marks = Collections.nCopies(50, mark);
    try (var service = TestService.start(Map.of())) {
      var seal = service.context().getBean(AttemptSeal.class);
      var vault = service.context().getBean(Vault.class);
      var plain =
          micros(
              "responses and marks of 50 questions, encoded",
              RESULTS,
              () -> {
                ResponsesCodec.encode(responses);
                Result.encode(marks);
              });
      var sealed =
          micros(
              "the same, sealed",
              RESULTS,
              () -> {
                seal.seal(responses);
                seal.seal(marks);
              });
      var stored = seal.seal(responses);
      var opened = micros("responses, opened and decoded", RESULTS, () -> seal.responses(stored));
      var text = ResponsesCodec.encode(responses);
      var decoded = micros("responses, decoded", RESULTS, () -> ResponsesCodec.decode(text));
      assertThat(sealed - plain).isLessThan(MOST_MICROS);
      assertThat(opened - decoded).isLessThan(MOST_MICROS);
      var question = vault.sealText("question", "党".repeat(400));
      assertThat(
              micros("a question, opened", QUESTIONS, () -> vault.openText("question", question)))
          .isLessThan(MOST_MICROS);
    }
  }
}
