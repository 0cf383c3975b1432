package yikao.access;

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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import yikao.audit.AuditEntry;
import yikao.audit.AuditLog;
import yikao.web.Pages;
import yikao.web.Templates;
import yikao.web.Texts;
import yikao.web.Times;

/** The audit log, page by page, the newest first. */
@Controller(AuditPages.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class AuditPages {
  static final String PATH = Consoles.CONSOLE + "/audit";
  private static final int LINES = 50;
  private static final int MOST_TYPED = 96;

  private final Consoles consoles;
  private final Accounts accounts;
  private final AuditLog audit;
  private final AuditTexts auditTexts;
  private final Times times;
  private final Pages pages;
  private final Templates templates;

  AuditPages(
      Consoles consoles,
      Accounts accounts,
      AuditLog audit,
      AuditTexts auditTexts,
      Times times,
      Pages pages,
      Templates templates) {
    this.consoles = consoles;
    this.accounts = accounts;
    this.audit = audit;
    this.auditTexts = auditTexts;
    this.times = times;
    this.pages = pages;
    this.templates = templates;
  }

  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String actor,
      @QueryValue(defaultValue = "") String subject,
      @QueryValue @Nullable Long below) {
    var staff = consoles.require(request);
    staff.check(staff.canReadAudit());
    var texts = pages.texts(request);
    var found = audit.find(sought(actor, subject), Optional.ofNullable(below), LINES);
    var last = found.isEmpty() ? 0 : found.getLast().number();
    return templates.page(
        "console/audit.jte",
        new AuditPage(
            consoles.of(request, staff, texts.of("audit.title")),
            actors(texts, actor),
            actor,
            subject,
            subject.isBlank() ? "" : auditTexts.subject(texts, subject).text(),
            found.stream().map(entry -> line(texts, entry)).toList(),
            found.size() == LINES && last > 1 ? Optional.of(last) : Optional.empty()));
  }

  /** All who may have done something, and the one who is looked for. */
  private List<AuditPage.Actor> actors(Texts texts, String sought) {
    var names = accounts.names();
    return Stream.concat(
            names.entrySet().stream().sorted(Map.Entry.comparingByValue()).map(Map.Entry::getKey),
            Stream.of(Actor.SYSTEM.code(), Actor.EDITOR, sought))
        .filter(code -> !code.isBlank())
        .distinct()
        .map(code ->
            new AuditPage.Actor(
                code,
                Optional.ofNullable(names.get(code))
                    .orElseGet(() -> auditTexts.actor(texts, code))))
        .toList();
  }

  /** What was typed to look for. */
  static AuditLog.Sought sought(String actor, String subject) {
    return new AuditLog.Sought(typed(subject), typed(actor));
  }

  private static Optional<String> typed(String text) {
    return Optional.of(text.strip()).filter(t -> !t.isEmpty() && t.length() <= MOST_TYPED);
  }

  private AuditPage.Line line(Texts texts, AuditEntry entry) {
    return new AuditPage.Line(
        entry.number(),
        times.second(texts, entry.at()),
        auditTexts.actor(texts, entry.actor()),
        entry.actor(),
        entry.address(),
        auditTexts.action(texts, entry.action()),
        entry.subject(),
        auditTexts.subject(texts, entry.subject()),
        auditTexts.said(texts, entry.subject(), entry.before()),
        auditTexts.said(texts, entry.subject(), entry.after()));
  }
}
