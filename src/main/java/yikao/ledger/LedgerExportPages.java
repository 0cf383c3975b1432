package yikao.ledger;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import yikao.access.AuditTexts;
import yikao.access.Callers;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.ledger.Ledgers.People;
import yikao.table.TableFormat;
import yikao.web.Messages;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;
import yikao.web.Texts;

/** Ledgers as tables for those who are signed in, and where such a table is recognised. */
@Controller(Callers.CONSOLE)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class LedgerExportPages {
  static final String PATH = Callers.CONSOLE + "/ledger-exports";

  private final Consoles consoles;
  private final Ledgers ledgers;
  private final LedgerTables tables;
  private final Exports exports;
  private final LedgerWords words;
  private final AuditTexts auditTexts;
  private final Messages messages;
  private final Pages pages;
  private final Templates templates;

  LedgerExportPages(
      Consoles consoles,
      Ledgers ledgers,
      LedgerTables tables,
      Exports exports,
      LedgerWords words,
      AuditTexts auditTexts,
      Messages messages,
      Pages pages,
      Templates templates) {
    this.consoles = consoles;
    this.ledgers = ledgers;
    this.tables = tables;
    this.exports = exports;
    this.words = words;
    this.auditTexts = auditTexts;
    this.messages = messages;
    this.pages = pages;
    this.templates = templates;
  }

  @Get("/ledger/{code}/table")
  HttpResponse<InputStream> table(
      HttpRequest<?> request,
      String code,
      @RequestBean LedgerQuery query,
      @QueryValue(defaultValue = "xlsx") String format) {
    var staff = consoles.require(request);
    var about = ledgers.about(code, query.asked());
    staff.check(staff.canReadOrganisation(about.unit().id()));
    return tables.ledger(staff, pages.texts(request), about, TableFormat.of(format));
  }

  @Get("/ledger/{code}/people/table")
  HttpResponse<InputStream> people(
      HttpRequest<?> request,
      String code,
      @QueryValue(defaultValue = "not-yet") String figure,
      @QueryValue @Nullable Boolean own,
      @RequestBean LedgerQuery query,
      @QueryValue(defaultValue = "xlsx") String format) {
    var staff = consoles.require(request);
    var about = ledgers.about(code, query.asked());
    staff.check(staff.canReadOrganisation(about.unit().id()));
    var people = new People(about, Figure.of(figure), Boolean.TRUE.equals(own));
    return tables.people(staff, pages.texts(request), people, TableFormat.of(format));
  }

  @Get("/ledger-exports")
  HttpResponse<?> check(HttpRequest<?> request, @QueryValue(defaultValue = "") String code) {
    var staff = consoles.require(request);
    staff.check(staff.canReadOrganisationsAnywhere());
    var texts = pages.texts(request);
    if (code.isBlank()) {
      return page(request, staff, new Checked("", "", List.of(), true));
    }
    try {
      var known = exports.check(code);
      var by = auditTexts.actor(texts, known.export().actor());
      return page(
          request,
          staff,
          new Checked(known.mark(), "", words.said(texts, known.export(), by), known.isGenuine()));
    } catch (Problem e) {
      return page(request, staff, new Checked(code, messages.said(texts, e), List.of(), true));
    }
  }

  private record Checked(
      String typed, String problem, List<LedgerWords.Said> lines, boolean genuine) {}

  private HttpResponse<?> page(HttpRequest<?> request, Staff staff, Checked checked) {
    Texts texts = pages.texts(request);
    return templates.page(
        "console/ledger-export.jte",
        new ExportPage(
            consoles.of(request, staff, texts.of("ledger.check")),
            checked.typed(),
            checked.problem(),
            checked.lines(),
            checked.genuine()));
  }
}
