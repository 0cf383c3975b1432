package yikao.leaderboard;

import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import yikao.leaderboard.LeaderboardPage.Tab;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.quiz.Quiz;
import yikao.web.Texts;

/** The ways to look at a leaderboard, and their addresses. */
@Singleton
final class LeaderboardTabs {
  static final String PARTICIPANTS = "participant";
  static final String BRANCHES = "branch";
  static final String ORGANISATIONS = "organisation";

  private final Organisations organisations;

  LeaderboardTabs(Organisations organisations) {
    this.organisations = organisations;
  }

  List<Tab> of(Quiz quiz, String current, Texts texts) {
    var tabs =
        Stream.of(
            tab(quiz, PARTICIPANTS, texts.of("board.participants"), current),
            tab(quiz, BRANCHES, texts.of("board.branches"), current));
    return organisations.tree().all().isEmpty()
        ? tabs.toList()
        : Stream.concat(
                tabs, Stream.of(tab(quiz, ORGANISATIONS, texts.of("board.organisations"), current)))
            .toList();
  }

  private static Tab tab(Quiz quiz, String by, String name, String current) {
    return new Tab(name, address(quiz, by, Optional.empty(), 1), by.equals(current));
  }

  /**
   * The address of a page.
   *
   * @param under whose parts it shows
   */
  static String address(Quiz quiz, String by, Optional<Organisation> under, int page) {
    return "/quizzes/%s/leaderboard?by=%s%s%s"
        .formatted(
            quiz.code(),
            by,
            under
                .map(o -> "&under=" + URLEncoder.encode(o.code(), StandardCharsets.UTF_8))
                .orElse(""),
            page == 1 ? "" : "&page=" + page);
  }
}
