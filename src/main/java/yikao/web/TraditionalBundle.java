package yikao.web;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import yikao.text.Conversion;

/** The words of pages in traditional characters, made from those in simplified ones. */
final class TraditionalBundle extends ResourceBundle {
  /** The languages' own names stay as they are. */
  private static final String NAMES = "language.";

  private final Map<String, String> texts;

  TraditionalBundle(ResourceBundle simplified) {
    texts =
        simplified.keySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    key -> key, key -> converted(key, simplified.getString(key))));
  }

  private static String converted(String key, String text) {
    return key.startsWith(NAMES) ? text : Conversion.toTraditional(text);
  }

  @Override
  protected @Nullable Object handleGetObject(String key) {
    return texts.get(key);
  }

  @Override
  public Enumeration<String> getKeys() {
    return Collections.enumeration(texts.keySet());
  }
}
