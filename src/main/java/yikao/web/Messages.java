package yikao.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** Texts in the language of a request. What a language lacks is said in Chinese. */
@Singleton
public final class Messages {
  private static final List<Locale> LOCALES = List.of(Locale.CHINESE, Locale.ENGLISH);
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private final Map<Locale, Texts> texts =
      LOCALES.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  locale -> locale,
                  locale -> new Texts(locale, List.of(bundle(locale), bundle(Locale.CHINESE)))));

  /**
   * The language to answer in. Pages are Chinese. The API is Chinese, or English where {@code
   * Accept-Language} prefers it.
   */
  public static Locale locale(HttpRequest<?> request) {
    return Paths.isPage(request) ? Locale.CHINESE : accepted(request);
  }

  private static Locale accepted(HttpRequest<?> request) {
    var header = request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE);
    if (header == null) {
      return Locale.CHINESE;
    }
    try {
      var best = Locale.lookup(Locale.LanguageRange.parse(header), LOCALES);
      return best == null ? Locale.CHINESE : best;
    } catch (IllegalArgumentException e) {
      return Locale.CHINESE;
    }
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

  /** The text of a code; the code itself where there is no text. */
  public String text(Locale locale, String code, List<Object> arguments) {
    return texts(locale)
        .pattern(code)
        .map(pattern -> new MessageFormat(pattern, locale).format(arguments.toArray()))
        .orElse(code);
  }
}
