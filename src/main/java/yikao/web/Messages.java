package yikao.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Texts in the caller's language: Chinese, or English where {@code Accept-Language} prefers it. */
@Singleton
public final class Messages {
  private static final List<Locale> LOCALES = List.of(Locale.CHINESE, Locale.ENGLISH);
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private final Map<Locale, ResourceBundle> bundles =
      Map.of(
          Locale.CHINESE, ResourceBundle.getBundle("messages", Locale.CHINESE, NO_FALLBACK),
          Locale.ENGLISH, ResourceBundle.getBundle("messages", Locale.ENGLISH, NO_FALLBACK));

  /** The language to answer in. */
  public static Locale locale(HttpRequest<?> request) {
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

  private ResourceBundle bundle(Locale locale) {
    return java.util.Objects.requireNonNull(bundles.get(locale));
  }

  /**
   * The text of a code in the words of a page; where there are none, the same text as everywhere.
   */
  public String textForPage(Locale locale, String code, List<Object> arguments) {
    var own = code + ".page";
    return bundle(locale).containsKey(own)
        ? text(locale, own, arguments)
        : text(locale, code, arguments);
  }

  /** The text of a code; the code itself where there is no text. */
  public String text(Locale locale, String code, List<Object> arguments) {
    try {
      var pattern = bundle(locale).getString(code);
      return new MessageFormat(pattern, locale).format(arguments.toArray());
    } catch (MissingResourceException e) {
      return code;
    }
  }
}
