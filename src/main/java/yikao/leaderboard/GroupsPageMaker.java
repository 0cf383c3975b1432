package yikao.leaderboard;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import yikao.leaderboard.Group.Members;
import yikao.leaderboard.GroupsPage.Row;
import yikao.leaderboard.GroupsPage.Step;
import yikao.leaderboard.Leaderboards.GroupBoard;
import yikao.leaderboard.Leaderboards.GroupPlace;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.org.Organisations;
import yikao.quiz.Quiz;
import yikao.scoring.Points;
import yikao.web.Pages;
import yikao.web.Texts;
import yikao.web.Times;

/** Gathers what the leaderboards of branches and of organisations show. */
@Singleton
final class GroupsPageMaker {
  private final Leaderboards leaderboards;
  private final Organisations organisations;
  private final LeaderboardTabs tabs;
  private final Pages pages;
  private final Times times;

  GroupsPageMaker(
      Leaderboards leaderboards,
      Organisations organisations,
      LeaderboardTabs tabs,
      Pages pages,
      Times times) {
    this.leaderboards = leaderboards;
    this.organisations = organisations;
    this.tabs = tabs;
    this.pages = pages;
    this.times = times;
  }

  /** What is shown. */
  private record Shown(
      Quiz quiz, String by, Optional<Organisation> under, OrganisationTree tree, Texts texts) {
    String address(Optional<Organisation> of, int page) {
      return LeaderboardTabs.address(quiz, by, of, page);
    }
  }

  GroupsPage branches(HttpRequest<?> request, Quiz quiz, int page) {
    var groups =
        leaderboards.branches(
            BoardOwner.quiz(quiz.id()),
            quiz.minimumParticipants(),
            Turning.offset(page),
            Turning.ROWS);
    return page(
        request, shown(request, quiz, LeaderboardTabs.BRANCHES, Optional.empty()), groups, page);
  }

  /** The organisations directly below one, or at the top. */
  GroupsPage organisations(
      HttpRequest<?> request, Quiz quiz, Optional<Organisation> under, int page) {
    var groups =
        leaderboards.organisations(
            BoardOwner.quiz(quiz.id()),
            under,
            quiz.minimumParticipants(),
            Turning.offset(page),
            Turning.ROWS);
    return page(request, shown(request, quiz, LeaderboardTabs.ORGANISATIONS, under), groups, page);
  }

  private Shown shown(HttpRequest<?> request, Quiz quiz, String by, Optional<Organisation> under) {
    return new Shown(quiz, by, under, organisations.tree(), pages.texts(request));
  }

  private GroupsPage page(HttpRequest<?> request, Shown shown, GroupBoard groups, int page) {
    var texts = shown.texts();
    var quiz = shown.quiz();
    var board = groups.board();
    return new GroupsPage(
        pages.of(request, texts.of("board.title")),
        quiz.code(),
        quiz.title(),
        tabs.of(quiz, shown.by(), texts),
        way(shown),
        board.places().stream().map(place -> row(shown, place)).toList(),
        texts.of(
            "board.about.groups",
            board.total(),
            groups.participants(),
            times.second(texts, board.asOf())),
        groups.hidden() == 0
            ? ""
            : texts.of("board.hidden", groups.hidden(), quiz.minimumParticipants()),
        Turning.of(page, board.total(), number -> shown.address(shown.under(), number)));
  }

  private static List<Step> way(Shown shown) {
    if (shown.under().isEmpty()) {
      return List.of();
    }
    var way = new ArrayList<Step>();
    way.add(
        new Step(shown.texts().of("board.top"), Optional.of(shown.address(Optional.empty(), 1))));
    var steps = shown.tree().way(shown.under().get());
    for (var step : steps.subList(0, steps.size() - 1)) {
      way.add(new Step(step.name(), Optional.of(shown.address(Optional.of(step), 1))));
    }
    way.add(new Step(steps.getLast().name(), Optional.empty()));
    return way;
  }

  private static Row row(Shown shown, GroupPlace place) {
    var group = place.group();
    var texts = shown.texts();
    return new Row(
        place.rank(),
        GroupNames.of(group.members(), texts),
        below(shown, group.members()),
        texts.of(
            isWrittenBesideAList(shown, group.members())
                ? "board.group.written"
                : "board.group.participants",
            group.participants()),
        Points.text(group.average()),
        texts.of("board.group.total", Points.text(group.total())));
  }

  private static Optional<String> below(Shown shown, Members members) {
    return members instanceof Members.Whole(var organisation, _)
            && shown.by().equals(LeaderboardTabs.ORGANISATIONS)
            && shown.tree().hasBelow(organisation)
        ? Optional.of(shown.address(Optional.of(organisation), 1))
        : Optional.empty();
  }

  /** Somebody may have written what the list has too: the two rows look the same otherwise. */
  private static boolean isWrittenBesideAList(Shown shown, Members members) {
    return members instanceof Members.Written && !shown.tree().all().isEmpty();
  }
}
