package yikao.leaderboard;

import java.util.function.IntFunction;

/**
 * The pages of a leaderboard, and the way to those beside one.
 *
 * @param number of the page, counted from 1
 * @param previous address of the page before; empty at the first
 * @param next address of the page after; empty at the last
 */
public record Turning(int number, int pages, String previous, String next) {
  static final int ROWS = 50;

  static Turning of(int page, long rows, IntFunction<String> address) {
    var last = (int) Math.max(1, (rows + ROWS - 1) / ROWS);
    return new Turning(
        page,
        last,
        page > 1 ? address.apply(Math.min(page - 1, last)) : "",
        page < last ? address.apply(page + 1) : "");
  }

  static int offset(int page) {
    return (page - 1) * ROWS;
  }
}
