package yikao.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageChoiceTest {
  private static final Messages MESSAGES = new Messages();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zh | SIMPLIFIED",
        "zh-CN,zh;q=0.9,en;q=0.8 | SIMPLIFIED",
        "zh-SG | SIMPLIFIED",
        "zh-Hans-HK | SIMPLIFIED",
        "zh-TW,zh;q=0.9,en-US;q=0.8 | TRADITIONAL",
        "zh-HK | TRADITIONAL",
        "zh-MO;q=0.8 | TRADITIONAL",
        "zh-Hant | TRADITIONAL",
        "zh-Hant-TW | TRADITIONAL",
        "ZH-hant-hk,zh | TRADITIONAL",
        "en | ENGLISH",
        "en-US,en;q=0.9 | ENGLISH",
        "en-GB,zh;q=0.5 | ENGLISH",
        "fr,en;q=0.5,zh;q=0.4 | ENGLISH",
        "en;q=0.3,zh-TW;q=0.9 | TRADITIONAL",
        "en;q=0 | SIMPLIFIED",
        "fr | SIMPLIFIED",
        "* | SIMPLIFIED",
        "ja-JP,de | SIMPLIFIED",
        "'' | SIMPLIFIED",
        ";;; | SIMPLIFIED",
      })
  void withoutAChoice_acceptLanguage(String header, Language language) {
    assertThat(LanguageChoice.of(HttpRequest.GET("/").header("Accept-Language", header)))
        .isEqualTo(language);
  }

  @Test
  void withoutEither_simplified() {
    assertThat(LanguageChoice.of(HttpRequest.GET("/"))).isEqualTo(Language.SIMPLIFIED);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void choice_comesBeforeAcceptLanguage(Language language) {
    var cookie = LanguageChoice.cookie(language.tag()).orElseThrow();
    for (var header : List.of("en", "zh-TW", "zh-CN")) {
      var request = HttpRequest.GET("/").cookie(cookie).header("Accept-Language", header);
      assertThat(LanguageChoice.of(request)).isEqualTo(language);
      assertThat(Messages.locale(request)).isEqualTo(language.locale());
    }
  }

  @Test
  void choiceOfNothing_isNone() {
    assertThat(LanguageChoice.cookie("fr")).isEmpty();
    var request =
        HttpRequest.GET("/")
            .cookie(Cookie.of("yikao_language", "fr"))
            .header("Accept-Language", "en");
    assertThat(LanguageChoice.of(request)).isEqualTo(Language.ENGLISH);
  }

  @Test
  void words_ofEachLanguage() {
    assertThat(said(Language.SIMPLIFIED, "paper.check")).isEqualTo("检查并交卷");
    assertThat(said(Language.TRADITIONAL, "paper.check")).isEqualTo("檢查並交卷");
    assertThat(said(Language.ENGLISH, "paper.check")).isEqualTo("Check and submit");
    assertThat(MESSAGES.texts(Language.TRADITIONAL.locale()).of("check.complete", 50))
        .isEqualTo("50 題都已作答並保存。");
    assertThat(MESSAGES.texts(Language.TRADITIONAL.locale()).forScripts())
        .contains("\"saved\":\"✓ 已保存\"", "這裏已換成那個答案");
  }

  /** Whoever cannot read the page has to find the own language on it. */
  @Test
  void namesOfLanguages_areTheirOwnInAll() {
    for (var language : Language.values()) {
      assertThat(said(language, "language.zh-Hans")).isEqualTo("简体中文");
      assertThat(said(language, "language.zh-Hant")).isEqualTo("繁體中文");
      assertThat(said(language, "language.en")).isEqualTo("English");
    }
  }

  @Test
  void bank_isReadInTheScriptOfTheLanguage() {
    assertThat(MESSAGES.texts(Language.TRADITIONAL.locale()).ofBank("发展党员")).isEqualTo("發展黨員");
    assertThat(MESSAGES.texts(Language.SIMPLIFIED.locale()).ofBank("发展党员")).isEqualTo("发展党员");
    assertThat(MESSAGES.texts(Language.ENGLISH.locale()).ofBank("发展党员")).isEqualTo("发展党员");
  }

  private static String said(Language language, String key) {
    return MESSAGES.texts(language.locale()).of(key);
  }
}
