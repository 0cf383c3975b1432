package yikao.web;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.Content;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final ResourceBundle CHINESE =
      bundle(
          """
          score={0} 分
          only=只有中文
          count=还有 {0} 题，共 {1} 题
          took={0}分{1,number,00}秒
          script.left=剩余 {0}
          script.quote="{0}"
          """);
  private static final ResourceBundle ENGLISH =
      bundle(
          """
          score={0} points
          count={0,choice,1#One question is|1<{0} questions are} left of {1}
          who=It''s {0}''s
          script.left={0} left, it''s late
          """);

  private static final Texts PAGES = new Texts(Locale.CHINESE, List.of(CHINESE));
  private static final Texts TEXTS = new Texts(Locale.ENGLISH, List.of(ENGLISH, CHINESE));

  private static ResourceBundle bundle(String properties) {
    try {
      return new PropertyResourceBundle(new StringReader(properties));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void number_isWrittenPlainly() {
    assertThat(PAGES.of("score", 1000)).isEqualTo("1000 分");
    assertThat(PAGES.of("score", 1234567L)).isEqualTo("1234567 分");
    assertThat(PAGES.of("score", "0.5")).isEqualTo("0.5 分");
  }

  @Test
  void number_isWrittenAsTheTextSays() {
    assertThat(PAGES.of("took", 1000, 5)).isEqualTo("1000分05秒");
    assertThat(TEXTS.of("count", 1, 1200)).isEqualTo("One question is left of 1200");
    assertThat(TEXTS.of("count", 2, 1200)).isEqualTo("2 questions are left of 1200");
  }

  @Test
  void argument_isNotReadAsAPattern() {
    assertThat(PAGES.of("score", "{1} '{0}'")).isEqualTo("{1} '{0}' 分");
  }

  @Test
  void apostrophe_isWrittenTwice() {
    assertThat(TEXTS.of("who", "Li")).isEqualTo("It's Li's");
  }

  @Test
  void keyThatALanguageLacks_isChinese() {
    assertThat(TEXTS.of("only")).isEqualTo("只有中文");
    assertThat(TEXTS.of("none")).isEqualTo("none");
  }

  @Test
  void wordsForScripts_areJsonWithTheirPlaces() {
    assertThat(PAGES.forScripts()).isEqualTo("{\"left\":\"剩余 {0}\",\"quote\":\"\\\"{0}\\\"\"}");
    assertThat(TEXTS.forScripts())
        .isEqualTo("{\"left\":\"{0} left, it's late\",\"quote\":\"\\\"{0}\\\"\"}");
  }

  @Test
  void markup_standsInItsPlacesAndTheRestIsEscaped() {
    var text = new Texts(Locale.CHINESE, List.of(bundle("a=<i> {1} & {0}")));
    Content bold = output -> output.writeContent("<b>1</b>");
    Content plain = output -> output.writeUserContent("<2>");
    var written = new StringOutput();
    var output = new OwaspHtmlTemplateOutput(written);
    output.setContext("span", null);
    text.markup("a", bold, plain).writeTo(output);
    assertThat(written.toString()).isEqualTo("&lt;i&gt; &lt;2&gt; &amp; <b>1</b>");
  }
}
