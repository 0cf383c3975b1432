package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import yikao.api.Client;

/** Without a script, another device is faster by a moment. */
class OvertakenIT extends BrowserTest {
  private ExecutorService others;

  @Override
  Map<String, Object> settings() {
    return Map.of("test.stall", true, "yikao.database.writers", 1);
  }

  @BeforeEach
  void open() {
    others = Executors.newVirtualThreadPerTaskExecutor();
  }

  @AfterEach
  void goOn() {
    stall().release();
    others.close();
  }

  private Stall stall() {
    return service.context().getBean(Stall.class);
  }

  private void untilWaiting(int commands) {
    var length =
        service
            .context()
            .getBean(MeterRegistry.class)
            .get("yikao.queue.length")
            .tag("queue", "attempts")
            .gauge();
    await().until(() -> length.value() == commands);
  }

  @Test
  void thePaperComesBackWithWhatIsStored_andTheRestIsSaved() {
    expectNetworkErrors();
    var quiz = service.createQuiz(SMALL_QUIZ.formatted("\"listed\":false,"));
    var api = new Client(service.uri());
    var page = phoneWithoutScripts();
    start(page, quiz);
    var attempt = page.url();
    // the other device of the same participant
    var device = api.start(quiz, guest(), "王小明", "第一支部");
    var second = device.json().get("questions").get(1).get("choices").get(1).get("id");

    stall().hold();
    others.submit(() -> api.start(quiz, UUID.randomUUID().toString(), "别人", "第二支部"));
    await().until(stall()::isHolding);
    var body = "{\"sequence\":5,\"choices\":[\"%s\"]}".formatted(second.getStringValue());
    var saved = CompletableFuture.supplyAsync(() -> api.save(device, 2, body), others);
    untilWaiting(1);
    answer(question(page, 1));
    question(page, 2).locator("input[type=radio]").first().check();
    CompletableFuture.runAsync(
        () -> {
          untilWaiting(3);
          stall().release();
        },
        others);
    page.locator("#paper button[value=save]").click();

    assertThat(saved.join().status()).isEqualTo(204);
    assertThat(page.locator(".notice")).hasText("另一台设备上第 2 题有更新的答案，这里已换成那个答案；要改请再答一次。");
    assertThat(page.url()).isEqualTo(attempt);
    assertThat(question(page, 1).locator("input[type=radio]").first()).isChecked();
    assertThat(question(page, 2).locator("input[type=radio]").nth(1)).isChecked();
    assertThat(page.locator("[data-answered]")).hasText("2");
    // answered once more, it is saved
    question(page, 2).locator("input[type=radio]").first().check();
    page.locator("#paper button[value=save]").click();
    page.waitForURL("**/attempts/*?saved=1");
    assertThat(question(page, 2).locator("input[type=radio]").first()).isChecked();
  }
}
