package yikao.questionnaire;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import yikao.access.AuditHistory;
import yikao.access.Consoles;
import yikao.access.Staff;
import yikao.org.Draft;
import yikao.org.Organisations;
import yikao.questionnaire.Questionnaire.Phase;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.QrImage;
import yikao.web.Texts;
import yikao.web.Times;

/** Makes what the page of a questionnaire in the console shows. */
@Singleton
final class PageMaker {
  private static final int MOST_TEXTS = 200;
  private static final int MOST_NAMES = 300;
  private static final DateTimeFormatter INPUT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

  private final Questionnaires questionnaires;
  private final Organisations organisations;
  private final Consoles consoles;
  private final AuditHistory audit;
  private final Pages pages;
  private final Times times;
  private final String publicAddress;
  private final ZoneId zone;

  PageMaker(
      Questionnaires questionnaires,
      Organisations organisations,
      Consoles consoles,
      AuditHistory audit,
      Pages pages,
      Times times,
      @Value("${yikao.public-address:}") String publicAddress,
      @Value("${yikao.time-zone}") String zone) {
    this.questionnaires = questionnaires;
    this.organisations = organisations;
    this.consoles = consoles;
    this.audit = audit;
    this.pages = pages;
    this.times = times;
    this.publicAddress = publicAddress.strip().replaceAll("/+$", "");
    this.zone = ZoneId.of(zone);
  }

  /**
   * The moment of a field of a form, in the service's time zone.
   *
   * @throws Problem where it is none
   */
  Instant moment(String field, String written) {
    try {
      return LocalDateTime.parse(written.strip().replace(' ', 'T')).atZone(zone).toInstant();
    } catch (DateTimeParseException _) {
      throw Problem.invalid(field, "questionnaire.moment");
    }
  }

  private String input(Instant moment) {
    return INPUT.format(moment.atZone(zone));
  }

  QuestionnairePage of(
      HttpRequest<?> request, Staff staff, UUID id, Optional<EditForm> typed, Draft draft) {
    var of = questionnaires.get(id);
    var content = of.content();
    var tree = organisations.tree();
    var texts = pages.texts(request);
    var phase = questionnaires.phase(of);
    var isDraft = phase == Phase.DRAFT;
    var keeps = staff.canKeepQuestionnaires(of.organisationId());
    var given = isDraft ? questionnaires.wouldBeGiven(of) : of.given();
    var returned = isDraft ? 0 : questionnaires.returned(of);
    var notYet = isDraft ? List.<String>of() : questionnaires.notYet(of, MOST_NAMES);
    var link = publicAddress + SheetPages.PATH + "/" + id;
    return new QuestionnairePage(
        consoles.of(request, staff, content.title()),
        id.toString(),
        content.title(),
        content.purpose(),
        tree.byId(of.organisationId()).map(tree::path).orElse(""),
        keeps,
        phase.code(),
        content.anonymous(),
        content.asksDigits(),
        of.closesAt().map(at -> times.minute(texts, at)).orElse(""),
        input(of.closesAt().orElseGet(() -> questionnaires.now().plus(1, ChronoUnit.DAYS))),
        given,
        returned,
        Results.percent(returned, given),
        of.version(),
        keeps && isDraft ? typed.or(() -> Optional.of(EditForm.of(content))) : Optional.empty(),
        link,
        publicAddress.isEmpty() ? Optional.empty() : Optional.of(QrImage.of(link)),
        phase == Phase.CLOSED && !of.isWithheld()
            ? Optional.of(results(texts, questionnaires.results(of)))
            : Optional.empty(),
        notYet,
        content.anonymous() ? 0 : Math.max(0, given - returned - notYet.size()),
        draft,
        audit.of(texts, of.subject()));
  }

  private static QuestionnairePage.Results results(Texts texts, Results results) {
    return new QuestionnairePage.Results(
        results.questions().stream().map(of -> question(texts, of)).toList());
  }

  private static QuestionnairePage.Question question(Texts texts, Results.OfQuestion of) {
    var question = of.question();
    var ends =
        question.lowWords().isEmpty() && question.highWords().isEmpty()
            ? ""
            : texts.of(
                "questionnaire.ends",
                question.values().getFirst(),
                question.lowWords(),
                question.values().getLast(),
                question.highWords());
    return new QuestionnairePage.Question(
        of.number(),
        question.kind().code(),
        question.text(),
        of.answered(),
        of.left(),
        ends,
        of.bars().stream()
            .map(b -> new QuestionnairePage.Bar(b.label(), b.count(), b.percent()))
            .toList(),
        of.mean().map(mean -> mean.toPlainString()).orElse(""),
        of.texts().stream().limit(MOST_TEXTS).toList(),
        Math.max(0, of.texts().size() - MOST_TEXTS));
  }
}
