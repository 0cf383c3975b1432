package yikao.sitting;

import java.util.List;
import java.util.Optional;
import yikao.access.Console;
import yikao.org.Draft;
import yikao.web.QrImage;

/**
 * The model of the page of a session, of its projector's page and of its account.
 *
 * @param address to be typed; absent where none was set
 * @param image of the address; absent likewise, and once it has ended
 * @param runs whether it may be changed
 * @param when it was opened, in words
 * @param closes when it ends, in words
 * @param confirmed when and by whom its account was confirmed; empty: not yet
 * @param opening what to begin with, while it is open; absent: nothing
 * @param missed questions, once it has ended
 */
public record SittingPage(
    Console console,
    Account account,
    Optional<String> address,
    Optional<QrImage> image,
    boolean runs,
    String when,
    String closes,
    String confirmed,
    StateView state,
    Optional<OpeningHint> opening,
    List<MissedView> missed,
    List<Draft.Choice> statuses,
    Draft draft) {

  /** The session. */
  public Sitting sitting() {
    return account.sitting();
  }

  /** Its address in the console. */
  public String at() {
    return SittingPages.PATH + "/" + sitting().id();
  }

  /** Whether everybody has handed in. */
  public boolean isEnded() {
    return account.ended();
  }

  /** How far it is: {@code open}, {@code collecting} or {@code ended}. */
  public String phase() {
    return state.phase();
  }

  /** The moment it ends, in milliseconds, for the script that counts down to it. */
  public long closesAt() {
    return state.closesAt().toEpochMilli();
  }

  /** The server's time, likewise. */
  public long now() {
    return state.now().toEpochMilli();
  }

  /** In a word whether somebody was there. */
  public String attendance(Account.Line line) {
    return AccountTables.attendance(console.page().texts(), line);
  }

  /** The most people of any band, at least 1, so that bars have a scale. */
  public int mostOfBands() {
    return Math.max(1, account.bands().stream().mapToInt(Account.Band::people).max().orElse(1));
  }
}
