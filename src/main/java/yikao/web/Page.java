package yikao.web;

import java.util.Optional;

/**
 * What the layout of every page needs.
 *
 * @param title of the page, without the service's name
 * @param large whether the browser asked for large type
 * @param css address of the style sheet
 * @param js address of the script
 * @param icon address of the icon
 * @param here where to come back to after the type was changed
 * @param form the form that must be saved before the type changes, where the page has one
 */
public record Page(
    String title,
    boolean large,
    String css,
    String js,
    String icon,
    String here,
    Optional<String> form) {

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
    return new Page(title, large, css, js, icon, here, Optional.of(id));
  }
}
