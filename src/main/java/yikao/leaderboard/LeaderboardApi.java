package yikao.leaderboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.attempt.Attempts;
import yikao.attempt.Credentials;
import yikao.leaderboard.Group.Members;
import yikao.leaderboard.Leaderboards.Board;
import yikao.leaderboard.Leaderboards.GroupBoard;
import yikao.leaderboard.Leaderboards.GroupPlace;
import yikao.leaderboard.Leaderboards.Place;
import yikao.org.Organisation;
import yikao.org.OrganisationTree;
import yikao.org.Organisations;
import yikao.participant.Guests;
import yikao.participant.MaskedName;
import yikao.quiz.Quiz;
import yikao.quiz.QuizRights;
import yikao.quiz.Quizzes;
import yikao.scoring.Points;
import yikao.web.Messages;
import yikao.web.Problem;
import yikao.web.Texts;

/** Leaderboards of quizzes; names are masked, except for staff, who see them at any time. */
@Controller("/api/quizzes/{quiz}/leaderboard")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "leaderboards")
final class LeaderboardApi {
  private static final int MOST = 200;

  private final Leaderboards leaderboards;
  private final Quizzes quizzes;
  private final Organisations organisations;
  private final Messages messages;
  private final Guests guests;
  private final Attempts attempts;
  private final Credentials credentials;
  private final QuizRights rights;

  LeaderboardApi(
      Leaderboards leaderboards,
      Quizzes quizzes,
      Organisations organisations,
      Messages messages,
      Guests guests,
      Attempts attempts,
      Credentials credentials,
      QuizRights rights) {
    this.leaderboards = leaderboards;
    this.quizzes = quizzes;
    this.organisations = organisations;
    this.messages = messages;
    this.guests = guests;
    this.attempts = attempts;
    this.credentials = credentials;
    this.rights = rights;
  }

  /**
   * A page of a leaderboard.
   *
   * @param asOf the state it shows
   * @param total how many are on the leaderboard
   * @param participants of branches or organisations, all who are counted in the rows of all pages
   *     and in those not shown; below an organisation as many as in its own row
   * @param hidden how many of these are in rows that are not shown, having fewer participants than
   *     the quiz asks for
   */
  @Serdeable
  @Schema(
      name = "Leaderboard",
      examples =
          """
          {"asOf":"2026-11-22T09:31:00.120Z","by":"participant","total":1,"entries":[{"rank":1,"name":"王*明","branch":"城东街道党工委 / 第一党支部","code":"D1","path":"市委 / 城东街道党工委 / 第一党支部","score":92,"elapsedMillis":1320964,"submittedAt":"2026-11-22T09:30:35.516Z"}]}\
          """)
  record LeaderboardView(
      Instant asOf,
      String by,
      long total,
      @Nullable Integer participants,
      @Nullable Integer hidden,
      List<EntryView> entries) {}

  /**
   * A line of a leaderboard.
   *
   * @param rank absent in the row of those whose branch is in no list
   * @param name of a participant masked, except for staff; of a branch or organisation in full, and
   *     where several have it with as much of the path as tells them apart
   * @param branch of a participant, told apart in the same way
   * @param code of the organisation that is the branch, or that the row is about
   * @param path names from the top down to that organisation
   * @param self whether the row is of those in the organisation asked for itself, not of those in
   *     one below it
   * @param below whether the organisation has others below it, which {@code under} shows
   * @param score of a participant; of a branch or organisation the average
   * @param participants how many took part, of a branch or organisation
   * @param total the sum of their scores
   * @param me whether it is the caller's
   */
  @Serdeable
  @Schema(name = "LeaderboardEntry")
  record EntryView(
      @Nullable Long rank,
      String name,
      @Nullable String branch,
      @Nullable String code,
      @Nullable String path,
      @Nullable Boolean self,
      @Nullable Boolean below,
      BigDecimal score,
      @Nullable Long elapsedMillis,
      @Nullable Instant submittedAt,
      @Nullable Integer participants,
      @Nullable BigDecimal total,
      @Nullable Boolean me) {}

