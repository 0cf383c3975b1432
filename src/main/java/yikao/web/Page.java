package yikao.web;

import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the layout of every page needs.
 *
 * @param title of the page, without the service's name
 * @param texts the words of its language
 * @param large whether the browser asked for large type
 * @param assets address of the folder of scripts and styles
 * @param here where to come back to after the type was changed
 * @param form the form that must be saved before the type changes, where the page has one
 */
public record Page(
    String title, Texts texts, boolean large, String assets, String here, Optional<String> form) {

  /** The text of a key. */
  public String text(String key, Object... arguments) {
    return texts.of(key, arguments);
  }

  /** The language, as HTML names it. */
  public String lang() {
    return texts.language().tag();
  }

  /** The language of what comes from the bank, where it is another than the page's. */
  public @Nullable String bankLang() {
    return texts.language() == Language.ENGLISH ? Language.SIMPLIFIED.tag() : null;
  }

  /** The language of what organisers write, which nobody converts, where it is another. */
  public @Nullable String ownLang() {
    return texts.language() == Language.SIMPLIFIED ? null : Language.SIMPLIFIED.tag();
  }

  /** What the bank says, in the script that the page's reader reads. */
  public String ofBank(String text) {
    return texts.ofBank(text);
  }

  /** The languages, for a choice among them. */
  public List<Language> languages() {
    return List.of(Language.values());
  }

  /** The text of a key, with pieces of markup in its places. */
  public Content markup(String key, Content... pieces) {
    return texts.markup(key, pieces);
  }

  /** The words that the page's scripts need. */
  public String scriptWords() {
    return texts.forScripts();
  }

  /** The address of a script or a style. */
  public String asset(String name) {
    return assets + name;
  }

  /** The class of the root element. */
  public String rootClass() {
    return large ? "large" : "";
  }

  /** The size that the switch changes to. */
  public String otherSize() {
    return large ? LargeType.NORMAL : LargeType.LARGE;
  }

  /** The same page, whose form is saved before the type changes. */
  public Page withForm(String id) {
    return new Page(title, texts, large, assets, here, Optional.of(id));
  }
}
