package yikao.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages that pages and problems are written in. */
public enum Language {
  /** Simplified Chinese: the language of the bank, and of whoever asks for no other. */
  SIMPLIFIED("zh-Hans", Locale.CHINESE),
  /** Traditional Chinese. */
  TRADITIONAL("zh-Hant", Locale.forLanguageTag("zh-Hant")),
  /** English. */
  ENGLISH("en", Locale.ENGLISH);

  private final String tag;
  private final Locale locale;

  Language(String tag, Locale locale) {
    this.tag = tag;
    this.locale = locale;
  }

  /** The name in HTML (BCP 47), in the cookie, and in the keys of messages. */
  public String tag() {
    return tag;
  }

  /** The locale of its messages. */
  public Locale locale() {
    return locale;
  }

  static Optional<Language> of(String tag) {
    return Arrays.stream(values()).filter(language -> language.tag.equals(tag)).findFirst();
  }

  static Language of(Locale locale) {
    return Arrays.stream(values())
        .filter(language -> language.locale.equals(locale))
        .findFirst()
        .orElse(SIMPLIFIED);
  }
}
