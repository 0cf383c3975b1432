package yikao.org;

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
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import yikao.access.Actor;
import yikao.db.Transactions;
import yikao.web.Problem;

/** Members: their list, and what staff does about one. */
@Controller("/api/members")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "members")
final class MembersApi {
  private static final int MOST = 200;
  private static final int MOST_OF_A_NAME = 200;

  private final Members members;
  private final Memberships memberships;
  private final Organisations organisations;
  private final Transactions transactions;
  private final OrgRights rights;
  private final Trail trail;
  private final Today today;

  MembersApi(
      Members members,
      Memberships memberships,
      Organisations organisations,
      Transactions transactions,
      OrgRights rights,
      Trail trail,
      Today today) {
    this.members = members;
    this.memberships = memberships;
    this.organisations = organisations;
    this.transactions = transactions;
    this.rights = rights;
    this.trail = trail;
    this.today = today;
  }

  /**
   * Somebody on the list of an organisation.
   *
   * @param organisation its code
   * @param path the names from the top down to it
   * @param state the word of its {@link MemberState}
   * @param phone there only where it was asked for
   * @param hasPhone whether one is known
   * @param version what who changes it next has seen
   */
  @Serdeable
  @Schema(name = "Member")
  record MemberView(
      UUID id,
      String name,
      String organisation,
      String path,
      String state,
      @Nullable String number,
      @Nullable String phone,
      boolean hasPhone,
      @Nullable String post,
      int version,
      Instant createdAt) {}

  /**
   * A page of members.
   *
   * @param next what to give as {@code after} for the next page; absent on the last
   */
  @Serdeable
  @Schema(name = "Members")
  record MembersView(List<MemberView> members, @Nullable UUID next) {}

  /**
   * Somebody new.
   *
   * @param organisation code of the one to be in
   * @param state absent: enrolled
   * @param date from which day, as {@code 2026-11-30}; absent: today
   */
  @Serdeable
  @Schema(
      name = "NewMember",
      examples =
          """
          {"name":"王小明","organisation":"D1","number":"P0001","phone":"13800000000","reason":"新发展"}\
          """)
  record NewBody(
      @Nullable String name,
      @Nullable String organisation,
      @Nullable MemberState state,
      @Nullable String number,
      @Nullable String phone,
      @Nullable String post,
      @Nullable String date,
      @Nullable String reason) {}

  /**
   * What says who somebody is, whole.
   *
   * @param phone absent: as it is; empty: none
   * @param version that was seen
   */
  @Serdeable
  @Schema(
      name = "MemberEdit",
      examples =
          """
          {"name":"王小明","number":"P0001","phone":"13800000000","post":"组织委员","version":1}\
          """)
  record EditBody(
      @Nullable String name,
      @Nullable String number,
      @Nullable String phone,
      @Nullable String post,
      @Nullable Integer version) {}

  /**
   * To another organisation.
   *
   * @param organisation its code
   * @param version that was seen
   */
  @Serdeable
  @Schema(
      name = "MemberMove",
      examples =
          """
          {"organisation":"D2","version":1,"reason":"组织关系转接"}\
          """)
  record MoveBody(
      @Nullable String organisation,
      @Nullable Integer version,
      @Nullable String date,
      @Nullable String reason)
      implements Ordered {}

  /**
   * Into another state.
   *
   * @param version that was seen
   */
  @Serdeable
  @Schema(
      name = "MemberStateChange",
      examples =
          """
          {"state":"floating","version":1,"reason":"外出务工"}\
          """)
  record StateBody(
      @Nullable MemberState state,
      @Nullable Integer version,
      @Nullable String date,
      @Nullable String reason)
      implements Ordered {}

  /**
   * Erasure.
   *
   * @param version that was seen
   */
  @Serdeable
  @Schema(
      name = "Erasure",
      examples =
          """
          {"version":1,"reason":"本人申请"}\
          """)
  record ErasureBody(@Nullable Integer version, @Nullable String reason) {}

  /**
   * Where a member was.
   *
   * @param organisation its code
   * @param from the first day
   * @param until the day after the last; absent: still
   * @param supersededAt when better knowledge replaced this; absent: never
   */
  @Serdeable
  @Schema(name = "Membership")
  record MembershipView(
      String organisation,
      String state,
      String from,
      @Nullable String until,
      Instant recordedAt,
      @Nullable Instant supersededAt,
      String actor,
      String reason) {}

