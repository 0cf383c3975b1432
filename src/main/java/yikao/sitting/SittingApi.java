package yikao.sitting;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Problem.FieldError;
import yikao.web.ShownText;

/** Sessions of branches, by staff. */
@Controller("/api/sittings")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sittings")
final class SittingApi {
  private static final int MOST = 100;
  private static final int MOST_MINUTES = 24 * 60;
  private static final int MOST_NOTE = 200;
  private static final int MOST_MEMBERS = 5_000;

  private final Sittings sittings;
  private final SittingRights rights;
  private final Openings openings;
  private final LiveStates states;
  private final Accounts accounts;
  private final AccountTables tables;
  private final Organisations organisations;
  private final Pages pages;

  SittingApi(
      Sittings sittings,
      SittingRights rights,
      Openings openings,
      LiveStates states,
      Accounts accounts,
      AccountTables tables,
      Organisations organisations,
      Pages pages) {
    this.sittings = sittings;
    this.rights = rights;
    this.openings = openings;
    this.states = states;
    this.accounts = accounts;
    this.tables = tables;
    this.organisations = organisations;
    this.pages = pages;
  }

  /**
   * A session to be opened.
   *
   * @param organisation code of the branch
   * @param quiz code of a prepared one
   * @param area instead of a quiz: the area that questions are drawn from
   * @param questions how many, with an area
   * @param minutes for how long
   * @param host default: who opens it
   * @param place may be left out
   */
  @Serdeable
  @Schema(
      name = "SittingOpening",
      examples =
          """
          {"organisation":"D1","area":"party-constitution","questions":10,"minutes":15,"host":"王小明","place":"二楼会议室"}\
          """)
  record OpeningBody(
      @Nullable String organisation,
      @Nullable String quiz,
      @Nullable String area,
      @Nullable Integer questions,
      @Nullable Integer minutes,
      @Nullable String host,
      @Nullable String place) {}

