package yikao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A quiz for members on two phones, and the privacy notice that its page leads to. */
final class MembersIT extends BrowserTest {
  private String quiz = "";

  @Override
  Map<String, Object> settings() {
    return Map.of("yikao.privacy.operator", "中共某市委组织部", "yikao.privacy.contact", "0571-00000000");
  }

  @BeforeAll
  void branch() {
    api().organisation("B", "城东党委", "");
    api().organisation("B1", "第一党支部", "B");
    api().member("阿依古丽·买买提", "B1", ",\"phone\":\"13800001234\"");
    quiz = service.createQuiz(SMALL_QUIZ.formatted("\"entry\":\"members\","));
  }

  private void fill(Page page, String name) {
    page.locator("#name").fill(name);
    page.locator("#branch").selectOption("B1");
    page.getByText("开始作答").last().click();
  }

  @Test
  void member_goesOnOnASecondPhoneWithTheLastDigits() throws IOException {
    var first = phone();
    first.navigate(service.at("/quizzes/" + quiz));
    assertThat(first.content()).contains("应参加名单里的党员");
    expectNetworkErrors(); // a refused form
    fill(first, "查无此人");
    assertThat(first.locator("#name-problem").textContent()).contains("应参加名单里没有这个姓名和支部");
    Axe.look(first, "members-not-listed");
    first.setViewportSize(PHONE, 844);
    fill(first, "阿依古丽•买买提");
    first.waitForURL("**/attempts/*");
    assertThat(first.content()).contains("阿依古丽·买买提").doesNotContain("更正姓名");

    var second = phone();
    second.navigate(service.at("/quizzes/" + quiz));
    fill(second, "阿依古丽·买买提");
    assertThat(second.locator("#digits-problem").textContent()).contains("另一部手机上开始作答");
    Axe.look(second, "members-digits");
    second.setViewportSize(PHONE, 844);
    second.locator("#digits").fill("1234");
    second.getByText("开始作答").last().click();
    second.waitForURL("**/attempts/*");
    assertThat(second.url()).isEqualTo(first.url());
    first.reload();
    assertThat(first.content()).contains("这次作答不属于您");
  }

  @Test
  void privacyNotice_saysByWhomForWhatAndForHowLong() throws IOException {
    var page = phone();
    page.navigate(service.at("/quizzes/" + quiz));
    page.getByText("个人信息怎样使用").click();
    page.waitForURL("**/privacy");
    assertThat(page.locator("main").textContent())
        .contains("中共某市委组织部", "0571-00000000", "手机号加密保存", "保留 7 天");
    Axe.look(page, "privacy");
  }
}
