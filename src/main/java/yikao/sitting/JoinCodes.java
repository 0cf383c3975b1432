package yikao.sitting;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.WrongCodes;
import yikao.quiz.Rosters.Listed;

/** The way from a code that was typed to the session and the names to choose from. */
@Singleton
final class JoinCodes {
  private final Sittings sittings;
  private final OpenSittings open;
  private final WrongCodes wrong;

  JoinCodes(Sittings sittings, OpenSittings open, WrongCodes wrong) {
    this.sittings = sittings;
    this.open = open;
    this.wrong = wrong;
  }

  /**
   * The open session of a code.
   *
   * @param browser by what the caller's secret is known
   * @return absent where the code is wrong
   * @throws Problem where there were too many wrong ones
   */
  Optional<Sitting> find(HttpRequest<?> request, Optional<UUID> browser, String code) {
    return wrong.look(request, browser, () -> open.find(plain(code)));
  }

  /** The digits of what was typed, also with blanks between, or as wide ones. */
  static String plain(String typed) {
    var digits = new StringBuilder();
    typed
        .codePoints()
        .filter(c -> !Character.isWhitespace(c) && c != '-')
        .forEach(c ->
            digits.appendCodePoint(Character.digit(c, 10) < 0 ? c : '0' + Character.digit(c, 10)));
    return digits.toString();
  }

  /** The names to choose from, each once: who of two of one name it is, the digits say. */
  List<Listed> names(Sitting sitting) {
    var byName = new LinkedHashMap<String, Listed>();
    sittings.listed(sitting).stream()
        .filter(who -> !who.name().isEmpty())
        .forEach(who -> byName.putIfAbsent(who.name(), who));
    return List.copyOf(byName.values());
  }
}