  @Get
  @Operation(
      summary = "The leaderboard by participant, branch or organisation",
      description =
          "By organisation: those at the top, or directly below the one whose code is given as"
              + " under, each with all below it. The participants of the rows and those hidden add"
              + " up to the row above.")
  LeaderboardView get(
      HttpRequest<?> request,
      String quiz,
      @QueryValue(defaultValue = "participant") String by,
      @QueryValue(defaultValue = "50") int limit,
      @QueryValue(defaultValue = "1") int page,
      @QueryValue @Nullable String under) {
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", 1, MOST);
    }
    if (page < 1 || page > 1_000_000) {
      throw Problem.invalid("page", "range", 1, 1_000_000);
    }
    var found = quizzes.get(quiz);
    var isReader = rights.isReader(request, found);
    if (!isReader) {
      leaderboards.checkShown(found);
    }
    var offset = (page - 1) * limit;
    return switch (by) {
      case "participant" ->
          participants(
              leaderboards.participants(
                  board(found), offset, limit, guests.visitor(request).flatMap(found::taker)),
              isReader);
      case "branch" ->
          groups(
              request,
              by,
              leaderboards.branches(board(found), found.minimumParticipants(), offset, limit));
      case "organisation" -> {
        var parent = Optional.ofNullable(under).map(this::organisation);
        yield groups(
            request,
            by,
            leaderboards.organisations(
                board(found), parent, found.minimumParticipants(), offset, limit));
      }
      default -> throw Problem.invalid("by", "leaderboard.by");
    };
  }

  private Organisation organisation(String code) {
    return organisations
        .tree()
        .byCode(code)
        .orElseThrow(() -> Problem.invalid("under", "no-such-organisation"));
  }

  @Get("/me")
  @Operation(
      summary = "The caller's place and those around it",
      description = "The caller is known by the cookie, or by an attempt's id and its token.")
  LeaderboardView me(HttpRequest<?> request, String quiz, @QueryValue @Nullable UUID attempt) {
    var found = quizzes.get(quiz);
    leaderboards.checkShown(found);
    return participants(leaderboards.around(board(found), caller(request, found, attempt)), false);
  }

  /** Of the attempt that the token opens, or of the browser. */
  private UUID caller(HttpRequest<?> request, Quiz quiz, @Nullable UUID attempt) {
    if (attempt != null) {
      return attempts.get(attempt, credentials.of(request)).attempt().participantId();
    }
    return guests
        .visitor(request)
        .flatMap(quiz::taker)
        .orElseThrow(() -> Problem.of(HttpStatus.UNAUTHORIZED, "unauthorized"));
  }

  private static LeaderboardView participants(Board<Place> board, boolean inFull) {
    return new LeaderboardView(
        board.asOf(),
        "participant",
        board.total(),
        null,
        null,
        board.places().stream()
            .map(p ->
                new EntryView(
                    p.rank(),
                    inFull ? p.name() : MaskedName.of(p.name()),
                    p.branch().name(),
                    p.branch().code().orElse(null),
                    p.branch().path().orElse(null),
                    null,
                    null,
                    Points.plain(p.standing().score()),
                    p.standing().elapsedMillis(),
                    p.standing().reachedAt(),
                    null,
                    null,
                    p.me() ? true : null))
            .toList());
  }

  private LeaderboardView groups(HttpRequest<?> request, String by, GroupBoard groups) {
    var tree = organisations.tree();
    var texts = messages.texts(Messages.locale(request));
    var board = groups.board();
    return new LeaderboardView(
        board.asOf(),
        by,
        board.total(),
        groups.participants(),
        groups.hidden(),
        board.places().stream().map(place -> entry(place, tree, texts)).toList());
  }

  private static EntryView entry(GroupPlace place, OrganisationTree tree, Texts texts) {
    var group = place.group();
    var about = group.members().organisation();
    return new EntryView(
        place.rank().orElse(null),
        GroupNames.of(group.members(), texts),
        null,
        about.map(Organisation::code).orElse(null),
        about.map(tree::path).orElse(null),
        trueOrAbsent(group.members() instanceof Members.Itself),
        trueOrAbsent(group.members() instanceof Members.Whole(var o, _) && tree.hasBelow(o)),
        Points.plain(group.average()),
        null,
        null,
        group.participants(),
        Points.plain(group.total()),
        null);
  }

  private static @Nullable Boolean trueOrAbsent(boolean is) {
    return is ? true : null;
  }

  private static BoardOwner board(Quiz quiz) {
    return BoardOwner.quiz(quiz.id());
  }
}
