package yikao.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The language of a request: the one that was chosen in the browser, otherwise the one that {@code
 * Accept-Language} prefers, otherwise simplified Chinese. A page and the calls that its scripts
 * make have the same.
 */
public final class LanguageChoice {
  private static final String COOKIE = "yikao_language";
  private static final Duration KEPT = Duration.ofDays(400);

  /** What browsers ask for, and what they get; where one asks for less, as with zh-CN, for zh. */
  private static final Map<Locale, Language> ASKED =
      Map.of(
          Locale.forLanguageTag("zh-Hant"),
          Language.TRADITIONAL,
          Locale.forLanguageTag("zh-TW"),
          Language.TRADITIONAL,
          Locale.forLanguageTag("zh-HK"),
          Language.TRADITIONAL,
          Locale.forLanguageTag("zh-MO"),
          Language.TRADITIONAL,
          Locale.CHINESE,
          Language.SIMPLIFIED,
          Locale.ENGLISH,
          Language.ENGLISH);

  private LanguageChoice() {}

  /** The language to answer in. */
  static Language of(HttpRequest<?> request) {
    return request
        .getCookies()
        .findCookie(COOKIE)
        .map(Cookie::getValue)
        .flatMap(Language::of)
        .or(() -> accepted(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE)))
        .orElse(Language.SIMPLIFIED);
  }

  private static Optional<Language> accepted(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      var ranges = Locale.LanguageRange.parse(header);
      return Optional.ofNullable(Locale.lookup(ranges, List.copyOf(ASKED.keySet())))
          .map(ASKED::get);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The cookie that keeps a choice.
   *
   * @param tag of a language; absent where it is of none
   */
  public static Optional<Cookie> cookie(String tag) {
    return Language.of(tag)
        .map(language ->
            Cookie.of(COOKIE, language.tag())
                .sameSite(SameSite.Lax)
                .path("/")
                .maxAge(KEPT.toSeconds()));
  }
}
