package yikao.sitting;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import yikao.access.Callers;
import yikao.access.Console;

/**
 * The model of the page on which a branch begins with what it missed.
 *
 * @param keeps whether the reader may keep how a question was answered
 */
public record OpeningPage(Console console, String path, List<Item> questions, boolean keeps) {
  /**
   * One question.
   *
   * @param asked without its answer
   * @param answered with it
   * @param missed when and how often, in words
   */
  public record Item(String id, AskedQuestion asked, AskedQuestion answered, String missed) {}

  /** The address of the page of an organisation. */
  public static String href(String code) {
    var escaped = URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");
    return Callers.CONSOLE + "/organisations/" + escaped + "/opening";
  }
}
