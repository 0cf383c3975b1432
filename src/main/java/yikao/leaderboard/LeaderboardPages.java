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
import yikao.leaderboard.LeaderboardPage.Line;
import yikao.leaderboard.LeaderboardPage.Tab;
import yikao.leaderboard.Leaderboards.Board;
import yikao.leaderboard.Leaderboards.GroupPlace;
import yikao.leaderboard.Leaderboards.Place;
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
  private static final int ROWS = 50;
  private static final int MOST_PAGES = 100_000;

  private final Leaderboards leaderboards;
  private final Quizzes quizzes;
  private final Organisations organisations;
  private final Guests guests;
  private final Pages pages;
  private final Templates templates;
  private final Times times;

  LeaderboardPages(
      Leaderboards leaderboards,
      Quizzes quizzes,
      Organisations organisations,
      Guests guests,
      Pages pages,
      Templates templates,
      Times times) {
    this.leaderboards = leaderboards;
    this.quizzes = quizzes;
    this.organisations = organisations;
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
      @QueryValue(defaultValue = "1") int page) {
    if (page < 1 || page > MOST_PAGES) {
      throw Problem.invalid("page", "range", 1, MOST_PAGES);
    }
    var found = quizzes.get(quiz);
    leaderboards.checkShown(found);
    var model =
        switch (by) {
          case "participant" -> participants(request, found, page);
          case "branch" ->
              groups(
                  request,
                  found,
                  by,
                  page,
                  leaderboards.branches(
                      board(found), found.minimumParticipants(), offset(page), ROWS));
          case "organisation" ->
              groups(
                  request,
                  found,
                  by,
                  page,
                  leaderboards.organisations(
                      board(found),
                      Optional.empty(),
                      found.minimumParticipants(),
                      offset(page),
                      ROWS));
          default -> throw Problem.invalid("by", "leaderboard.by");
        };
    return templates.page("leaderboard.jte", model);
  }

  private static int offset(int page) {
    return (page - 1) * ROWS;
  }

  private LeaderboardPage participants(HttpRequest<?> request, Quiz quiz, int page) {
    var me = guests.id(request);
    var board = leaderboards.participants(board(quiz), offset(page), ROWS, me);
    var texts = pages.texts(request);
    var rows = board.places().stream().map(place -> row(texts, place)).toList();
    var around =
        rows.stream().anyMatch(Line::me)
            ? List.<Line>of()
            : me.map(id -> leaderboards.around(board(quiz), id).places().stream())
                .orElseGet(Stream::empty)
                .map(place -> row(texts, place))
                .toList();
    return model(request, quiz, "participant", page, board, rows, around);
  }

  private LeaderboardPage groups(
      HttpRequest<?> request, Quiz quiz, String by, int page, Board<GroupPlace> board) {
    var texts = pages.texts(request);
    var rows = board.places().stream().map(place -> row(texts, place)).toList();
    return model(request, quiz, by, page, board, rows, List.of());
  }

  private LeaderboardPage model(
      HttpRequest<?> request,
      Quiz quiz,
      String by,
      int page,
      Board<?> board,
      List<Line> rows,
      List<Line> around) {
    var texts = pages.texts(request);
    var last = (int) Math.max(1, (board.total() + ROWS - 1) / ROWS);
    return new LeaderboardPage(
        pages.of(request, texts.of("board.title")),
        quiz.code(),
        quiz.title(),
        by,
        tabs(texts, quiz, by),
        times.second(texts, board.asOf()),
        board.total(),
        rows,
        around,
        page,
        last,
        page > 1 ? address(quiz, by, Math.min(page - 1, last)) : "",
        page < last ? address(quiz, by, page + 1) : "");
  }

  private List<Tab> tabs(Texts texts, Quiz quiz, String by) {
    var tabs =
        Stream.of(
            tab(quiz, "participant", texts.of("board.participants"), by),
            tab(quiz, "branch", texts.of("board.branches"), by));
    return organisations.tree().all().isEmpty()
        ? tabs.toList()
        : Stream.concat(
                tabs, Stream.of(tab(quiz, "organisation", texts.of("board.organisations"), by)))
            .toList();
  }

  private static Tab tab(Quiz quiz, String by, String name, String current) {
    return new Tab(name, address(quiz, by, 1), by.equals(current));
  }

  private static String address(Quiz quiz, String by, int page) {
    return "/quizzes/%s/leaderboard?by=%s%s"
        .formatted(quiz.code(), by, page == 1 ? "" : "&page=" + page);
  }

  private static Line row(Texts texts, Place place) {
    return new Line(
        place.rank(),
        MaskedName.of(place.name()),
        place.branch(),
        Points.text(place.standing().score()),
        Times.duration(texts, place.standing().elapsedMillis()),
        place.me());
  }

  private static Line row(Texts texts, GroupPlace place) {
    return new Line(
        place.rank(),
        place.group().name(),
        texts.of("board.group.participants", place.group().participants()),
        Points.text(place.group().average()),
        texts.of("board.group.total", Points.text(place.group().total())),
        false);
  }

  private static BoardOwner board(Quiz quiz) {
    return BoardOwner.quiz(quiz.id());
  }
}