  @Post
  @Operation(
      summary = "Opens a session of a branch (staff)",
      description =
          "It makes a quiz of its own for those who are members of the branch now, which each may"
              + " take once; all get the same questions, each in an order of one's own; results and"
              + " keys are shown when it is over for all.")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = SittingView.class)))
  HttpResponse<SittingView> open(HttpRequest<?> request, @Body OpeningBody body) {
    var staff = rights.readerAnywhere(request);
    var asked =
        new Openings.Asked(
            null,
            body.organisation(),
            body.quiz(),
            body.area(),
            body.questions(),
            body.minutes(),
            body.host(),
            body.place());
    var opening = openings.read(staff, pages.texts(request), asked);
    return HttpResponse.created(view(sittings.open(staff.actor(), opening)));
  }

  SittingView view(Sitting sitting) {
    var tree = organisations.tree();
    var branch = tree.byId(sitting.organisationId());
    return new SittingView(
        sitting.id(),
        branch.map(Organisation::code).orElse(""),
        branch.map(tree::path).orElse(""),
        sittings.quiz(sitting).title(),
        sitting.quiz(),
        sitting.code().orElse(null),
        sitting.host(),
        sitting.place(),
        sitting.openedAt(),
        sitting.closesAt(),
        sitting.endedAt().orElse(null),
        sitting.confirmed().map(Sitting.Confirmed::at).orElse(null),
        sitting.version());
  }

  @Get
  @Operation(
      summary = "The sessions that one may see, the last opened first (staff)",
      description = "At most 100; before is the openedAt of the last one of the page before.")
  List<SittingView> list(
      HttpRequest<?> request,
      @QueryValue @Nullable String organisation,
      @QueryValue @Nullable Instant before) {
    var staff = rights.readerAnywhere(request);
    var among = rights.readable(staff);
    if (organisation != null && !organisation.isEmpty()) {
      var one =
          organisations
              .tree()
              .byCode(organisation)
              .orElseThrow(() -> Problem.invalid("organisation", "no-such-organisation"));
      staff.check(staff.canReadSittings(one.id()));
      among =
          Optional.of(organisations.tree().subtree(one).stream().map(Organisation::id).toList());
    }
    return sittings.list(among, Optional.ofNullable(before), MOST).stream()
        .map(this::view)
        .toList();
  }

  @Get("/{id}")
  @Operation(summary = "A session (staff)")
  SittingView get(HttpRequest<?> request, UUID id) {
    return view(rights.reader(request, id).sitting());
  }

  @Get("/{id}/state")
  @Operation(
      summary = "Who has come in and how far they are (staff)",
      description =
          "With after, the position of a state that is known, 204 where nothing has changed since."
              + " Each answer is the whole state.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = StateView.class)))
  @ApiResponse(responseCode = "204")
  HttpResponse<StateView> state(
      HttpRequest<?> request, UUID id, @QueryValue @Nullable String after) {
    var state = states.of(rights.reader(request, id).sitting());
    return state.position().equals(after) ? HttpResponse.noContent() : HttpResponse.ok(state);
  }

  /** The version that was seen. */
  @Serdeable
  @Schema(name = "SittingVersion")
  record VersionBody(@Nullable Integer version) {}

  /** More time. */
  @Serdeable
  @Schema(
      name = "SittingProlongation",
      examples =
          """
          {"minutes":5,"version":1}\
          """)
  record ProlongationBody(@Nullable Integer minutes, @Nullable Integer version) {}

  private static int version(@Nullable Integer version) {
    if (version == null) {
      throw Problem.invalid("version", "missing");
    }
    return version;
  }

  @Post("/{id}/prolongation")
  @Operation(summary = "Gives everybody of a session more time (staff)")
  SittingView prolong(HttpRequest<?> request, UUID id, @Body ProlongationBody body) {
    var staff = rights.runner(request, id).staff();
    if (body.minutes() == null || body.minutes() < 1 || body.minutes() > MOST_MINUTES) {
      throw Problem.invalid("minutes", "range", 1, MOST_MINUTES);
    }
    var by = Duration.ofMinutes(body.minutes());
    return view(sittings.prolong(staff.actor(), id, by, version(body.version())));
  }

  @Post("/{id}/end")
  @Operation(
      summary = "Ends a session before its time (staff)",
      description = "What was answered and saved by now is handed in within seconds.")
  SittingView end(HttpRequest<?> request, UUID id, @Body VersionBody body) {
    var staff = rights.runner(request, id).staff();
    return view(sittings.end(staff.actor(), id, version(body.version())));
  }

  /**
   * Who was there.
   *
   * @param members those of whom something is said; nothing changes of others
   */
  @Serdeable
  @Schema(
      name = "SittingAttendance",
      examples =
          """
          {"version":2,"members":[{"member":"01890a5d-ac96-774b-bcce-b302099a8057","status":"leave","note":"出差"}]}\
          """)
  record AttendanceBody(@Nullable Integer version, @Nullable List<EntryBody> members) {}

  /**
   * Whether somebody was there.
   *
   * @param status absent: nothing is said any more
   * @param note why
   */
  @Serdeable
  @Schema(name = "SittingAttendanceOf")
  record EntryBody(
      @Nullable UUID member, @Nullable AttendanceStatus status, @Nullable String note) {}

  @Put("/{id}/attendance")
  @Operation(summary = "Says who was there, and why others were not (staff)")
  SittingView attend(HttpRequest<?> request, UUID id, @Body AttendanceBody body) {
    var staff = rights.runner(request, id).staff();
    var version = version(body.version());
    var given = body.members() == null ? List.<EntryBody>of() : body.members();
    if (given.size() > MOST_MEMBERS) {
      throw Problem.invalid("members", "size", 0, MOST_MEMBERS);
    }
    return view(sittings.attend(staff.actor(), id, version, entries(given)));
  }

  private static List<Attendance> entries(List<EntryBody> given) {
    var errors = new ArrayList<FieldError>();
    var entries = new ArrayList<Attendance>();
    var seen = new HashSet<UUID>();
    for (var i = 0; i < given.size(); i++) {
      var at = "members[%d].".formatted(i);
      var entry = given.get(i);
      if (entry == null || entry.member() == null) {
        errors.add(FieldError.of(at + "member", "missing"));
        continue;
      }
      if (!seen.add(entry.member())) {
        errors.add(FieldError.of(at + "member", "duplicate", entry.member()));
      }
      var note = entry.note() == null ? "" : entry.note();
      ShownText.wrong(at + "note", note, 0, MOST_NOTE, false).ifPresent(errors::add);
      entries.add(
          new Attendance(entry.member(), Optional.ofNullable(entry.status()), note.strip()));
    }
    if (!errors.isEmpty()) {
      throw Problem.invalidBody(errors);
    }
    return entries;
  }

  @Post("/{id}/confirmation")
  @Operation(
      summary = "Confirms the account of a session that has ended (staff)",
      description =
          "409 sitting.attendance-open while nothing is said of somebody who was absent,"
              + " sitting.papers-out while papers in print are neither typed in nor taken back.")
  SittingView confirm(HttpRequest<?> request, UUID id, @Body VersionBody body) {
    var staff = rights.runner(request, id).staff();
    return view(sittings.confirm(staff.actor(), id, version(body.version())));
  }

  @Get("/{id}/account")
  @Operation(
      summary = "The account of a session that has ended, as a table (staff)",
      description = "With format=xlsx or csv. 409 sitting.running before its end.")
  HttpResponse<byte[]> account(
      HttpRequest<?> request, UUID id, @QueryValue(defaultValue = "xlsx") String format) {
    var sitting = rights.reader(request, id).sitting();
    return tables.file(pages.texts(request), accounts.of(sitting), format);
  }
}