  /**
   * Something else that is held about a person.
   *
   * @param kind {@code attempt} or {@code roster}
   * @param what title of the quiz
   */
  @Serdeable
  @Schema(name = "MemberTrace")
  record TraceView(String kind, String what, Instant since, String content) {}

  /** All that is held about a person. */
  @Serdeable
  @Schema(name = "MemberRecord")
  record RecordView(MemberView member, List<MembershipView> memberships, List<TraceView> traces) {}

  private Optional<Organisation> organisation(@Nullable String code) {
    if (code == null || code.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        organisations
            .tree()
            .byCode(code)
            .orElseThrow(() -> Problem.invalid("organisation", "no-such-organisation")));
  }

  private Organisation required(@Nullable String code) {
    return organisation(code).orElseThrow(() -> Problem.invalid("organisation", "missing"));
  }

  private MemberView view(Member member, @Nullable String phone) {
    var tree = organisations.tree();
    var in = tree.byId(member.organisationId());
    return new MemberView(
        member.id(),
        member.name(),
        in.map(Organisation::code).orElse(""),
        in.map(tree::path).orElse(""),
        member.state().code(),
        member.number().orElse(null),
        phone,
        member.hasPhone(),
        member.post().orElse(null),
        member.version(),
        member.createdAt());
  }

