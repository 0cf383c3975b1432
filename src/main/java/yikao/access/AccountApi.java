package yikao.access;

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
import java.util.List;
import org.jspecify.annotations.Nullable;
import yikao.web.Problem;

/** Accounts of the staff, and what each may do where. */
@Controller("/api/accounts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "accounts")
final class AccountApi {
  private final Callers callers;
  private final Accounts accounts;
  private final Subtrees subtrees;

  AccountApi(Callers callers, Accounts accounts, Subtrees subtrees) {
    this.callers = callers;
    this.accounts = accounts;
    this.subtrees = subtrees;
  }

  /**
   * A role.
   *
   * @param role {@code administrator}, {@code organiser}, {@code secretary}, {@code supervisor},
   *     {@code editor} or {@code reviewer}
   * @param organisation code of the organisation over which it holds, with all below; absent:
   *     everything
   */
  @Serdeable
  @Schema(name = "Role")
  record RoleBody(@Nullable String role, @Nullable String organisation) {}

  /**
   * An account.
   *
   * @param id names it; stands as {@code account:…} beside what it did
   * @param name by which one signs in
   * @param mustChange whether its owner has still to change a password that was given
   * @param password of an account that was just made or reset; shown this once
   */
  @Serdeable
  @Schema(name = "Account")
  record AccountView(
      String id,
      String name,
      String fullName,
      List<RoleBody> roles,
      boolean mustChange,
      boolean closed,
      int version,
      @Nullable String password) {}

  /** A new account. */
  @Serdeable
  @Schema(
      name = "NewAccount",
      examples =
          """
          {"name":"wangfang","fullName":"王芳","roles":[{"role":"secretary","organisation":"D1"}]}\
          """)
  record NewBody(
      @Nullable String name, @Nullable String fullName, @Nullable List<RoleBody> roles) {}

  /**
   * The roles of an account.
   *
   * @param version of the account that was seen
   */
  @Serdeable
  @Schema(name = "Roles")
  record RolesBody(@Nullable Integer version, @Nullable List<RoleBody> roles) {}

  /**
   * Which state of an account was seen.
   *
   * @param version of the account
   */
  @Serdeable
  @Schema(name = "SeenAccount")
  record SeenBody(@Nullable Integer version) {}

  private AccountView view(Account account, @Nullable String password) {
    return new AccountView(
        account.code(),
        account.name(),
        account.fullName(),
        account.grants().stream()
            .map(grant ->
                new RoleBody(
                    grant.role().code(), grant.organisationId().map(subtrees::code).orElse(null)))
            .toList(),
        account.mustChange(),
        account.locked(),
        account.version(),
        password);
  }

  private Staff administrator(HttpRequest<?> request) {
    var staff = callers.require(request);
    staff.check(staff.canAdministrateAnywhere());
    return staff;
  }

  /** Somebody whose the account is to keep; nobody else is told what is wrong with a request. */
  private Staff keeper(HttpRequest<?> request, String id) {
    var staff = administrator(request);
    var _ = accounts.keptBy(staff, id);
    return staff;
  }

  @Get
  @Operation(summary = "The accounts that are the caller's to keep (staff)")
  List<AccountView> list(HttpRequest<?> request) {
    return accounts.seenBy(administrator(request)).stream().map(a -> view(a, null)).toList();
  }

  @Get("/{id}")
  @Operation(summary = "One account (staff)")
  AccountView get(HttpRequest<?> request, String id) {
    return view(accounts.keptBy(administrator(request), id), null);
  }

  @Post
  @Operation(
      summary = "Makes an account with a password that is shown once (staff)",
      description = "Its owner changes the password at the first sign-in.")
  HttpResponse<AccountView> create(HttpRequest<?> request, @Body NewBody body) {
    var staff = administrator(request);
    var made = accounts.create(staff, body.name(), body.fullName(), grants(body.roles()));
    return HttpResponse.created(
        view(made.account(), made.password()),
        URI.create("/api/accounts/" + made.account().code()));
  }

  @Put("/{id}/roles")
  @Operation(summary = "Gives an account these roles in place of those it had (staff)")
  AccountView roles(HttpRequest<?> request, String id, @Body RolesBody body) {
    var staff = keeper(request, id);
    return view(accounts.grant(staff, id, seen(body.version()), grants(body.roles())), null);
  }

  @Post("/{id}/closing")
  @Operation(summary = "Closes an account, whose sessions end (staff)")
  AccountView close(HttpRequest<?> request, String id, @Body SeenBody body) {
    var staff = keeper(request, id);
    return view(accounts.lock(staff, id, seen(body.version()), true), null);
  }

  @Post("/{id}/reopening")
  @Operation(summary = "Opens a closed account again (staff)")
  AccountView reopen(HttpRequest<?> request, String id, @Body SeenBody body) {
    var staff = keeper(request, id);
    return view(accounts.lock(staff, id, seen(body.version()), false), null);
  }

  @Post("/{id}/password")
  @Operation(summary = "Gives an account a new password, shown this once (staff)")
  AccountView reset(HttpRequest<?> request, String id) {
    var reset = accounts.reset(administrator(request), id);
    return view(accounts.keptBy(administrator(request), id), reset.password());
  }

  private static int seen(@Nullable Integer version) {
    if (version == null) {
      throw Problem.invalid("version", "missing");
    }
    return version;
  }

  private List<Grant> grants(@Nullable List<RoleBody> roles) {
    return roles == null ? List.of() : roles.stream().map(this::grant).distinct().toList();
  }

  private Grant grant(RoleBody body) {
    return Grants.read(body.role(), body.organisation(), subtrees);
  }
}
