package yikao.leaderboard;

import java.util.List;
import yikao.web.Page;

/**
 * The model of a leaderboard.
 *
 * @param quiz the quiz's code
 * @param by {@code participant}, {@code branch} or {@code organisation}
 * @param asOf the state it shows
 * @param total how many are on it
 * @param around the caller's place and those around it; empty where there is none, or where the
 *     rows show it
 * @param previous address of the page before; empty at the first
 * @param next address of the page after; empty at the last
 */
public record LeaderboardPage(
    Page page,
    String quiz,
    String title,
    String by,
    List<Tab> tabs,
    String asOf,
    long total,
    List<Line> rows,
    List<Line> around,
    int number,
    int pages,
    String previous,
    String next) {

  /** A way to look at the leaderboard. */
  public record Tab(String name, String address, boolean current) {}

  /**
   * A line.
   *
   * @param name masked, of a participant
   * @param detail branch of a participant; number of participants of a group
   * @param extra time used, or the total
   * @param me whether it is the caller's
   */
  public record Line(
      long rank, String name, String detail, String score, String extra, boolean me) {}

  /** Whether it ranks participants. */
  public boolean ofParticipants() {
    return by.equals("participant");
  }
}
