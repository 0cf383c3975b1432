package yikao.access;

import java.util.List;
import yikao.web.Page;

/**
 * What every page of the console needs.
 *
 * @param who the person who is signed in
 * @param items of the navigation
 * @param formToken what each form carries, so that no other site can send it
 */
public record Console(Page page, String who, List<Item> items, String formToken) {
  /**
   * A place in the navigation.
   *
   * @param current whether the page is there
   */
  public record Item(String href, String text, boolean current) {}

  /** The text of a key. */
  public String text(String key, Object... arguments) {
    return page.text(key, arguments);
  }
}
