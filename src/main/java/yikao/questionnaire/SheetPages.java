package yikao.questionnaire;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.StartLimit;
import yikao.participant.Guests;
import yikao.questionnaire.Questionnaire.Phase;
import yikao.web.Form;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Templates;

/** Where those who are asked fill in their sheet: one form, without a cookie where anonymous. */
@Controller(SheetPages.PATH + "/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class SheetPages {
  static final String PATH = "/q";

  private final Sheets sheets;
  private final Questionnaires questionnaires;
  private final SheetPageMaker maker;
  private final StartLimit limit;
  private final Guests guests;
  private final Pages pages;
  private final Templates templates;

  SheetPages(
      Sheets sheets,
      Questionnaires questionnaires,
      SheetPageMaker maker,
      StartLimit limit,
      Guests guests,
      Pages pages,
      Templates templates) {
    this.sheets = sheets;
    this.questionnaires = questionnaires;
    this.maker = maker;
    this.limit = limit;
    this.guests = guests;
    this.pages = pages;
    this.templates = templates;
  }

  @Get
  HttpResponse<?> get(HttpRequest<?> request, UUID id) {
    var of = sheets.shown(id);
    if (questionnaires.phase(of) != Phase.OPEN) {
      return over(request, of);
    }
    var before =
        of.content().anonymous()
            ? Optional.<List<Answers.Answer>>empty()
            : guests.visitor(request).flatMap(visitor -> sheets.before(of, visitor));
    var form = before.map(SheetForm::of).orElse(SheetForm.EMPTY);
    return templates.page("sheet.jte", maker.of(request, of, form, before.isPresent()));
  }

  private MutableHttpResponse<?> over(HttpRequest<?> request, Questionnaire of) {
    return note(request, of, "sheet.over", false, List.of(), "");
  }

  private MutableHttpResponse<?> note(
      HttpRequest<?> request,
      Questionnaire of,
      String said,
      boolean good,
      List<String> more,
      String back) {
    var texts = pages.texts(request);
    return templates.page(
        "sheet-note.jte",
        new NotePage(
            pages.at(request, of.content().title(), PATH + "/" + of.id()),
            of.content().title(),
            texts.of(said),
            good,
            more.stream().map(key -> texts.of(key)).toList(),
            back));
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> handIn(HttpRequest<?> request, UUID id, @Body String body) {
    var of = sheets.shown(id);
    if (questionnaires.phase(of) != Phase.OPEN) {
      return over(request, of).status(HttpStatus.CONFLICT);
    }
    var form = SheetForm.of(Form.of(body), of.questions());
    try {
      return of.content().anonymous() ? anonymous(request, of, form) : named(request, of, form);
    } catch (Problem e) {
      return switch (e.status()) {
        case UNPROCESSABLE_ENTITY, FORBIDDEN -> refused(request, of, form, e);
        case CONFLICT ->
            e.code().equals("questionnaire.over")
                ? over(request, of).status(HttpStatus.CONFLICT)
                : refused(request, of, form, e);
        default -> throw e;
      };
    }
  }

  private HttpResponse<?> refused(
      HttpRequest<?> request, Questionnaire of, SheetForm form, Problem e) {
    return templates.page("sheet.jte", maker.refused(request, of, form, e)).status(e.status());
  }

  private static Sheets.Who who(SheetForm form, Optional<String> secret) {
    return new Sheets.Who(form.name(), form.branch(), form.digits(), secret);
  }

  private HttpResponse<?> anonymous(HttpRequest<?> request, Questionnaire of, SheetForm form) {
    limit.counted(
        request,
        UUID.randomUUID(),
        () -> sheets.handIn(of.id(), who(form, Optional.empty()), form.given(of.questions())));
    return HttpResponse.seeOther(receipt(of, false));
  }

  private static URI receipt(Questionnaire of, boolean corrected) {
    return URI.create(PATH + "/" + of.id() + "/receipt" + (corrected ? "?corrected=true" : ""));
  }

  private HttpResponse<?> named(HttpRequest<?> request, Questionnaire of, SheetForm form) {
    var secret = guests.secret(request).orElseGet(guests::newSecret);
    var receipt =
        limit.counted(
            request,
            guests.id(secret),
            () ->
                sheets.handIn(of.id(), who(form, Optional.of(secret)), form.given(of.questions())));
    var response =
        HttpResponse.seeOther(receipt(of, receipt.corrected())).cookie(guests.cookie(secret));
    receipt.member().ifPresent(member -> response.cookie(guests.cookie(secret, member)));
    return response;
  }

  /** Says that a sheet was taken; it is the same for all. */
  @Get("/receipt")
  HttpResponse<?> receipt(
      HttpRequest<?> request, UUID id, @QueryValue(defaultValue = "false") boolean corrected) {
    var of = sheets.shown(id);
    if (of.content().anonymous()) {
      return note(request, of, "sheet.taken", true, List.of("sheet.taken.anonymous"), "");
    }
    return note(
        request,
        of,
        corrected ? "sheet.corrected" : "sheet.taken",
        true,
        List.of("sheet.taken.named"),
        PATH + "/" + id);
  }
}
