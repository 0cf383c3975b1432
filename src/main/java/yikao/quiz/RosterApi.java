package yikao.quiz;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Actor;
import yikao.access.Callers;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.quiz.Policies.EntryPolicy;
import yikao.web.Problem;
import yikao.web.Reasons;

/** Who should take part in a quiz for members. */
@Controller("/api/quizzes/{quiz}/roster")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "rosters")
final class RosterApi {
  private static final int MOST = 1_000;

  private final Quizzes quizzes;
  private final Rosters rosters;
  private final QuizRights rights;
  private final Callers callers;
  private final Organisations organisations;

  RosterApi(
      Quizzes quizzes,
      Rosters rosters,
      QuizRights rights,
      Callers callers,
      Organisations organisations) {
    this.quizzes = quizzes;
    this.rosters = rosters;
    this.rights = rights;
    this.callers = callers;
    this.organisations = organisations;
  }

  /**
   * Who should take part.
   *
   * @param frozenAt when it was frozen; absent: the quiz has not opened, or that is going on
   * @param total how many should take part
   * @param next what to give as {@code after} for the next page; absent on the last
   */
  @Serdeable
  @Schema(name = "Roster")
  record RosterView(
      @Nullable Instant frozenAt, int total, List<LineView> members, @Nullable UUID next) {}

  /**
   * Somebody who should take part, or should have until taken out.
   *
   * @param name empty where the person was erased
   * @param organisation code of the one the person counts in
   * @param path the names from the top down to it
   * @param state the person's when the roster was frozen
   * @param addedReason empty for those who were there when it was frozen
   */
  @Serdeable
  @Schema(name = "RosterLine")
  record LineView(
      UUID member,
      String name,
      String organisation,
      String path,
      String state,
      Instant addedAt,
      String addedReason,
      @Nullable Instant removedAt,
      @Nullable String removedReason) {}

  /** Somebody who is to be added or taken out, and why. */
  @Serdeable
  @Schema(
      name = "RosterChange",
      examples =
          """
          {"member":"01890a5d-ac96-774b-bcce-b302099a8057","reason":"长期病休"}\
          """)
  record ChangeBody(@Nullable UUID member, @Nullable String reason) {}

  @Get
  @Operation(
      summary = "Who should take part in a quiz for members, in pages (staff)",
      description = "Empty until the quiz opens; then frozen.")
  RosterView get(
      HttpRequest<?> request,
      String quiz,
      @QueryValue @Nullable UUID after,
      @QueryValue(defaultValue = "200") int limit) {
    rights.requireReader(request, quiz);
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", 1, MOST);
    }
    var found = forMembers(quiz);
    var lines = rosters.lines(found, Optional.ofNullable(after), limit + 1);
    var page = wholeMembers(lines, limit);
    return new RosterView(
        rosters.frozenAt(found).orElse(null),
        rosters.count(found),
        page.stream().map(this::view).toList(),
        lines.size() > limit ? page.getLast().member() : null);
  }

  /** The next page begins behind a member, so that no page ends amid one's lines. */
  private static List<RosterStore.Line> wholeMembers(List<RosterStore.Line> lines, int limit) {
    if (lines.size() <= limit) {
      return lines;
    }
    var cut = lines.getLast().member();
    var whole = lines.stream().filter(l -> !l.member().equals(cut)).toList();
    return whole.isEmpty() ? lines : whole;
  }

  private LineView view(RosterStore.Line line) {
    var tree = organisations.tree();
    var in = tree.byId(line.organisationId());
    return new LineView(
        line.member(),
        line.name(),
        in.map(Organisation::code).orElse(""),
        in.map(tree::path).orElse(""),
        line.state().code(),
        line.addedAt(),
        line.addedReason(),
        line.removedAt().orElse(null),
        line.removedReason().orElse(null));
  }

  private Quiz forMembers(String quiz) {
    var found = quizzes.get(quiz);
    if (found.entry() != EntryPolicy.MEMBERS) {
      throw Problem.conflict("roster.none");
    }
    return found;
  }

  @Post("/additions")
  @Operation(
      summary = "Adds a member to the roster of a quiz that has opened (staff)",
      description = "The member counts in the organisation where the member is now.")
  HttpResponse<?> add(HttpRequest<?> request, String quiz, @Body ChangeBody body) {
    var actor = organiser(request, quiz, body);
    rosters.add(actor, forMembers(quiz), member(body), Reasons.required(body.reason()));
    return HttpResponse.noContent();
  }

  @Post("/removals")
  @Operation(
      summary = "Takes a member out of the roster of a quiz that has opened (staff)",
      description = "What the member has done at the quiz stays.")
  HttpResponse<?> remove(HttpRequest<?> request, String quiz, @Body ChangeBody body) {
    var actor = organiser(request, quiz, body);
    rosters.remove(actor, forMembers(quiz), member(body), Reasons.required(body.reason()));
    return HttpResponse.noContent();
  }

  /** Who organises the quiz, and for the member's organisation. */
  private Actor organiser(HttpRequest<?> request, String quiz, ChangeBody body) {
    var actor = rights.organiser(request, quiz);
    var staff = callers.require(request);
    var in =
        rosters
            .organisationOf(member(body))
            .orElseThrow(() -> Problem.invalid("member", "no-such-member"));
    staff.check(staff.canOrganise(Optional.of(in)));
    return actor;
  }

  private static UUID member(ChangeBody body) {
    if (body.member() == null) {
      throw Problem.invalid("member", "missing");
    }
    return body.member();
  }
}
