package yikao.leaderboard;

import java.util.List;
import yikao.web.Page;

/**
 * The model of a leaderboard of participants.
 *
 * @param quiz the quiz's code
 * @param asOf the state it shows
 * @param total how many are on it
 * @param around the caller's place and those around it; empty where there is none, or where the
 *     rows show it
 */
public record LeaderboardPage(
    Page page,
    String quiz,
    String title,
    List<Tab> tabs,
    String asOf,
    long total,
    List<Line> rows,
    List<Line> around,
    Turning turning) {

  /** A way to look at the leaderboard. */
  public record Tab(String name, String address, boolean current) {}

  /**
   * A line.
   *
   * @param name masked
   * @param detail the branch
   * @param extra time used
   * @param me whether it is the caller's
   */
  public record Line(
      long rank, String name, String detail, String score, String extra, boolean me) {}
}
