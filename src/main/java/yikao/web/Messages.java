package yikao.web;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** Texts in the language of a request. What a language lacks is said in Chinese. */
@Singleton
public final class Messages {
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private final Map<Locale, Texts> texts = all();

  private static Map<Locale, Texts> all() {
    var chinese = bundle(Locale.CHINESE);
    return Arrays.stream(Language.values())
        .collect(
            Collectors.toUnmodifiableMap(
                Language::locale,
                language -> new Texts(language.locale(), List.of(words(language), chinese))));
  }

  private static ResourceBundle words(Language language) {
    return language == Language.TRADITIONAL
        ? new TraditionalBundle(bundle(Locale.CHINESE))
        : bundle(language.locale());
  }

  /** The locale to answer in, of a page and of the API alike: see {@link LanguageChoice}. */
  public static Locale locale(HttpRequest<?> request) {
    return LanguageChoice.of(request).locale();
  }

  private static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle("messages", locale, NO_FALLBACK);
  }

  /** The words of pages in a language. */
  public Texts texts(Locale locale) {
    return Objects.requireNonNull(texts.get(locale));
  }

  /**
   * The text of a code in the words of a page; where there are none, the same text as everywhere.
   */
  public String textForPage(Locale locale, String code, List<Object> arguments) {
    var own = code + ".page";
    return texts(locale).has(own) ? text(locale, own, arguments) : text(locale, code, arguments);
  }

  /** What a page says of a problem: of its first field, where it names one. */
  public String said(Texts page, Problem problem) {
    return problem.errors().stream()
        .findFirst()
        .map(field -> textForPage(page.locale(), field.code(), field.arguments()))
        .orElseGet(() -> textForPage(page.locale(), problem.code(), problem.arguments()));
  }

  /** The text of a code; the code itself where there is no text. */
  public String text(Locale locale, String code, List<Object> arguments) {
    return texts(locale)
        .pattern(code)
        .map(pattern -> new MessageFormat(pattern, locale).format(arguments.toArray()))
        .orElse(code);
  }
}
