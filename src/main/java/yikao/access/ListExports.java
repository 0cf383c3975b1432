package yikao.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import yikao.audit.AuditLog;
import yikao.db.NodeClock;
import yikao.db.Transactions;
import yikao.table.TableFiles;
import yikao.table.TableFormat;
import yikao.web.Pages;
import yikao.web.Texts;
import yikao.web.Times;

/**
 * The console's lists of accounts, tokens, browsers and of the audit log as tables. That a list was
 * taken out stands in the log.
 */
@Controller(Consoles.CONSOLE + "/exports")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class ListExports {
  private final Consoles consoles;
  private final Accounts accounts;
  private final ApiTokens tokens;
  private final SessionStore sessions;
  private final RoleTexts roles;
  private final AuditLog audit;
  private final AuditTable auditTable;
  private final Transactions transactions;
  private final NodeClock clock;
  private final Times times;
  private final Pages pages;

  ListExports(
      Consoles consoles,
      Accounts accounts,
      ApiTokens tokens,
      SessionStore sessions,
      RoleTexts roles,
      AuditLog audit,
      AuditTable auditTable,
      Transactions transactions,
      NodeClock clock,
      Times times,
      Pages pages) {
    this.consoles = consoles;
    this.accounts = accounts;
    this.tokens = tokens;
    this.sessions = sessions;
    this.roles = roles;
    this.audit = audit;
    this.auditTable = auditTable;
    this.transactions = transactions;
    this.clock = clock;
    this.times = times;
    this.pages = pages;
  }

  /** The accounts that are one's to keep, each with its roles. */
  @Get("/staff")
  HttpResponse<InputStream> staff(
      HttpRequest<?> request, @QueryValue(defaultValue = "xlsx") String format) {
    var staff = consoles.require(request);
    staff.check(staff.canAdministrateAnywhere());
    var wanted = TableFormat.of(format);
    var texts = pages.texts(request);
    noted(staff, "account.export", "accounts", "");
    var rows = accounts.seenBy(staff).stream().map(a -> row(texts, a)).toList();
    return file(
        headings(texts, "staff.full-name", "sign-in.name", "staff.roles", "staff.state"),
        rows,
        "staff",
        wanted);
  }

  private List<String> row(Texts texts, Account account) {
    var state =
        account.locked() ? "staff.closed" : account.mustChange() ? "staff.new" : "staff.open";
    return List.of(
        account.fullName(),
        account.name(),
        String.join(
            texts.of("list.separator"),
            account.grants().stream().map(grant -> roles.of(texts, grant)).toList()),
        texts.of(state));
  }

  /** The tokens of the own account. */
  @Get("/tokens")
  HttpResponse<InputStream> tokens(
      HttpRequest<?> request, @QueryValue(defaultValue = "xlsx") String format) {
    var staff = consoles.require(request);
    var wanted = TableFormat.of(format);
    var own = staff.account().orElseThrow();
    var texts = pages.texts(request);
    noted(staff, "token.export", own.actorCode(), "");
    var rows =
        tokens.of(own).stream()
            .map(t ->
                List.of(
                    t.name(),
                    texts.of("token.scope." + t.scope().code()),
                    times.minute(texts, t.createdAt()),
                    times.minute(texts, t.expiresAt()),
                    t.usedAt().map(at -> times.minute(texts, at)).orElse("")))
            .toList();
    return file(
        headings(
            texts, "token.name", "token.scope", "token.since", "token.until", "token.last-used"),
        rows,
        "tokens",
        wanted);
  }

  /** Where one is signed in. */
  @Get("/sessions")
  HttpResponse<InputStream> sessions(
      HttpRequest<?> request, @QueryValue(defaultValue = "xlsx") String format) {
    var staff = consoles.require(request);
    var wanted = TableFormat.of(format);
    var own = staff.account().orElseThrow();
    var texts = pages.texts(request);
    noted(staff, "session.export", own.actorCode(), "");
    var rows =
        sessions.open(transactions.read(), own.id(), clock.instant()).stream()
            .map(s ->
                List.of(
                    BrowserName.of(s.browser()),
                    s.address(),
                    times.minute(texts, s.createdAt()),
                    times.minute(texts, s.seenAt())))
            .toList();
    return file(
        headings(texts, "session.browser", "audit.address", "session.since", "session.seen"),
        rows,
        "browsers",
        wanted);
  }

  /** The audit log, as far as it is looked for, the newest first; of any length. */
  @Get("/audit")
  HttpResponse<InputStream> audit(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String actor,
      @QueryValue(defaultValue = "") String subject,
      @QueryValue(defaultValue = "xlsx") String format) {
    var staff = consoles.require(request);
    staff.check(staff.canReadAudit());
    var wanted = TableFormat.of(format);
    var sought = AuditPages.sought(actor, subject);
    noted(
        staff,
        "audit.export",
        "audit",
        Stream.of(sought.subject(), sought.actor())
            .flatMap(Optional::stream)
            .reduce((a, b) -> a + " " + b)
            .orElse(""));
    var portions = auditTable.portions(pages.texts(request), sought);
    return TableFiles.of(portions, "audit", wanted);
  }

  private static List<String> headings(Texts texts, String... keys) {
    return Stream.of(keys).map(key -> texts.of(key)).toList();
  }

  private static HttpResponse<InputStream> file(
      List<String> headings, List<List<String>> rows, String name, TableFormat format) {
    return TableFiles.of(List.of(List.of(headings), rows).iterator(), name, format);
  }

  private void noted(Staff staff, String action, String subject, String what) {
    transactions.write(dsl -> {
      audit.append(dsl, staff.actor().change(action, subject, "", what));
      return true;
    });
  }
}
