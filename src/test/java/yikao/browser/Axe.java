package yikao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Looks at a page by the rules of WCAG 2.2 AA that a program can check. */
final class Axe {
  private static final String SCRIPT = script();
  private static final Path PICTURES = Path.of("target", "screenshots");

  private Axe() {}

  private static String script() {
    try (var stream = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      return new String(
          Objects.requireNonNull(stream, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong, each with the rule and where. */
  private static List<?> violations(Page page) {
    page.evaluate(SCRIPT);
    return (List<?>)
        page.evaluate(
            """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
              const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}});
              return found.violations.map(v =>
                v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; '));
            }\
            """);
  }

  /** Without a violation, not scrolling sideways, and kept as pictures of a phone and a desk. */
  static void look(Page page, String name) throws IOException {
    assertThat(violations(page)).as(name).isEmpty();
    Files.createDirectories(PICTURES);
    for (var width : List.of(BrowserTest.PHONE, BrowserTest.DESK)) {
      page.setViewportSize(width, 844);
      var wide =
          (boolean)
              page.evaluate(
                  "document.documentElement.scrollWidth > document.documentElement.clientWidth");
      assertThat(wide).as("%s scrolls sideways at %d", name, width).isFalse();
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(PICTURES.resolve("%s-%d.png".formatted(name, width))));
    }
  }
}
