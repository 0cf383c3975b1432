package yikao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** The page of the API's description, in a browser that obeys its policy. */
final class ApiPageIT extends BrowserTest {
  /** What the address names would be loaded from elsewhere, which {@code check} sees. */
  @Test
  void description_isShown_whateverTheAddressNames() {
    var page = open(1_200, true);
    var evil = "https://evil.example/x.json";
    page.navigate(
        service.at(
            "/swagger?url=%s&configUrl=%s&contextPath=//evil.example&urls.primaryName=x"
                .formatted(evil, evil)));
    assertThat(page.locator(".info .title")).containsText("yikao");
    assertThat(page.locator(".opblock").first()).isVisible();
    assertThat(page.locator("input[type=text]")).hasCount(0);
  }

  @Test
  void operation_canBeTriedFromThePage() {
    var page = open(1_200, true);
    page.navigate(service.at("/swagger"));
    var areas = page.locator(".opblock", new Page.LocatorOptions().setHasText("/api/areas"));
    areas.first().locator(".opblock-summary-control").click();
    areas.first().locator(".try-out__btn").click();
    areas.first().locator(".execute").click();
    assertThat(live(areas)).containsText("200");
  }

  private static Locator live(Locator areas) {
    return areas.first().locator(".live-responses-table .response-col_status").last();
  }
}
