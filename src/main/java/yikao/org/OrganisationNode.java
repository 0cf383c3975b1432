package yikao.org;

/**
 * An organisation in a list.
 *
 * @param path the names above it; empty where they stand elsewhere on the page
 * @param below how many are directly below it
 */
public record OrganisationNode(
    String code, String href, String name, String path, String kind, boolean closed, int below) {
  /** The code as a part of an address. */
  public String escaped() {
    return Codes.escaped(code);
  }
}
