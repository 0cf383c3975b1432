package yikao.web;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import gg.jte.Content;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import yikao.text.Conversion;

/** The words of pages in one language. */
public final class Texts {
  private static final String FOR_SCRIPTS = "script.";
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)\\}");

  /** Arguments that stand for themselves; as many as any text has that is filled in elsewhere. */
  private static final Object[] PLACES = {"{0}", "{1}", "{2}", "{3}"};

  private final Locale locale;
  private final Language language;
  private final List<ResourceBundle> bundles;
  private final String forScripts;

  /**
   * Words of a language.
   *
   * @param bundles those of the language, then those to take where it lacks one
   */
  Texts(Locale locale, List<ResourceBundle> bundles) {
    this.locale = locale;
    this.language = Language.of(locale);
    this.bundles = bundles;
    this.forScripts =
        bundles.getLast().keySet().stream()
            .filter(key -> key.startsWith(FOR_SCRIPTS))
            .sorted()
            .map(key -> quoted(key.substring(FOR_SCRIPTS.length())) + ":" + quoted(of(key, PLACES)))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** The locale, for numbers and times. */
  public Locale locale() {
    return locale;
  }

  /** The language. */
  public Language language() {
    return language;
  }

  /** What the bank says, in the script that the language reads. */
  public String ofBank(String text) {
    return language == Language.TRADITIONAL ? Conversion.toTraditional(text) : text;
  }

  /** What a key stands for, before its arguments are put in. */
  Optional<String> pattern(String key) {
    return bundles.stream()
        .filter(bundle -> bundle.containsKey(key))
        .map(bundle -> bundle.getString(key))
        .findFirst();
  }

  /** Whether the language itself has a text for a key. */
  boolean has(String key) {
    return bundles.getFirst().containsKey(key);
  }

  /** The text of a key; the key itself where there is none. */
  public String of(String key, Object... arguments) {
    var pattern = pattern(key).orElse(key);
    return arguments.length == 0 && pattern.indexOf('\'') < 0 && pattern.indexOf('{') < 0
        ? pattern
        : format(pattern, arguments);
  }

  /** Numbers are written plainly, 1000 and not 1,000, where the text does not say how. */
  private String format(String pattern, Object... arguments) {
    var format = new MessageFormat(pattern, locale);
    var formats = format.getFormatsByArgumentIndex();
    var given = arguments.clone();
    for (var i = 0; i < Math.min(formats.length, given.length); i++) {
      if (formats[i] == null) {
        given[i] = String.valueOf(given[i]);
      }
    }
    return format.format(given);
  }

  /** The text of a key, for a page, with pieces of markup in its places. */
  public Content markup(String key, Content... pieces) {
    var text = of(key, PLACES);
    return output -> {
      var places = PLACE.matcher(text);
      var end = 0;
      while (places.find()) {
        output.writeUserContent(text.substring(end, places.start()));
        output.writeUserContent(pieces[Integer.parseInt(places.group(1))]);
        end = places.end();
      }
      output.writeUserContent(text.substring(end));
    };
  }

  /** The words that scripts need, as a JSON object; scripts put values into {0}, {1} and so on. */
  String forScripts() {
    return forScripts;
  }
}
