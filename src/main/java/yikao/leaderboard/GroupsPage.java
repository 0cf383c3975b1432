package yikao.leaderboard;

import java.util.List;
import java.util.Optional;
import yikao.leaderboard.LeaderboardPage.Tab;
import yikao.web.Page;

/**
 * The model of a leaderboard of branches or organisations.
 *
 * @param quiz the quiz's code
 * @param way where one is in the tree of organisations, from all of them down; empty at the top
 * @param about what the rows are of, how many and in which order
 * @param hidden who is not in the rows; empty where all are
 */
public record GroupsPage(
    Page page,
    String quiz,
    String title,
    List<Tab> tabs,
    List<Step> way,
    List<Row> rows,
    String about,
    String hidden,
    Turning turning) {

  /**
   * A step of the way.
   *
   * @param address absent where one is
   */
  public record Step(String name, Optional<String> address) {}

  /**
   * A line.
   *
   * @param rank absent where it has none
   * @param address what is below; absent where nothing is
   */
  public record Row(
      Optional<Long> rank,
      String name,
      Optional<String> address,
      String participants,
      String average,
      String total) {}
}