  @Get
  @Operation(
      summary = "Members of an organisation and of those below it, by name (staff)",
      description =
          "A name is found from any two characters in it, or from the first. Phones are in it only"
              + " with phones=true, for who may see them; that stands in the audit log.")
  MembersView list(
      HttpRequest<?> request,
      @QueryValue @Nullable String organisation,
      @QueryValue @Nullable MemberState state,
      @QueryValue @Nullable String name,
      @QueryValue @Nullable UUID after,
      @QueryValue(defaultValue = "50") int limit,
      @QueryValue @Nullable Boolean phones) {
    rights.reader(request);
    var in = organisation(organisation);
    var actor = rights.readMembers(request, in.map(Organisation::id));
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", 1, MOST);
    }
    requireSearchable(name);
    var find =
        new Members.Find(
            in,
            Optional.ofNullable(state),
            Optional.ofNullable(name).filter(n -> !n.isEmpty()),
            Optional.ofNullable(after).map(members::after));
    var found = members.find(find, limit + 1);
    var page = found.subList(0, Math.min(found.size(), limit));
    var seen =
        Boolean.TRUE.equals(phones) ? phones(request, actor, in, page) : Map.<UUID, String>of();
    return new MembersView(
        page.stream().map(m -> view(m, seen.get(m.id()))).toList(),
        found.size() > limit ? page.getLast().id() : null);
  }

  static void requireSearchable(@Nullable String name) {
    if (name != null && name.length() > MOST_OF_A_NAME) {
      throw Problem.invalid("name", "length", 0, MOST_OF_A_NAME);
    }
  }

  private Map<UUID, String> phones(
      HttpRequest<?> request, Actor actor, Optional<Organisation> in, List<Member> page) {
    rights.readPhones(request, in.map(Organisation::id));
    noted(
        actor,
        "member.phones",
        in.map(o -> "organisation:" + o.id()).orElse("organisations"),
        "%d members".formatted(page.size()));
    return members.phones(page.stream().map(Member::id).toList());
  }

  private void noted(Actor actor, String action, String subject, String what) {
    transactions.write(dsl -> {
      trail.append(dsl, actor, action, subject, "", what);
      return subject;
    });
  }

  @Post
  @Operation(summary = "Puts somebody on the list of an organisation (staff)")
  HttpResponse<MemberView> create(HttpRequest<?> request, @Body NewBody body) {
    rights.reader(request);
    var in = required(body.organisation());
    var actor = rights.editMembers(request, in.id());
    var made =
        members.create(
            Order.of(actor, body.reason(), body.date(), today),
            MemberDetails.of(body.name(), body.number(), body.phone(), body.post()),
            in,
            body.state() == null ? MemberState.ENROLLED : body.state());
    return HttpResponse.created(view(made, null), URI.create("/api/members/" + made.id()));
  }

  @Get("/{id}")
  @Operation(
      summary = "One member (staff)",
      description =
          "The phone is in it only with phones=true, for who may see it; that stands in the audit"
              + " log.")
  MemberView get(HttpRequest<?> request, UUID id, @QueryValue @Nullable Boolean phones) {
    rights.reader(request);
    var member = members.get(id);
    var actor = rights.readMembers(request, Optional.of(member.organisationId()));
    if (!Boolean.TRUE.equals(phones)) {
      return view(member, null);
    }
    rights.readPhones(request, Optional.of(member.organisationId()));
    noted(actor, "member.phones", Members.subject(id), "1 member");
    return view(member, members.phone(id).orElse(null));
  }

  @Put("/{id}")
  @Operation(summary = "Changes what says who somebody is (staff)")
  MemberView edit(HttpRequest<?> request, UUID id, @Body EditBody body) {
    var actor = editing(request, id);
    var details = MemberDetails.of(body.name(), body.number(), body.phone(), body.post());
    return view(members.edit(actor, id, Ordered.seen(body.version()), details), null);
  }

  private Actor editing(HttpRequest<?> request, UUID id) {
    rights.reader(request);
    return rights.editMembers(request, members.get(id).organisationId());
  }

  @Post("/{id}/move")
  @Operation(summary = "Moves somebody to another organisation (staff)")
  MemberView move(HttpRequest<?> request, UUID id, @Body MoveBody body) {
    var actor = editing(request, id);
    var to = required(body.organisation());
    rights.editMembers(request, to.id());
    var order = body.order(actor, today);
    return view(
        members.move(order, id, body.seen(), to, in -> rights.editMembers(request, in)), null);
  }

  @Post("/{id}/state")
  @Operation(summary = "Puts somebody into another state (staff)")
  MemberView state(HttpRequest<?> request, UUID id, @Body StateBody body) {
    var actor = editing(request, id);
    if (body.state() == null) {
      throw Problem.invalid("state", "missing");
    }
    var order = body.order(actor, today);
    return view(
        members.state(order, id, body.seen(), body.state(), in -> rights.editMembers(request, in)),
        null);
  }

  @Get("/{id}/history")
  @Operation(summary = "Where somebody was and in what state, also of one erased (staff)")
  List<MembershipView> history(HttpRequest<?> request, UUID id) {
    rights.reader(request);
    var in =
        MemberStore.organisationOf(transactions.read(), id)
            .orElseThrow(() -> Problem.notFound("no-such-member"));
    rights.readMembers(request, Optional.of(in));
    var tree = organisations.tree();
    return memberships.all(transactions.read(), id).stream()
        .map(row ->
            new MembershipView(
                tree.byId(row.getOrganisationId()).map(Organisation::code).orElse(""),
                row.getState(),
                row.getHeldFrom().toString(),
                row.getHeldUntil() == null ? null : row.getHeldUntil().toString(),
                row.getRecordedAt(),
                row.getSupersededAt(),
                row.getActor(),
                row.getReason()))
        .toList();
  }

  @Get("/{id}/record")
  @Operation(
      summary = "All that is held about somebody, for that person (staff)",
      description = "Also the phone; that it was asked for stands in the audit log.")
  RecordView record(HttpRequest<?> request, UUID id) {
    rights.reader(request);
    var member = members.get(id);
    rights.readPhones(request, Optional.of(member.organisationId()));
    var actor = rights.editMembers(request, member.organisationId());
    noted(actor, "member.record", Members.subject(id), "");
    return new RecordView(
        view(member, members.phone(id).orElse(null)),
        history(request, id),
        members.traces(id).stream()
            .map(t -> new TraceView(t.kind(), t.what(), t.since(), t.content()))
            .toList());
  }

  @Post("/{id}/erasure")
  @Operation(
      summary = "Erases who somebody is (staff)",
      description =
          "Name, number, phone and post go, and the reasons that were given; where the person was"
              + " stays under the identifier, and results stay in totals.")
  HttpResponse<?> erase(HttpRequest<?> request, UUID id, @Body ErasureBody body) {
    var actor = editing(request, id);
    members.erase(Order.of(actor, body.reason(), null, today), id, Ordered.seen(body.version()));
    return HttpResponse.noContent();
  }
}
