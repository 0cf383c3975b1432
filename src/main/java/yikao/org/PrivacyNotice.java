package yikao.org;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import yikao.access.ConsoleDue;
import yikao.access.Staff;
import yikao.web.Pages;
import yikao.web.Templates;
import yikao.web.Texts;

/**
 * The privacy notice: what is kept about people, for what and for how long, as the service is set
 * up; the operator fills in who that is. While that is missing, the console reminds of it.
 */
@Controller(PrivacyNotice.PATH)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class PrivacyNotice implements ConsoleDue {
  static final String PATH = "/privacy";

  private final Pages pages;
  private final Templates templates;
  private final Optional<String> operator;
  private final Optional<String> contact;
  private final Optional<String> more;
  private final Duration ofImports;
  private final Duration ofFormer;
  private final Duration ofQuestionnaires;

  PrivacyNotice(
      Pages pages,
      Templates templates,
      @Value("${yikao.privacy.operator:}") String operator,
      @Value("${yikao.privacy.contact:}") String contact,
      @Value("${yikao.privacy.more:}") String more,
      @Value("${yikao.retention.imports}") Duration ofImports,
      @Value("${yikao.retention.former-members}") Duration ofFormer,
      @Value("${yikao.retention.questionnaires}") Duration ofQuestionnaires) {
    this.pages = pages;
    this.templates = templates;
    this.operator = given(operator);
    this.contact = given(contact);
    this.more = given(more);
    this.ofImports = ofImports;
    this.ofFormer = ofFormer;
    this.ofQuestionnaires = ofQuestionnaires;
  }

  private static Optional<String> given(String setting) {
    return Optional.of(setting.strip()).filter(text -> !text.isEmpty());
  }

  @Get
  HttpResponse<?> get(HttpRequest<?> request) {
    var texts = pages.texts(request);
    return templates.page(
        "privacy.jte",
        new PrivacyPage(
            pages.of(request, texts.of("privacy.title")), operator, contact, kept(texts), more));
  }

  private List<String> kept(Texts texts) {
    return List.of(
        ofFormer.isPositive()
            ? texts.of("privacy.kept.former", ofFormer.toDays())
            : texts.of("privacy.kept.former.open"),
        texts.of("privacy.kept.imports", ofImports.toDays()),
        ofQuestionnaires.isPositive()
            ? texts.of("privacy.kept.questionnaires", ofQuestionnaires.toDays())
            : texts.of("privacy.kept.questionnaires.open"),
        texts.of("privacy.kept.results"));
  }

  @Override
  public List<Due> of(Staff staff, Texts texts) {
    return staff.canOperate() && (operator.isEmpty() || contact.isEmpty())
        ? List.of(new Due(texts.of("privacy.due"), PATH))
        : List.of();
  }
}
