package yikao.questionnaire;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import yikao.org.Draft;
import yikao.org.Organisation;
import yikao.org.Organisations;
import yikao.questionnaire.SheetPage.Field;
import yikao.questionnaire.SheetPage.WhoForm;
import yikao.web.Messages;
import yikao.web.Pages;
import yikao.web.Problem;
import yikao.web.Texts;
import yikao.web.Times;

/** Makes what the page of a sheet shows. */
@Singleton
final class SheetPageMaker {
  /** More are looked for by name. */
  private static final int MOST_BRANCHES = 100;

  private final Sheets sheets;
  private final QuestionnaireClosing closing;
  private final Organisations organisations;
  private final Pages pages;
  private final Messages messages;
  private final Times times;

  SheetPageMaker(
      Sheets sheets,
      QuestionnaireClosing closing,
      Organisations organisations,
      Pages pages,
      Messages messages,
      Times times) {
    this.sheets = sheets;
    this.closing = closing;
    this.organisations = organisations;
    this.pages = pages;
    this.messages = messages;
    this.times = times;
  }

  /**
   * What is wrong.
   *
   * @param wrong by the names of fields
   * @param meant branches that may have been meant
   * @param problem of the sheet as a whole; empty: nothing
   */
  private record Wrong(Map<String, String> wrong, List<Draft.Choice> meant, String problem) {
    static final Wrong NOTHING = new Wrong(Map.of(), List.of(), "");

    String of(String field) {
      return wrong.getOrDefault(field, "");
    }
  }

  SheetPage of(HttpRequest<?> request, Questionnaire of, SheetForm form, boolean corrects) {
    return page(request, of, form, corrects, Wrong.NOTHING);
  }

  SheetPage refused(HttpRequest<?> request, Questionnaire of, SheetForm form, Problem e) {
    var texts = pages.texts(request);
    var wrong = new HashMap<String, String>();
    var meant = new ArrayList<Draft.Choice>();
    for (var error : e.errors()) {
      wrong.putIfAbsent(
          SheetForm.field(error.field()),
          messages.textForPage(texts.locale(), error.code(), error.arguments()));
      error.candidates().forEach(c -> meant.add(new Draft.Choice(c.code(), c.path())));
    }
    var said =
        e.errors().isEmpty()
            ? messages.textForPage(texts.locale(), e.code(), e.arguments())
            : texts.of("sheet.wrong");
    return page(request, of, form, false, new Wrong(wrong, meant, said));
  }

  private SheetPage page(
      HttpRequest<?> request, Questionnaire of, SheetForm form, boolean corrects, Wrong wrong) {
    var texts = pages.texts(request);
    var content = of.content();
    var asked = organisations.tree().byId(of.organisationId()).map(Organisation::name).orElse("");
    return new SheetPage(
        pages.at(request, content.title(), SheetPages.PATH + "/" + of.id()),
        of.id().toString(),
        content.title(),
        content.purpose(),
        asked,
        content.anonymous(),
        content.anonymous() ? anonymous(texts) : named(texts, asked),
        of.closesAt().map(at -> times.minute(texts, at)).orElse(""),
        corrects,
        who(of, form, wrong),
        fields(of, form, wrong),
        wrong.problem());
  }

  private static List<String> anonymous(Texts texts) {
    return List.of(
        texts.of("sheet.anonymous.name"),
        texts.of("sheet.anonymous.results", Questionnaire.FEWEST),
        texts.of("sheet.anonymous.once"));
  }

  private List<String> named(Texts texts, String asked) {
    return List.of(
        texts.of("sheet.named.seen", asked),
        closing.kept().isPositive()
            ? texts.of("sheet.named.kept", closing.kept().toDays())
            : texts.of("sheet.named.kept.open"));
  }

  private WhoForm who(Questionnaire of, SheetForm form, Wrong wrong) {
    var asked = sheets.branches(of);
    var isAsked = of.content().asksDigits() || !wrong.of("digits").isEmpty();
    return new WhoForm(
        form.name(),
        wrong.of("name"),
        asked.size() > 1,
        asked.size() > 1 ? branches(asked, wrong) : List.of(),
        form.branch(),
        wrong.of("branch"),
        isAsked || !form.digits().isEmpty() ? Optional.of(form.digits()) : Optional.empty(),
        wrong.of("digits"));
  }

  private List<Draft.Choice> branches(List<Organisation> asked, Wrong wrong) {
    if (asked.size() > MOST_BRANCHES) {
      return wrong.meant();
    }
    var tree = organisations.tree();
    return asked.stream()
        .filter(Organisation::open)
        .map(o -> new Draft.Choice(o.code(), tree.label(o)))
        .toList();
  }

  private static List<Field> fields(Questionnaire of, SheetForm form, Wrong wrong) {
    return IntStream.rangeClosed(1, of.questions().size())
        .mapToObj(number ->
            new Field(
                number,
                of.questions().get(number - 1),
                form.chosen().getOrDefault(number, Set.of()),
                form.texts().getOrDefault(number, ""),
                wrong.of(SheetForm.name(number))))
        .toList();
  }
}
