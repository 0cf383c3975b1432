package yikao.leaderboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import yikao.leaderboard.LeaderboardPage.Line;
import yikao.leaderboard.Leaderboards.Place;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.participant.Guests;
import yikao.participant.MaskedName;
import yikao.quiz.Quiz;
import yikao.quiz.Quizzes;
import yikao.scoring.Points;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Texts;
import yikao.web.Times;

/** Leaderboards as people read them; names are masked. */
@Controller("/quizzes/{quiz}/leaderboard")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class LeaderboardPages {
  private static final int MOST_PAGES = 100_000;

  private final Leaderboards leaderboards;
  private final Quizzes quizzes;
  private final Organisations organisations;
  private final GroupsPageMaker groups;
  private final LeaderboardTabs tabs;
  private final Guests guests;
  private final Pages pages;
  private final Templates templates;
  private final Times times;

  LeaderboardPages(
      Leaderboards leaderboards,
      Quizzes quizzes,
      Organisations organisations,
      GroupsPageMaker groups,
      LeaderboardTabs tabs,
      Guests guests,
      Pages pages,
      Templates templates,
      Times times) {
    this.leaderboards = leaderboards;
    this.quizzes = quizzes;
    this.organisations = organisations;
    this.groups = groups;
    this.tabs = tabs;
    this.guests = guests;
    this.pages = pages;
    this.templates = templates;
    this.times = times;
  }

  @Get
  HttpResponse<?> get(
      HttpRequest<?> request,
      String quiz,
      @QueryValue(defaultValue = "participant") String by,
      @QueryValue(defaultValue = "1") int page,
      @QueryValue @Nullable String under) {
    if (page < 1 || page > MOST_PAGES) {
      throw Problem.invalid("page", "range", 1, MOST_PAGES);
    }
    var found = quizzes.get(quiz);
    leaderboards.checkShown(found);
    return switch (by) {
      case LeaderboardTabs.PARTICIPANTS ->
          templates.page("leaderboard.jte", participants(request, found, page));
      case LeaderboardTabs.BRANCHES ->
          templates.page("groups.jte", groups.branches(request, found, page));
      case LeaderboardTabs.ORGANISATIONS ->
          templates.page(
              "groups.jte", groups.organisations(request, found, organisation(under), page));
      default -> throw Problem.invalid("by", "leaderboard.by");
    };
  }

  private Optional<Organisation> organisation(@Nullable String code) {
    return code == null || code.isEmpty()
        ? Optional.empty()
        : Optional.of(
            organisations
                .tree()
                .byCode(code)
                .orElseThrow(() -> Problem.invalid("under", "no-such-organisation")));
  }

  private LeaderboardPage participants(HttpRequest<?> request, Quiz quiz, int page) {
    var me = guests.visitor(request).flatMap(quiz::taker);
    var board = leaderboards.participants(board(quiz), Turning.offset(page), Turning.ROWS, me);
    var texts = pages.texts(request);
    var rows = board.places().stream().map(place -> row(texts, place)).toList();
    var around =
        rows.stream().anyMatch(Line::me)
            ? List.<Line>of()
            : me.map(id -> leaderboards.around(board(quiz), id).places().stream())
                .orElseGet(Stream::empty)
                .map(place -> row(texts, place))
                .toList();
    return new LeaderboardPage(
        pages.of(request, texts.of("board.title")),
        quiz.code(),
        quiz.title(),
        tabs.of(quiz, LeaderboardTabs.PARTICIPANTS, texts),
        times.second(texts, board.asOf()),
        board.total(),
        rows,
        around,
        Turning.of(page, board.total(), number -> address(quiz, number)));
  }

  private static String address(Quiz quiz, int page) {
    return LeaderboardTabs.address(quiz, LeaderboardTabs.PARTICIPANTS, Optional.empty(), page);
  }

  private static Line row(Texts texts, Place place) {
    return new Line(
        place.rank(),
        MaskedName.of(place.name()),
        place.branch().name(),
        Points.text(place.standing().score()),
        Times.duration(texts, place.standing().elapsedMillis()),
        place.me());
  }

  private static BoardOwner board(Quiz quiz) {
    return BoardOwner.quiz(quiz.id());
  }
}
