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

  /** Pictures are for people: taken with {@code -Dpictures=true}, and with {@code -Pfull}. */
  private static final boolean TAKES_PICTURES = Boolean.getBoolean("pictures");

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

  /**
   * Without a violation, not scrolling sideways on a phone and a desk, of which pictures may be
   * kept.
   */
  static void look(Page page, String name) throws IOException {
    assertThat(violations(page)).as(name).isEmpty();
    for (var width : List.of(BrowserTest.PHONE, BrowserTest.DESK)) {
      page.setViewportSize(width, 844);
      var wide =
          (boolean)
              page.evaluate(
                  "document.documentElement.scrollWidth > document.documentElement.clientWidth");
      assertThat(wide).as("%s scrolls sideways at %d", name, width).isFalse();
      picture(page, "%s-%d".formatted(name, width), true);
    }
  }

  /**
   * Keeps a picture, where pictures are taken.
   *
   * @param whole whether also what one has to scroll to
   */
  static void picture(Page page, String name, boolean whole) throws IOException {
    if (TAKES_PICTURES) {
      Files.createDirectories(PICTURES);
      page.screenshot(
          new Page.ScreenshotOptions().setFullPage(whole).setPath(PICTURES.resolve(name + ".png")));
    }
  }

  /** Keeps a page as it comes from a printer, likewise. */
  static void print(Page page, String name) throws IOException {
    if (TAKES_PICTURES) {
      Files.createDirectories(PICTURES);
      page.pdf(
          new Page.PdfOptions()
              .setPreferCSSPageSize(true)
              .setPath(PICTURES.resolve(name + ".pdf")));
    }
  }
}
