package yikao.org;

import static yikao.db.jooq.Tables.ORGANISATION_VERSION;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Actor;
import yikao.db.Transactions;
import yikao.org.OrganisationChanges.New;
import yikao.org.OrganisationChanges.Seen;
import yikao.web.Problem;
import yikao.web.ShownText;

/** What staff does to the tree of organisations. */
@Controller("/api/organisations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "organisations")
final class RestructuringApi {
  private static final int MOST_OF_A_SPLIT = 1_000;

  private final Organisations organisations;
  private final OrganisationChanges changes;
  private final Transactions transactions;
  private final OrgRights rights;
  private final Today today;

  RestructuringApi(
      Organisations organisations,
      OrganisationChanges changes,
      Transactions transactions,
      OrgRights rights,
      Today today) {
    this.organisations = organisations;
    this.changes = changes;
    this.transactions = transactions;
    this.rights = rights;
    this.today = today;
  }

  /**
   * A new organisation.
   *
   * @param parent code of the one above it; absent: at the top
   * @param date from which day, as {@code 2026-11-30}; absent: today
   */
  @Serdeable
  @Schema(
      name = "NewOrganisation",
      examples =
          """
          {"code":"D1","name":"第一党支部","kind":"branch","parent":"D","reason":"新成立"}\
          """)
  record NewBody(
      @Nullable String code,
      @Nullable String name,
      @Nullable OrganisationKind kind,
      @Nullable String parent,
      @Nullable String date,
      @Nullable String reason) {
    New wanted(Optional<Organisation> above) {
      return new New(
          ShownText.line("code", code, 1, ImportCheck.MAX_CODE),
          ShownText.line("name", name, 1, ImportCheck.MAX_NAME),
          kind == null ? OrganisationKind.OTHER : kind,
          above.map(Organisation::code));
    }
  }

  /**
   * Another name or kind.
   *
   * @param kind absent: as it is
   * @param version that was seen
   */
  @Serdeable
  @Schema(
      name = "OrganisationEdit",
      examples =
          """
          {"name":"第一党支部","kind":"branch","version":1,"reason":"更名"}\
          """)
  record EditBody(
      @Nullable String name,
      @Nullable OrganisationKind kind,
      @Nullable Integer version,
      @Nullable String date,
      @Nullable String reason)
      implements Ordered {}

  /**
   * A move.
   *
   * @param parent code of the one to be above it; absent: to the top
   * @param version that was seen
   */
  @Serdeable
  @Schema(
      name = "OrganisationMove",
      examples =
          """
          {"parent":"D","version":1,"reason":"隶属关系调整"}\
          """)
  record MoveBody(
      @Nullable String parent,
      @Nullable Integer version,
      @Nullable String date,
      @Nullable String reason)
      implements Ordered {}

  /**
   * A merger.
   *
   * @param target code of the one that it goes into
   * @param version of the one that goes
   */
  @Serdeable
  @Schema(
      name = "OrganisationMerger",
      examples =
          """
          {"target":"X","version":1,"reason":"两县合并"}\
          """)
  record MergeBody(
      @Nullable String target,
      @Nullable Integer version,
      @Nullable String date,
      @Nullable String reason)
      implements Ordered {}

  /**
   * A split.
   *
   * @param code of the new one
   * @param parent of the new one; absent: that of the one which is split
   * @param children codes of those below that go to the new one
   * @param members identifiers of the members that go to the new one
   * @param version of the one that is split
   */
  @Serdeable
  @Schema(
      name = "OrganisationSplit",
      examples =
          """
          {"code":"D3","name":"第三党支部","kind":"branch","children":["D31"],"version":1,"reason":"人数过多"}\
          """)
  record SplitBody(
      @Nullable String code,
      @Nullable String name,
      @Nullable OrganisationKind kind,
      @Nullable String parent,
      @Nullable List<String> children,
      @Nullable List<UUID> members,
      @Nullable Integer version,
      @Nullable String date,
      @Nullable String reason)
      implements Ordered {}

  /**
   * Closing or reopening.
   *
   * @param version that was seen
   */
  @Serdeable
  @Schema(
      name = "OrganisationStateChange",
      examples =
          """
          {"version":1,"reason":"撤销"}\
          """)
  record StateBody(@Nullable Integer version, @Nullable String date, @Nullable String reason)
      implements Ordered {}

  /**
   * What held of an organisation.
   *
   * @param from the first day
   * @param until the day after the last; absent: still
   * @param supersededAt when better knowledge replaced this; absent: never
   */
  @Serdeable
  @Schema(name = "OrganisationVersion")
  record VersionView(
      String name,
      String kind,
      @Nullable String parent,
      String state,
      String from,
      @Nullable String until,
      Instant recordedAt,
      @Nullable Instant supersededAt,
      String actor,
      String reason) {}

  private Organisation found(String code) {
    return organisations
        .tree()
        .byCode(code)
        .orElseThrow(() -> Problem.notFound("no-such-organisation"));
  }

  /** To who is no staff it does not matter whether there is one. */
  private Organisation found(HttpRequest<?> request, String code) {
    rights.reader(request);
    return found(code);
  }

  private OrganisationView view(Organisation changed) {
    return OrganisationView.of(changed, organisations.tree());
  }

  /** May change one as it hangs now. */
  private Actor actor(HttpRequest<?> request, String code) {
    rights.reader(request);
    return rights.editOrganisation(request, Optional.of(found(code).id()));
  }

  /**
   * The code as the operation itself will take it, so that the right is asked of no other; some
   * that earlier releases have stored are not tidy.
   */
  private String code(String field, @Nullable String written) {
    return Optional.ofNullable(written)
        .filter(code -> organisations.tree().byCode(code).isPresent())
        .orElseGet(() -> ShownText.line(field, written, 1, ImportCheck.MAX_CODE));
  }

  /** Where another node made it a moment ago nobody here knows who may change it. */
  private Organisation known(String field, String code) {
    return organisations
        .tree()
        .byCode(code)
        .orElseThrow(() -> Problem.invalid(field, "organisation.no-such", code));
  }

  private Optional<Organisation> parent(@Nullable String written) {
    return Optional.ofNullable(written)
        .filter(p -> !p.isEmpty())
        .map(p -> known("parent", code("parent", p)));
  }

  @Get("/{code}")
  @Operation(summary = "One organisation; one that is closed for staff alone")
  OrganisationView get(HttpRequest<?> request, String code) {
    var organisation = found(code);
    if (!organisation.open()) {
      rights.reader(request);
    }
    return view(organisation);
  }

  @Post
  @Operation(summary = "Creates an organisation (staff)")
  HttpResponse<OrganisationView> create(HttpRequest<?> request, @Body NewBody body) {
    rights.reader(request);
    var above = parent(body.parent());
    var actor = rights.editOrganisation(request, above.map(Organisation::id));
    var wanted = body.wanted(above);
    var made = changes.create(Order.of(actor, body.reason(), body.date(), today), wanted);
    return HttpResponse.created(
        view(made), URI.create("/api/organisations/" + Codes.escaped(made.code())));
  }

  @Put("/{code}")
  @Operation(summary = "Gives an organisation another name or kind (staff)")
  OrganisationView edit(HttpRequest<?> request, String code, @Body EditBody body) {
    var actor = actor(request, code);
    var kind = body.kind() == null ? found(code).kind() : body.kind();
    return view(
        changes.edit(
            body.order(actor, today),
            new Seen(code, body.seen()),
            ShownText.line("name", body.name(), 1, ImportCheck.MAX_NAME),
            kind));
  }

  @Post("/{code}/move")
  @Operation(summary = "Hangs an organisation below another, with all below it (staff)")
  OrganisationView move(HttpRequest<?> request, String code, @Body MoveBody body) {
    var actor = actor(request, code);
    var to = parent(body.parent());
    rights.editOrganisation(request, to.map(Organisation::id));
    return view(
        changes.move(
            body.order(actor, today), new Seen(code, body.seen()), to.map(Organisation::code)));
  }

  @Post("/{code}/merge")
  @Operation(
      summary = "Merges an organisation into another (staff)",
      description =
          "It is closed and hangs below the other, where its results count from then on; what is"
              + " below it and who is in it go over.")
  OrganisationView merge(HttpRequest<?> request, String code, @Body MergeBody body) {
    var actor = actor(request, code);
    var target = known("target", code("target", body.target()));
    rights.editOrganisation(request, Optional.of(target.id()));
    return view(
        changes.merge(body.order(actor, today), new Seen(code, body.seen()), target.code()));
  }

  @Post("/{code}/split")
  @Operation(summary = "Makes a new organisation of a part of one (staff)")
  HttpResponse<OrganisationView> split(HttpRequest<?> request, String code, @Body SplitBody body) {
    var actor = actor(request, code);
    // named, so that it is below the one whose right was asked, wherever the source hangs by now
    var above =
        parent(body.parent()).or(() -> found(code).parentId().flatMap(organisations.tree()::byId));
    rights.editOrganisation(request, above.map(Organisation::id));
    var wanted = new NewBody(body.code(), body.name(), body.kind(), null, null, null);
    var children = body.children() == null ? List.<String>of() : body.children();
    var members = body.members() == null ? List.<UUID>of() : body.members();
    if (members.size() > MOST_OF_A_SPLIT) {
      throw Problem.invalid("members", "size", 0, MOST_OF_A_SPLIT);
    }
    var made =
        changes.split(
            body.order(actor, today),
            new Seen(code, body.seen()),
            wanted.wanted(above),
            children,
            members.stream().distinct().toList());
    return HttpResponse.created(
        view(made), URI.create("/api/organisations/" + Codes.escaped(made.code())));
  }

  @Post("/{code}/closing")
  @Operation(
      summary = "Closes an organisation (staff)",
      description = "Refused while something open is below it, or somebody is in it.")
  OrganisationView close(HttpRequest<?> request, String code, @Body StateBody body) {
    var actor = actor(request, code);
    return view(changes.close(body.order(actor, today), new Seen(code, body.seen())));
  }

  @Post("/{code}/reopening")
  @Operation(summary = "Opens an organisation that was closed (staff)")
  OrganisationView reopen(HttpRequest<?> request, String code, @Body StateBody body) {
    var actor = actor(request, code);
    return view(changes.reopen(body.order(actor, today), new Seen(code, body.seen())));
  }

  @Get("/{code}/history")
  @Operation(summary = "All that held of an organisation, and when it was recorded (staff)")
  List<VersionView> history(HttpRequest<?> request, String code) {
    rights.readOrganisation(request, found(request, code).id());
    var tree = organisations.tree();
    return transactions
        .read()
        .selectFrom(ORGANISATION_VERSION)
        .where(ORGANISATION_VERSION.ORGANISATION_ID.eq(found(code).id()))
        .orderBy(ORGANISATION_VERSION.RECORDED_AT, ORGANISATION_VERSION.ID)
        .fetch(row ->
            new VersionView(
                row.getName(),
                row.getKind(),
                Optional.ofNullable(row.getParentId())
                    .flatMap(tree::byId)
                    .map(Organisation::code)
                    .orElse(null),
                row.getState(),
                row.getHeldFrom().toString(),
                row.getHeldUntil() == null ? null : row.getHeldUntil().toString(),
                row.getRecordedAt(),
                row.getSupersededAt(),
                row.getActor(),
                row.getReason()));
  }
}
