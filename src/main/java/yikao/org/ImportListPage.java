package yikao.org;

import java.util.List;
import yikao.access.Console;

/**
 * The model of the page where files are brought.
 *
 * @param organisations whether organisations may be imported
 * @param files that were brought by who is signed in, the newest first
 */
public record ImportListPage(
    Console console, boolean organisations, List<Brought> files, FormOffer offer, Draft draft) {
  /** A file that was brought. */
  public record Brought(String id, String kind, String at, String state, int rows) {}
}
